"""A grievance in a real browser at 320 px: begun, left, resumed, refused, mended, previewed, edited, sent, printed, asked about, answered, taken
back; with and without script, in Spanish, Arabic and Khmer, and with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.harness.keyboard import Keyboard
from tests.intake import sample_files
from tests.intake.visitor import Visitor
from tests.members.grievances import BASE, FOR_ANOTHER, MARK, STEPS

ASK = """
from django.contrib.auth import get_user_model
from lacare_site.casework import services
from lacare_site.casework.models import Case
from lacare_site.security import roles
from django.contrib.auth.models import Group
from members.grievance.desk import WORKFLOW
from tests.members.grievances import write
greta = get_user_model().objects.create_user("greta", "greta@example.com")
greta.groups.add(Group.objects.get(name=roles.GRIEVANCE_REVIEWER.group))
case = write(Case.objects.get(kind="grievance"), "acknowledgement", greta)
for key, reason in (("take-up", ""), ("ask", "Which clinic was it?")):
    case = services.move(case, WORKFLOW.transitions[key], greta, reason)
"""
DECIDE = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from lacare_site.casework import services
from lacare_site.casework.models import Case
from lacare_site.security import roles
from members.grievance.desk import WORKFLOW
from tests.members.grievances import write
dora = get_user_model().objects.create_user("dora", "dora@example.com")
dora.groups.add(*Group.objects.filter(name__in=[roles.GRIEVANCE_REVIEWER.group, roles.GRIEVANCE_SUPERVISOR.group]))
case = services.move(Case.objects.get(kind="grievance"), WORKFLOW.transitions["reopen"], dora, "She called")
write(case, "overturned", dora, "Dear Ana: we were wrong.")
"""
TYPED = STEPS | {"urgency": {"plan": "medi-cal", "is_urgent": "yes"}, "people": STEPS["people"] | FOR_ANOTHER["representative"]}
WRONG_CODE = "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"
SAVE = "main form .button-row button:not([name])"
MATRIX = [
    pytest.param("es", True, id="Spanish, script"),
    pytest.param("es", False, id="Spanish, no script", marks=pytest.mark.audit),
    pytest.param("ar", True, id="Arabic, script", marks=pytest.mark.audit),
    pytest.param("ar", False, id="Arabic, no script", marks=pytest.mark.audit),
    pytest.param("km", True, id="Khmer, script", marks=pytest.mark.audit),
    pytest.param("km", False, id="Khmer, no script", marks=pytest.mark.audit),
]


class Filer(Visitor):
    def fill(self, step: str) -> None:
        for name, value in TYPED[step].items():
            self.put(name, value)


@pytest.fixture
def filer(fresh_site, open_page, language, javascript):
    site = fresh_site()
    page = open_page(site, width=320, javascript=javascript)
    filer = Filer(page, language, BASE, None if javascript else open_page(site, width=320))
    filer.site = site
    return filer


@pytest.mark.parametrize(("language", "javascript"), MATRIX)
def test_from_the_first_click_to_the_answer(filer):
    page, base = filer.page, filer.base
    code = filer.begin()
    filer.press(f'main a[href="{base}/draft/urgency"]')
    filer.press(f'main a[href="{base}/draft"]')
    filer.look()
    filer.press(f'main a[href="{base}/draft/urgency"]')
    filer.save()
    expect(page.locator(".faults")).to_be_focused()
    filer.look()
    filer.fill("urgency")
    filer.save()
    expect(page.locator(".urgent a[href='tel:+18888399909']")).to_be_visible()
    filer.look()

    # Another day, on another telephone.
    page.context.clear_cookies()
    page.goto(f"{base}/draft")
    page.fill('main [name="code"]', WRONG_CODE)
    filer.save()
    filer.look()
    page.fill('main [name="code"]', code.lower().replace("-", " "))
    filer.save()
    expect(page.locator(".urgent")).to_be_visible()
    page.goto(f"{base}/draft/people")
    for step in ("people", "events", "answer"):
        expect(page).to_have_url(re.compile(f"/draft/{step}$"))
        filer.save()
        expect(page.locator(".faults")).to_be_focused()
        filer.look()
        filer.fill(step)
        filer.save()

    expect(page).to_have_url(re.compile(f"{base}/documents$"))
    filer.look()
    expect(filer.bring("proof", "Carta.exe", b"MZ").locator(".question__error")).to_be_visible()
    filer.look()
    expect(filer.bring("proof", "Carta – año.pdf", sample_files.PDF).locator(".files__name")).to_have_text("Carta – año.pdf")
    filer.look()

    page.goto(f"{base}/review")
    filer.look()
    filer.press(f'main a[href^="{base}/draft/events"]')
    filer.put("what", "¿Por qué? لماذا")
    filer.save()
    expect(page).to_have_url(re.compile(f"{base}/review$"))
    expect(page.locator("main")).to_contain_text("¿Por qué? لماذا")
    filer.put("is_true", "on")
    filer.save()
    expect(page).to_have_url(re.compile(f"{base}/receipt$"))
    filer.look()
    number = page.locator(".receipt .code").first.inner_text()
    assert re.fullmatch(r"GRV-.{4}-.{4}", number)
    filer.press('main button[name="text_size"]')
    expect(page.locator("html")).to_have_class(re.compile("text-150"))
    filer.look()

    assert_no_trace_of(MARK, filer.site)
    filer.site.run(ASK)
    page.context.clear_cookies()
    page.goto(f"{base}/status")
    page.fill('main [name="reference"]', number)
    page.fill('main [name="code"]', WRONG_CODE)
    filer.save()
    expect(page.locator(".faults")).to_be_focused()
    filer.look()
    page.fill('main [name="code"]', code)
    filer.save()
    expect(page.locator("h1")).to_have_text(number)
    expect(page.locator(".letter[open] .letter__text")).to_have_text("Dear Ana")
    filer.look()
    filer.press("main .todo__item a")
    filer.look()
    page.locator("main textarea").fill("Aquí. 91234567A, 5/5/1980")
    filer.save()
    expect(page.locator("main .todo__item .state--complete")).to_be_visible()
    filer.look()
    filer.press('main button[name="send_answers"]')
    filer.press('main button[name="withdraw"]')
    expect(page.locator('main [role="alert"]')).to_be_focused()
    filer.look()
    filer.press('main [role="alert"] button[name="withdraw"]')
    filer.look()
    filer.site.run(DECIDE)
    page.reload()
    expect(page.locator(".letter")).to_have_count(2)
    expect(page.locator(".letter[open] .letter__text")).to_have_text("Dear Ana: we were wrong.")
    filer.look()


