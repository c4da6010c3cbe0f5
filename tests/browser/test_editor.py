"""An editor's work in the admin, seen by visitors at once."""

import re
import time

import pytest
from playwright.sync_api import expect

from pages.models import ContactLine, MenuSection, PlanDocument
from tests.browser.admin import assert_published, fill_time, open_editor, publish, text_editor, type_at_end, wait_until_kept
from tests.harness import site as sites
from tests.pages.tree import page as find

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site():
    """One for all tests here: each works on pages or snippets of its own, or leaves a draft alone."""
    running = sites.start()
    yield running
    running.end()
    assert not running.faults()


@pytest.fixture
def editor(site, open_page, admin_cookies):
    """A browser in which the administrator is signed in."""
    page = open_page(on=site, storage_state=admin_cookies)
    # Drafts save themselves; one with faults, or one that a later save has overtaken, is refused, and Chromium calls that an error.
    page.watch.expected.append("status of 400")
    return page


def words(site, path: str) -> str:
    """What a visitor reads on a page, tags and spaces apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", site.get(path).text).split())


def test_a_heading_and_a_text_with_a_number(editor, site):
    """Written, numbered and published by keyboard alone."""
    open_editor(editor, f"/admin/pages/{find('/members/file-grievance').pk}/edit/")
    editor.focus("input[name=heading_en]")
    editor.keyboard.press("Control+A")
    editor.keyboard.type("File a complaint")
    text_editor(editor).focus()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" Typed just now: /tele")
    expect(editor.get_by_role("option", name="Telephone number")).to_be_visible()
    editor.keyboard.press("Enter")
    line = editor.get_by_role("link", name="Provider Information")
    expect(editor.locator(".modal.in")).to_be_focused()
    line.focus()
    editor.keyboard.press("Enter")
    expect(text_editor(editor)).to_contain_text("1-866-522-2736")
    expect(text_editor(editor)).to_be_focused()
    editor.keyboard.type(" by day.")
    expect(text_editor(editor)).to_contain_text("Typed just now: 1-866-522-2736 by day.")
    wait_until_kept(editor, " by day.")
    more = editor.get_by_role("button", name="More actions")
    more.focus()
    editor.keyboard.press("Enter")
    editor.get_by_role("button", name="Publish", exact=True).focus()
    with editor.expect_navigation():
        editor.keyboard.press("Enter")
    assert_published(editor)
    text = words(site, "/members/file-grievance")
    assert "File a complaint" in text
    assert "Typed just now: 1-866-LACARE6 (1-866-522-2736) by day." in text


@pytest.mark.audit
def test_a_draft_is_not_public_and_its_history_can_be_compared(editor, site):
    address = f"/admin/pages/{find('/members/id-card').pk}/"
    open_editor(editor, f"{address}edit/")
    editor.fill("input[name=heading_en]", "A heading not yet public")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Save draft").click()
    assert "A heading not yet public" not in words(site, "/members/id-card")
    editor.get_by_role("button", name="Toggle preview").click()
    preview = editor.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name="A heading not yet public")).to_be_attached()
    expect(preview.get_by_role("navigation", name="Breadcrumbs")).to_contain_text("For members")
    editor.goto(f"{address}history/")
    expect(editor.get_by_role("table")).to_contain_text("Draft saved")
    editor.goto(f"{address}revisions/compare/live...latest/")
    expect(editor.locator("body")).to_contain_text("A heading not yet public")


def test_a_page_is_scheduled(editor, site):
    open_editor(editor, f"/admin/pages/{find('/members/id-card').pk}/edit/")
    editor.get_by_role("button", name="Toggle status").click()
    editor.get_by_role("button", name="Set schedule").click()
    start = editor.locator("input[name=go_live_at]")
    start.click()
    expect(editor.locator(".xdsoft_datetimepicker:visible")).to_be_visible()
    start.fill("2099-01-01 08:00")
    editor.keyboard.press("Escape")


def test_the_label_of_a_menu(editor, site):
    section = MenuSection.objects.get(placement="main", label_en="For Members")
    open_editor(editor, f"/admin/snippets/pages/menusection/edit/{section.pk}/")
    editor.fill("input[name=label_en]", "For our Members")
    publish(editor)
    assert_published(editor)
    assert "For our Members" in words(site, "/privacy")


def test_a_telephone_number_changes_everywhere(editor, site):
    line = ContactLine.objects.get(key="medi-cal")
    places = ("/about/contact-us", "/members/id-card", "/members/getting-care/nurse-advice-line")
    assert all("1-888-839-9909" in words(site, path) for path in places)
    open_editor(editor, f"/admin/snippets/pages/contactline/edit/{line.pk}/")
    expect(editor.locator("input[name=key]")).to_be_disabled()
    editor.fill("input[name=number]", "1-888-555-0100")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator("body")).to_contain_text("these are +18885550100")
    editor.fill("input[name=dial]", "+18885550100")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Save", exact=True).click()
    for path in places:
        assert "1-888-555-0100" in words(site, path)
        assert "839-9909" not in words(site, path)


def shown(site, path: str, text: str) -> str:
    """The page, once it has that text: a change is heard within moments."""
    for _ in range(100):
        if text in (page := site.get(path).text):
            break
        time.sleep(0.05)
    return page


def test_a_notice_from_its_beginning_to_its_end(editor, site):
    open_editor(editor, "/admin/snippets/pages/notice/add/")
    editor.fill("input[name=name]", "closed-today")
    editor.select_option("select[name=severity]", "emergency")
    editor.fill("input[name=heading_en]", "Our offices are closed today")
    type_at_end(editor, text_editor(editor), "Please call us.")
    publish(editor)
    expect(editor.locator("body")).to_contain_text("An emergency notice needs an end")
    expect(editor.locator("body")).to_contain_text("names at least one line to call")
    expect(editor.locator("body")).to_contain_text("without these languages: Spanish (no translation")
    expect(text_editor(editor)).to_contain_text("Please call us.")
    editor.check("input[name=accepts_missing_languages]")
    editor.check("input[name=contact_keys][value=medi-cal]")
    editor.uncheck("input[name=closable]")
    fill_time(editor, "review_on", "2099-01-01")
    publish(editor)
    assert_published(editor)
    page = shown(site, "/privacy", "Our offices are closed today")
    notice = page[page.index("Our offices are closed today") :]
    assert 0 < notice.index('href="tel:') < notice.index("</details>")
    editor.goto("/admin/snippets/pages/notice/")
    row = editor.get_by_role("row", name=re.compile("Our offices are closed today"))
    expect(row).to_contain_text("Live now")
    row.get_by_role("link", name="Our offices are closed today").click()
    fill_time(editor, "starts_at", "2020-01-01 08:00")
    fill_time(editor, "ends_at", "2020-01-02 08:00")
    publish(editor)
    assert_published(editor)
    assert "Our offices are closed today" not in words(site, "/privacy")
    editor.goto("/admin/snippets/pages/notice/?state=ended")
    expect(editor.get_by_role("row", name=re.compile("Our offices are closed today"))).to_contain_text("Ended")


def test_a_document(editor, site, tmp_path):
    editor.goto("/admin/documents/add/")
    file = tmp_path / "handbook.pdf"
    file.write_bytes(PlanDocument.objects.first().file.read())
    editor.fill("input[name=title]", "Handbook of the tests")
    editor.set_input_files("input[name=file]", file)
    with editor.expect_navigation():
        editor.locator("main form button[type=submit]").first.click()
    link = editor.get_by_role("link", name="Handbook of the tests")
    expect(link).to_be_visible()
    link.click()
    address = editor.get_by_role("link", name=re.compile("handbook.*pdf")).first.get_attribute("href")
    answer = site.get(address.removeprefix(site.url))
    assert answer.status == 200
    assert answer.body == file.read_bytes()


@pytest.mark.audit
def test_a_policy_changes_only_with_a_new_date(editor, site):
    open_editor(editor, f"/admin/pages/{find('/privacy').pk}/edit/")
    type_at_end(editor, text_editor(editor), " A new sentence.")
    publish(editor)
    date = editor.locator("[data-contentpath=policy_date]")
    expect(date).to_contain_text("The text has changed: give the date from which the new text holds.")
    expect(text_editor(editor)).to_contain_text("A new sentence.")
    fill_time(editor, "policy_date", "2027-01-01")
    publish(editor)
    assert_published(editor)
    assert "A new sentence." in words(site, "/privacy")
    assert "January 1, 2027" in words(site, "/privacy")
    assert "A new sentence." not in words(site, "/privacy/editions/2024-02-15")
