"""A translation's way from the translator who asks for a review to the public page that says who reviewed it, and on to the next English."""

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from tests.browser.admin import PASSWORD, add_user, publish
from tests.harness.pages import sign_in
from tests.pages.tree import page as find

pytestmark = pytest.mark.django_db
PATH = "/members/id-card"
HEADING = "Su tarjeta de miembro, en dos partes"
QUALIFICATION = "Certified translator, English into Spanish"


@pytest.fixture
def site(fresh_site):
    return fresh_site()


def heading(page: Page, suffix: str):
    return page.locator(f"textarea[name=heading_{suffix}], input[name=heading_{suffix}]")


def note_says(page: Page, text: str) -> None:
    page.goto(f"/es{PATH}")
    expect(page.locator(".translation-note")).to_contain_text(text)


def list_of(page: Page, state: str):
    """Opens the list of translations with a state, and gives the row of the page."""
    page.goto("/admin/")
    page.get_by_role("link", name="Translations", exact=True).click()
    page.get_by_label("State").select_option(label=state)
    page.get_by_role("button", name="Show").click()
    return page.get_by_role("row").filter(has=page.locator(f"a[href*='/pages/{find(PATH).pk}/edit/']"))


@pytest.mark.audit
def test_a_translation_is_reviewed_and_goes_out_of_date(site, open_page):
    english, form = find(PATH).heading_en, f"/admin/pages/{find(PATH).pk}/edit/"
    admin, rosa, vera, visitor = (open_page(on=site) for _ in range(4))
    sign_in(admin, site)
    add_user(admin, "rosa", "Translators: Spanish", "Translation reviewers: Spanish")
    add_user(admin, "vera", "Translation reviewers: Spanish")

    # The translator changes what a machine wrote, and asks for a review.
    sign_in(rosa, site, "rosa", PASSWORD)
    rosa.goto(f"{form}?lang=es")
    heading(rosa, "es").fill(HEADING)
    with rosa.expect_navigation():
        rosa.get_by_role("button", name="Save and ask for review").click()
    expect(rosa.locator(".messages")).to_contain_text("You have asked for a review of the Spanish text.")

    # The reviewer finds it, and is told that it is a draft until somebody publishes it.
    sign_in(vera, site, "vera", PASSWORD)
    row = list_of(vera, "Review asked for")
    expect(row).to_contain_text("review asked for")
    row.get_by_role("link", name="Machine draft").click()
    expect(vera.locator(".sign-off")).to_contain_text("Not all that you see is public yet.")
    admin.goto(f"{form}?lang=es")
    admin.get_by_role("button", name="More actions").click()
    with admin.expect_navigation():
        admin.get_by_role("button", name="Publish Spanish").click()
    with translation.override("es"):
        note_says(visitor, gettext("This is a machine translation that no qualified translator has reviewed yet"))

    # Nobody signs their own text.
    rosa.goto(f"{form}?lang=es")
    expect(rosa.locator(".sign-off")).to_contain_text("You wrote this translation. Somebody else has to review it.")
    expect(rosa.get_by_role("button", name="Sign the Spanish translation")).to_have_count(0)

    # The reviewer compares, states the qualification, and signs.
    list_of(vera, "Review asked for").get_by_role("link", name="Machine draft").click()
    expect(vera.locator(".beside-english__text").first).to_contain_text(english)
    expect(heading(vera, "es")).to_have_value(HEADING)
    sign = vera.get_by_role("button", name="Sign the Spanish translation")
    sign.click()
    expect(vera.get_by_role("alert").first).to_contain_text("State your qualification.")
    vera.get_by_label("Your qualification").fill(QUALIFICATION)
    sign.click()
    expect(vera.locator(".messages .success")).to_contain_text("You have signed the Spanish translation.")
    expect(vera.locator(".sign-off")).to_contain_text(f"Reviewed by Vera Vega ({QUALIFICATION})")
    expect(vera.locator(".language-chip[aria-current]")).to_contain_text("Reviewed")
    expect(list_of(vera, "Review asked for")).to_have_count(0)
    with translation.override("es"):
        today = date_format(timezone.localdate(), "DATE_FORMAT")
        reviewed = gettext("A qualified translator reviewed this translation on %(date)s.") % {"date": today}
    note_says(visitor, reviewed)

    # An editor changes the English: the page says so, and the list shows what has changed.
    admin.goto(form)
    heading(admin, "en").fill(f"{english}, old and new")
    publish(admin)
    with translation.override("es"):
        note_says(visitor, gettext("The English page has changed since this was translated"))
    row = list_of(vera, "Out of date")
    row.get_by_role("link", name="what changed").click()
    expect(vera.locator(".translation-changes ins").first).to_contain_text("old and new")
