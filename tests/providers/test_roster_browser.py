"""A roster corrected in a real browser, with and without script, at 320 px; a large one watched while the worker checks it."""

import re

import pytest
from playwright.sync_api import Page, expect

from lacare_site.languages import BY_CODE
from tests.harness.axe import assert_accessible
from tests.providers.test_application import BASE
from tests.providers.test_roster import HEADINGS, csv_file, row, with_check_digit

OTHER = with_check_digit("198765432")
WRONG = csv_file(HEADINGS, row(), row(npi="1234567890"), row(npi=OTHER), row(npi=OTHER, zip="1")).getvalue()


def begin(page: Page, prefix: str, content: bytes) -> None:
    """A fresh application with this roster; the page of its check is open."""
    page.goto(f"{prefix}{BASE}")
    page.wait_for_timeout(1100)  # the time that a person takes
    page.locator(f'form[action$="{BASE}/start"] button').first.click()
    page.wait_for_url("**/code")
    page.goto(f"{prefix}{BASE}/documents")
    page.set_input_files("#file-roster", {"name": "roster.csv", "mimeType": "text/csv", "buffer": content})
    page.locator("#item-roster .upload button").click()
    expect(page.locator("#item-roster .files__name")).to_have_text("roster.csv")
    page.locator(f'#item-roster a[href$="{BASE}/roster"]').click()


@pytest.mark.audit
@pytest.mark.parametrize(("language", "javascript"), [("es", True), ("ar", False)], ids=["script", "no script"])
def test_rows_are_corrected_until_no_fault_is_left(fresh_site, open_page, language, javascript):
    page = open_page(fresh_site(), width=320, javascript=javascript)
    begin(page, f"/{language}", WRONG)

    def check() -> None:
        assert page.evaluate("document.documentElement.dir") == BY_CODE[language].direction
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if javascript:
            assert_accessible(page)

    check()
    expect(page.locator(".wrong-rows__row")).to_have_count(2)
    page.locator("#row-3 p a").click()
    expect(page.locator(".faults")).to_be_focused()
    expect(page.locator("#id_npi_error")).to_be_visible()
    check()
    page.locator('.faults a[href="#id_npi"]').click()
    page.fill("#id_npi", "1")
    page.fill("#id_city", "Burbank")
    page.locator("main form .button").first.click()
    expect(page.locator("#id_npi_error")).to_be_visible()
    expect(page.locator("#id_npi")).to_have_value("1")
    expect(page.locator("#id_city")).to_have_value("Burbank")
    page.fill("#id_npi", with_check_digit("112345678"))
    page.locator("main form .button").first.click()
    page.wait_for_url("**/roster/row/5")
    page.locator('button[name="remove"]').click()
    page.wait_for_url("**/roster")
    expect(page.locator(".callout--success")).to_be_visible()
    check()
    page.goto(f"/{language}{BASE}/documents")
    expect(page.locator("#item-roster .files__item")).to_have_count(1)
    # A name in Latin letters stands where the Arabic lines below it do.
    aligned = page.locator("#item-roster .files__name").evaluate("element => getComputedStyle(element).textAlign")
    assert aligned == ("right" if language == "ar" else "left")
    assert "2" in page.locator("#item-roster .files__facts").last.inner_text()  # its version


RUNNING_TASK = """
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from providers.application.rosters import run_by_worker
from providers.models import RosterCheck
DBTaskResult.objects.create(
    status="RUNNING",
    args_kwargs={"args": [RosterCheck.objects.get().pk], "kwargs": {}},
    task_path=run_by_worker.module_path,
    backend_name="default",
    started_at=timezone.now(),
    run_after=timezone.now(),
)
"""


@pytest.mark.audit
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_who_watches_the_check_of_a_large_roster_sees_its_end(fresh_site, open_page, javascript):
    site = fresh_site()
    page = open_page(site, javascript=javascript)
    begin(page, "", csv_file(HEADINGS, *(row(npi="1", street=f"{number} Example Street") for number in range(2_000))).getvalue())
    progress = page.locator("progress")
    # Tests have no worker to wait for: the check is put back to its middle, and a task is at it.
    expect(page.locator(".wrong-rows__row").first).to_be_visible()
    site.run(RUNNING_TASK)
    site.sql("UPDATE providers_rostercheck SET finished_at = NULL, rows = 500, expected = 2000")
    page.reload()
    expect(page.get_by_text("500 of 2000 rows are checked.")).to_be_visible()
    expect(progress).to_have_js_property("value", 500)
    if javascript:
        assert_accessible(page)
    site.sql("UPDATE providers_rostercheck SET rows = 1500")
    expect(page.get_by_text("1500 of 2000 rows are checked.")).to_be_visible()
    expect(progress).to_have_js_property("value", 1500)
    site.run(
        "from providers.application import rosters; from providers.models import RosterCheck as R; rosters.run(R.objects.get())"
    )
    expect(page.locator(".callout--important")).to_have_text(re.compile("2000 of 2000 rows have faults"))
    expect(progress).to_have_count(0)
    if javascript:
        expect(page.locator("main")).to_be_focused()