@pytest.mark.parametrize(("language", "javascript"), [("es", True)])
def test_with_the_keyboard_alone(filer):
    """From the home page's link to the receipt, and back to answer a question: nothing is pressed but keys."""
    page, base, keys = filer.page, filer.base, Keyboard(filer.page)
    page.on("filechooser", lambda _chooser: None)  # from the start: asked for with the key, it may come too late
    page.goto("/es")
    keys.skip()
    keys.reach(f'main a[href="{base}"]')
    keys.opens(base)
    page.wait_for_timeout(1100)  # the time that a person takes
    keys.skip()
    keys.reach(f'form[action="{base}/start"] button')
    keys.opens("/code")
    code = page.locator(".code--large").inner_text()
    keys.skip()
    keys.reach("main .button-row a")
    keys.opens("/draft/urgency")

    keys.skip()
    keys.reach(SAVE)
    keys.opens("/draft/urgency")
    expect(page.locator(".faults")).to_be_focused()
    keys.reach('.faults a[href="#id_plan_0"]')
    keys.press("Enter")
    assert keys.is_at("#id_plan_0")
    keys.answer_here("medi-cal")
    keys.answer("is_urgent", "yes")
    keys.reach(SAVE)
    keys.opens("/draft/people")
    expect(page.locator(".urgent")).to_be_focused()
    for step, leads_to in (("people", "/draft/events"), ("events", "/draft/answer"), ("answer", "/documents")):
        if step != "people":
            keys.skip()
        for name, value in STEPS[step].items():
            if value:
                keys.answer(name, value)
        if step == "people":
            keys.reach('main [name="member_name"]', "Shift+Tab")
            keys.press("End")
            page.keyboard.type(" Peña")
        keys.reach(SAVE)
        keys.opens(leads_to)

    keys.skip()
    keys.reach("#file-other")
    with page.expect_file_chooser() as chosen:
        keys.press("Enter")
    chosen.value.set_files({"name": "Carta.pdf", "mimeType": "", "buffer": sample_files.PDF})
    keys.reach("#item-other .upload button")
    keys.press("Enter")
    expect(page.locator("#item-other .files__name")).to_have_text("Carta.pdf")
    keys.reach('main .button-row button[name="review"]')
    keys.opens("/review")
    expect(page.locator("main")).to_contain_text(f"Ana {MARK} Peña")
    keys.skip()
    keys.answer("is_true", "on")
    keys.reach(SAVE)
    keys.opens("/receipt")

    number = page.locator(".receipt .code").first.inner_text()
    filer.site.run(ASK)
    keys.skip()
    keys.reach(f'main a[href="{base}/status"]')
    keys.opens("/status")
    keys.skip()
    keys.reach('main button[name="leave"]')
    keys.opens("/status")
    keys.skip()
    keys.answer("reference", number)
    keys.answer("code", code)
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text(number)
    keys.skip()
    keys.reach("main .todo__item a")
    keys.opens("/status/answer/1")
    keys.skip()
    keys.answer("answer", "En la clínica de Boyle Heights.")
    keys.reach(SAVE)
    keys.opens("/status")
    keys.skip()
    keys.reach('main button[name="send_answers"]')
    keys.opens("/status")
    expect(page.locator("main .todo__item .state--complete")).to_be_visible()
    expect(page.locator('main button[name="send_answers"]')).to_have_count(0)


def assert_no_trace_of(mark: str, site) -> None:
    """What was typed stands in no log of the server, and in no table but sealed; what is not sealed is found."""
    tables = [name for (name,) in site.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")]
    found = [name for name in tables if site.sql(f"SELECT 1 FROM \"{name}\" AS row WHERE row::text LIKE '%{mark}%'")]  # noqa: S608
    assert len(tables) > 50 and found == [] and mark not in site.log.read_text()
    number = site.sql("SELECT reference FROM casework_case WHERE kind = 'grievance'")[0][0]
    assert site.sql(f"SELECT 1 FROM casework_case AS row WHERE row::text LIKE '%{number}%'")  # noqa: S608
