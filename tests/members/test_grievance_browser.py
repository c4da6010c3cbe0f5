"""A grievance in a real browser at 320 px: begun, left, resumed, refused, mended, previewed, edited, sent, printed, asked about, answered, taken
back; with and without script, in Spanish, Arabic and Khmer, and with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

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
greta = get_user_model().objects.create_user("greta", "greta@example.com")
greta.groups.add(Group.objects.get(name=roles.GRIEVANCE_REVIEWER.group))
case = Case.objects.get(kind="grievance")
for key, reason in (("take-up", ""), ("ask", "Which clinic was it?")):
    case = services.move(case, WORKFLOW.transitions[key], greta, reason)
"""
TYPED = STEPS | {"urgency": {"plan": "medi-cal", "is_urgent": "yes"}, "people": STEPS["people"] | FOR_ANOTHER["representative"]}
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
    page.fill('main [name="code"]', code)
    filer.save()
    expect(page.locator("h1")).to_have_text(number)
    filer.look()
    filer.press("main .todo__item a")
    page.locator("main textarea").fill("Aquí. 91234567A, 5/5/1980")
    filer.save()
    filer.press('main button[name="send_answers"]')
    filer.press('main button[name="withdraw"]')
    expect(page.locator('main [role="alert"]')).to_be_focused()
    filer.look()
    filer.press('main [role="alert"] button[name="withdraw"]')
    filer.look()


@pytest.mark.audit
@pytest.mark.parametrize(("language", "javascript"), [("es", True)])
def test_with_the_keyboard_alone(filer):
    """Every step by Tab, the arrows, the space bar and Enter; what has the focus is always to be seen."""
    page = filer.page
    filer.begin()
    page.goto(f"{filer.base}/draft/urgency")
    for step, fields in (TYPED | {"people": STEPS["people"]}).items():
        expect(page).to_have_url(re.compile(f"/draft/{step}$"))
        for name, value in fields.items():
            if value:
                reach(page, name)
                answer(page, name, value)
        with page.expect_navigation():
            press_on(page, "main form .button-row button:not([name])")
    expect(page).to_have_url(re.compile("/documents$"))
    page.goto(f"{filer.base}/review")
    reach(page, "is_true")
    page.keyboard.press("Space")
    with page.expect_navigation():
        press_on(page, "main form .button-row button:not([name])")
    expect(page).to_have_url(re.compile("/receipt$"))


def assert_no_trace_of(mark: str, site) -> None:
    """What was typed stands in no log of the server, and in no table but sealed; what is not sealed is found."""
    tables = [name for (name,) in site.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")]
    found = [name for name in tables if site.sql(f"SELECT 1 FROM \"{name}\" AS row WHERE row::text LIKE '%{mark}%'")]  # noqa: S608
    assert len(tables) > 50 and found == [] and mark not in site.log.read_text()
    number = site.sql("SELECT reference FROM casework_case WHERE kind = 'grievance'")[0][0]
    assert site.sql(f"SELECT 1 FROM casework_case AS row WHERE row::text LIKE '%{number}%'")  # noqa: S608


def reach(page: Page, name: str) -> None:
    """Presses Tab until a field of that name has the focus, in sight."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            break
    else:
        raise AssertionError(f"No Tab leads to {name}.")
    expect(page.locator("*:focus")).to_be_in_viewport()


def answer(page: Page, name: str, value: str) -> None:
    kind = page.evaluate("document.activeElement.type")
    if kind == "radio":
        page.keyboard.press("Space")
        for _ in range(10):
            if page.evaluate("document.activeElement.value") == value:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"No arrow leads to {name} {value}.")
    if kind == "checkbox":
        page.keyboard.press("Space")
    elif kind != "select-one":
        page.keyboard.insert_text(value)


def press_on(page: Page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"No Tab leads to {selector}.")
