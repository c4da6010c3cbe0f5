"""The admin keeps its Content Security Policy: nothing inline runs, nothing is asked of another host, nothing complains."""

import re
from collections import deque
from urllib.parse import urldefrag, urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pages.models import (
    ContactLine,
    MeetingListPage,
    MenuSection,
    Notice,
    PolicyPage,
    ResourceHubPage,
    SitePage,
    StandingText,
)

pytestmark = pytest.mark.django_db
# These end the session, or answer with a file instead of a page.
LEFT_OUT = re.compile(
    r"/admin/(logout|login|password_reset)|/admin/sprite|jsi18n|/download/|\?export=|/documents/\d+/|/admin/bulk/"
)


# Together they have every kind of field.
SAMPLE = (MeetingListPage, PolicyPage, ResourceHubPage)


@pytest.fixture
def admin(open_page, admin_cookies):
    return open_page(storage_state=admin_cookies)


def visit(page, address: str) -> None:
    answer = page.goto(address)
    assert answer.status == 200, address
    page.wait_for_load_state("networkidle")
    page.watch.assert_clean()


@pytest.mark.parametrize(
    "model", [model if model in SAMPLE else pytest.param(model, marks=pytest.mark.audit) for model in SitePage.__subclasses__()]
)
def test_the_form_of_every_page_type(admin, model):
    visit(admin, f"/admin/pages/{model.objects.first().pk}/edit/")


@pytest.mark.parametrize(
    "model",
    [Notice, *(pytest.param(model, marks=pytest.mark.audit) for model in (ContactLine, MenuSection, StandingText))],
    ids=lambda model: model.__name__,
)
def test_the_forms_of_snippets(admin, model):
    name = f"wagtailsnippets_pages_{model._meta.model_name}"
    visit(admin, reverse(f"{name}:list"))
    visit(admin, reverse(f"{name}:add"))
    visit(admin, reverse(f"{name}:edit", args=[model.objects.first().pk]))


def test_a_row_that_is_added_in_the_browser_has_working_fields(admin):
    visit(admin, f"/admin/pages/{MeetingListPage.objects.first().pk}/edit/")
    before = admin.locator("input[name^=meetings-][name$=-starts_at]:visible").count()
    admin.get_by_role("button", name="Add meeting").click()
    starts = admin.locator("input[name^=meetings-][name$=-starts_at]:visible")
    expect(starts).to_have_count(before + 1)
    starts.last.click()
    expect(admin.locator(".xdsoft_datetimepicker:visible")).to_be_visible()
    admin.keyboard.press("Escape")
    admin.locator("[id^=id_meetings-][id$=-agenda-chooser]:visible").last.get_by_role("button", name="Choose a document").click()
    expect(admin.get_by_role("dialog")).to_contain_text("Choose a document")


def test_a_page_is_chosen_in_a_dialog(admin):
    visit(admin, reverse("wagtailredirects:add"))
    admin.get_by_role("button", name="Choose a page").click()
    admin.get_by_role("dialog").get_by_role("link", name="Home", exact=True).first.click()
    expect(admin.locator("#id_redirect_page-chooser")).to_contain_text("Home")


def pattern(address: str) -> str:
    """Addresses that differ in ids and parameters alone are one view."""
    return re.sub(r"\d+", "N", urlsplit(address).path)


@pytest.mark.audit
def test_every_view_that_links_lead_to(admin):
    """Follows all links, and visits one address of each pattern."""
    seen, waiting = set(), deque(["/admin/"])
    while waiting:
        address = waiting.popleft()
        visit(admin, address)
        for link in admin.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            found = urldefrag(link).url.removeprefix(admin.watch.origin)
            if found.startswith("/admin/") and not LEFT_OUT.search(found) and pattern(found) not in seen:
                seen.add(pattern(found))
                waiting.append(found)
    assert len(seen) > 60
