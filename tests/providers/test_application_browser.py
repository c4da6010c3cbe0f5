"""A whole Duals PPG Application in a real browser at 320 px: begun, left, resumed, refused, mended, sent, found deficient, answered,
approved; with and without script, in Spanish and Arabic."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.harness.pages import sign_in
from tests.intake import sample_files
from tests.intake.visitor import Visitor
from tests.providers.test_application import BASE, REQUIRED, SIGNATURE, STEPS
from tests.providers.test_roster import HEADINGS, csv_file, row, with_check_digit

PASSWORD = "a long enough password"
STAFF = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from lacare_site.security import roles
for name, role in (("ina", roles.INTAKE_REVIEWER), ("dora", roles.INTAKE_DECISION_MAKER)):
    get_user_model().objects.create_user(name, name + "@example.com", "{PASSWORD}").groups.add(Group.objects.get(name=role.group))
"""
NEWS = "SELECT count(*) FROM outbox_message WHERE \"to\" = 'ben@example.org' AND kind = 'application_news'"
CLOSE = """
from django.utils import timezone
from providers.models import ApplicationPeriod
ApplicationPeriod.objects.all().delete()
ApplicationPeriod.objects.create(closed_from=timezone.localdate(), closed_until={until})
"""
ROSTER = csv_file(HEADINGS, row(), row(npi="1234567890"), row(npi=with_check_digit("198765432"), zip="94110")).getvalue()


class Applicant(Visitor):
    def fill(self, step: str) -> None:
        typed = STEPS[step]
        for name, value in typed.items():
            if name.endswith("-rows"):
                while self.page.locator(f'main [name="{name}"]').input_value() < value:
                    self.press(f'button[name="add"][value="{name.removesuffix("-rows")}"]')
        for name, value in typed.items():
            if not name.endswith("-rows"):
                for one in value if isinstance(value, list) else [value]:
                    self.put(name, one)

    def leave_out(self, step: str) -> None:
        """Saves the step without what it needs. Functions may all stay with the plan; an accreditation needs its details."""
        if step == "delegation":
            self.put("accreditation", "ncqa")
        self.save()
        expect(self.page.locator(".faults")).to_be_focused()
        self.look()
        if step == "delegation":
            self.put("accreditation_details", "NCQA, 2027")

    def attach(self, item: str, name: str, content: bytes) -> None:
        part = self.bring(item, name, content)
        expect(part.locator(".files__name")).to_have_text(name)


@pytest.fixture
def applicant(fresh_site, open_page, language, javascript):
    site = fresh_site()
    page = open_page(site, width=320, javascript=javascript)
    applicant = Applicant(page, language, BASE, None if javascript else open_page(site, width=320))
    applicant.site = site
    return applicant


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        pytest.param("es", True, id="Spanish, script"),
        pytest.param("ar", False, id="Arabic, no script", marks=pytest.mark.audit),
        pytest.param("es", False, id="Spanish, no script", marks=pytest.mark.audit),
        pytest.param("ar", True, id="Arabic, script", marks=pytest.mark.audit),
    ],
)
def test_from_the_first_click_to_the_decision(applicant, open_page):
    page, base = applicant.page, applicant.base
    code = applicant.begin()
    applicant.press(f'main a[href="{base}/draft/organization"]')
    applicant.press(f'main a[href="{base}/draft"]')
    applicant.look()

    applicant.press(f'main a[href="{base}/draft/organization"]')
    page.fill('main [name="npi"]', "1234567890")
    page.fill('main [name="legal_name"]', "Palm Medical Group")
    applicant.save()
    expect(page.locator(".faults")).to_be_focused()
    expect(page.locator('main [name="legal_name"]')).to_have_value("Palm Medical Group")
    expect(page.locator('main [name="npi"]')).to_have_value("1234567890")
    applicant.look()
    applicant.press('main button[name="later"]')

    # Another day, at another desk.
    page.context.clear_cookies()
    page.goto(f"{base}/draft")
    applicant.look()
    page.fill('main [name="code"]', "0000 0000")
    applicant.save()
    expect(page.locator(".faults")).to_be_focused()
    applicant.look()
    page.fill('main [name="code"]', code.lower().replace("-", " "))
    applicant.save()
    expect(page).to_have_url(re.compile(f"{base}/draft$"))

    page.goto(f"{base}/draft/organization")
    for step in STEPS:
        expect(page).to_have_url(re.compile(f"/draft/{step}$"))
        if step != "organization":
            applicant.look()
            applicant.leave_out(step)
        applicant.fill(step)
        applicant.look()
        applicant.save()

    expect(page).to_have_url(re.compile(f"{base}/documents$"))
    refused = applicant.bring("w9", "letter.exe", b"MZ")
    expect(page.locator(".faults")).to_be_focused()
    expect(refused.locator(".question__error")).to_be_visible()
    applicant.look()
    for item in REQUIRED:
        applicant.attach(item, "Carta – año.pdf", sample_files.PDF)
    applicant.attach("roster", "roster.csv", ROSTER)
    applicant.look()
    page.goto(f"{base}/review")
    applicant.look()
    mend_roster(applicant)

    page.goto(f"{base}/review")
    for name, value in SIGNATURE.items():
        applicant.put(name, value)
    applicant.look()
    applicant.save()
    expect(page).to_have_url(re.compile(f"{base}/receipt$"))
    applicant.look()
    number = page.locator(".receipt .code").first.inner_text()
    assert re.fullmatch(r"PPG-.{4}-.{4}", number)
    page.goto(f"{base}/status")
    expect(page.locator("h1")).to_have_text(number)
    applicant.look()

    applicant.site.run(STAFF)
    reviewer, decider = open_page(applicant.site), open_page(applicant.site)
    sign_in(reviewer, applicant.site, "ina", PASSWORD)
    take(reviewer, number, "Begin the completeness check")
    take(reviewer, number, "Ask the group, one thing on each line", "Send the W-9 of this year")
    page.reload()
    applicant.look()
    applicant.press("main .todo__item a")
    applicant.look()
    page.locator("main textarea").fill("Aquí está.\nهنا")
    page.locator("#file-answer").set_input_files({"name": "W-9.pdf", "mimeType": "", "buffer": sample_files.PDF})
    page.locator('main button[name="item"]').click()
    expect(page.locator(".files__name")).to_have_text("W-9.pdf")
    expect(page.locator("main textarea")).to_have_value("Aquí está.\nهنا")
    applicant.look()
    applicant.save()
    page.goto(f"{base}/status")
    applicant.press('main button[name="send_answers"]')
    applicant.look()
    take(reviewer, number, "Complete: begin the review")
    expect(reviewer.locator("main").last).to_contain_text("Aquí está.")
    take(reviewer, number, "Bring before the committee", "All criteria but one are met.")
    sign_in(decider, applicant.site, "dora", PASSWORD)
    take(decider, number, "Approve", "The committee agrees.")
    reviewer.goto(f"/admin/cases/application/{number}/letters/application_approval/")
    reviewer.get_by_role("button", name="Keep and print").click()
    page.reload()
    expect(page.locator(".letter__text")).to_contain_text(number)
    expect(page.locator(".status__now")).to_have_class(re.compile("callout--success"))
    applicant.look()
    assert applicant.site.sql(NEWS) == [(3,)]


