"""What somebody rarely sees of an application, looked at on a telephone with axe: refusals, waiting, and what came to nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.intake import sample_files
from tests.providers.test_application_browser import applicant
from tests.providers.test_cut_off import BEGIN
from tests.providers.test_roster import HEADINGS, csv_file, row

__all__ = ["applicant"]
pytestmark = [
    pytest.mark.audit,
    pytest.mark.parametrize(("language", "javascript"), [("es", True), ("ar", False)], ids=["Spanish", "Arabic, no script"]),
]
# As often as anybody may, within this hour.
STARTED_OFTEN = """
from lacare_site.intake import draft_views
from lacare_site.security import limits
for _time in range(draft_views.STARTS):
    limits.hit("draft.start.application", "127.0.0.1", draft_views.STARTS, draft_views.WINDOW)
"""


@pytest.fixture
def begun(applicant):
    """Somebody who has begun."""
    code = applicant.site.run(BEGIN).strip()
    applicant.page.context.add_cookies([{"name": "held_code", "value": code, "domain": "127.0.0.1", "path": applicant.base}])
    return applicant


def test_who_cannot_begin(applicant):
    page, start = applicant.page, f'form[action="{applicant.base}/start"]'
    page.watch.expected.append("status of 429")
    page.goto(applicant.base)
    page.locator(f'{start} [name="form_token"]').evaluate("field => field.value = 'a'")
    applicant.press(f"{start} button")
    expect(page.locator(".faults")).to_be_focused()
    applicant.look()
    applicant.site.run(STARTED_OFTEN)
    page.wait_for_timeout(1100)  # the time that a person takes
    applicant.press(f"{start} button")
    expect(page.locator("h1")).to_have_text(re.compile("Espere|انتظ"))
    applicant.look()


def test_a_file_with_a_virus(begun):
    page, site = begun.page, begun.site
    page.goto(f"{begun.base}/documents")
    for item in ("w9", "insurance"):
        begun.attach(item, "Carta – año.pdf", sample_files.PDF)
    site.sql("UPDATE intake_attachment SET state = 'infected' WHERE item = 'w9'")
    for place, shown in (("documents", "#item-w9 .files__name"), ("draft", "main li"), ("review", "main li")):
        page.goto(f"{begun.base}/{place}")
        expect(page.locator(shown).first).to_be_visible()
        begun.look()
    expect(page.locator("main")).to_contain_text("Carta – año.pdf: ")


def test_the_states_of_a_roster(begun):
    page, site, roster = begun.page, begun.site, f"{begun.base}/roster"

    def bring(*rows: list[str]) -> None:
        page.goto(f"{begun.base}/documents")
        begun.attach("roster", f"{len(rows[0])}.csv", csv_file(*rows).getvalue())
        page.goto(roster)

    bring(HEADINGS[1:], row()[1:])
    expect(page.locator(".callout--important")).to_contain_text("Last name.")
    begun.look()
    bring([*HEADINGS, "DOB"], [*row(), "1/1/80"])
    expect(page.locator(".callout--important")).to_contain_text("DOB (N2)")
    begun.look()
    bring(HEADINGS, row(), row(license_number="123-45-6789"))
    begun.look()
    site.sql("UPDATE providers_rosterrow SET version = 7")
    begun.press("#row-3 p a")
    site.sql("UPDATE providers_rosterrow SET version = 8")
    page.fill("#id_license_number", "A00001")
    begun.save()
    expect(page.locator(".conflict")).to_be_focused()
    begun.look()
    site.sql("UPDATE providers_rosterrow SET faults = '[]', fault_count = 0")
    page.goto(roster)
    expect(page.locator('button[name="put"]')).to_be_visible()
    begun.look()
    site.sql("UPDATE providers_rosterrow SET is_removed = true WHERE number = 3")
    page.goto(f"{roster}/row/3")
    expect(page.locator(".callout--important")).to_be_visible()
    begun.look()


def test_what_was_typed_where_it_cannot_be_kept(begun):
    page = begun.page
    page.watch.expected.append("status of 409")
    page.goto(f"{begun.base}/draft/organization")
    page.fill('main [name="legal_name"]', "Palm Medical Group")
    begun.site.sql("DELETE FROM intake_draft")
    begun.save()
    expect(page.locator('[role="alert"]')).to_be_focused()
    expect(page.locator("main dl")).to_contain_text("Palm Medical Group")
    begun.look()