@pytest.mark.audit
@pytest.mark.parametrize(("language", "javascript"), [("es", True), ("ar", True)])
def test_two_people_on_one_step_and_a_closed_intake(applicant, open_page):
    page, base = applicant.page, applicant.base
    page.goto(base)
    page.wait_for_timeout(1100)
    applicant.press(f'form[action="{base}/start"] button')
    code = page.locator(".code--large").inner_text()
    other = Applicant(open_page(applicant.site, width=320), "es", BASE)
    other.page.goto(f"{other.base}/resume")
    other.page.fill('main [name="code"]', code)
    other.save()
    for one in (applicant, other):
        one.page.goto(f"{one.base}/draft/organization")
        one.fill("organization")
    other.put("legal_name", "Oak Clinic")
    other.save()
    applicant.save()
    expect(page.locator(".conflict")).to_be_focused()
    expect(page.locator(".conflict")).to_contain_text("Oak Clinic")
    applicant.look()
    page.goto(base)
    page.wait_for_timeout(1100)
    applicant.press(f'form[action="{base}/start"] button')
    expect(page.locator('[role="alert"]')).to_be_focused()
    applicant.look()
    for until in ("None", "timezone.localdate()"):
        applicant.site.run(CLOSE.format(until=until))
        page.goto(base)
        expect(page.locator(f'form[action="{base}/start"]')).to_have_count(0)
        applicant.look()


def mend_roster(applicant: Applicant) -> None:
    """One row is corrected, one removed."""
    page = applicant.page
    page.goto(f"{applicant.base}/roster")
    applicant.look()
    applicant.press("#row-3 p a")
    page.fill("#id_npi", with_check_digit("112345678"))
    applicant.save()
    expect(page).to_have_url(re.compile("/roster/row/4$"))
    applicant.press('button[name="remove"]')
    expect(page.locator(".callout--success")).to_be_visible()
    applicant.look()


def take(page: Page, number: str, label: str, reason: str = "") -> None:
    """A step of the case, as staff take it."""
    page.goto(f"/admin/cases/application/{number}/")
    step = page.locator("details.case-step").filter(has=page.locator("summary", has_text=re.compile(f"^{re.escape(label)}$")))
    step.locator("summary").click()
    if reason:
        step.locator("textarea").fill(reason)
    with page.expect_navigation():
        step.get_by_role("button", name=label).click()
    expect(page.locator(".case-refused")).to_have_count(0)


@pytest.mark.parametrize(("language", "javascript"), [("es", True)])
def test_the_files_of_a_page_go_one_after_the_other_and_none_is_lost(applicant):
    page, base, posts = applicant.page, applicant.base, []
    page.goto(base)
    page.wait_for_timeout(1100)
    applicant.press(f'form[action="{base}/start"] button')
    page.goto(f"{base}/documents")
    page.on("request", lambda request: request.method == "POST" and posts.append(request))
    chosen = {item: page.locator(f'#item-{item} input[type="file"]') for item in ("w9", "insurance", "financial-statements")}
    for item, place in chosen.items():
        place.set_input_files({"name": f"{item}.pdf", "mimeType": "", "buffer": sample_files.PDF})
    page.locator("#item-insurance .upload button").click()
    expect(page.locator("#item-insurance .files__name")).to_have_text("insurance.pdf")
    expect(page.locator(".files__name")).to_have_count(1)
    assert len(posts) == 1 and chosen["w9"].evaluate("place => place.files[0].name") == "w9.pdf"
    page.locator('button[name="review"]').click()
    expect(page).to_have_url(re.compile(f"{base}/review$"))
    assert len(posts) == 4, "two files, each by itself, and the button"
    for item in chosen:
        expect(page.locator("main")).to_contain_text(f"{item}.pdf")
