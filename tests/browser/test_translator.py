"""A translator's work from the English beside to the public page, in a language written from the left and one from the right."""

import pytest
from playwright.sync_api import expect

from lacare_site import languages
from tests.browser.admin import PASSWORD, add_user, text_editor, type_at_end
from tests.harness.pages import sign_in
from tests.pages.tree import page as find

pytestmark = pytest.mark.django_db
WORDS = {"es": ("Su tarjeta de miembro", "Llámenos hoy."), "fa": ("کارت عضویت شما", "امروز تماس بگیرید.")}


@pytest.fixture
def site(fresh_site):
    return fresh_site()


@pytest.fixture
def admin(site, open_page):
    page = open_page(on=site)
    sign_in(page, site)
    return page


@pytest.mark.audit
@pytest.mark.parametrize("code", ["es", "fa"])
def test_a_page_is_translated(admin, open_page, site, code):
    language, suffix = languages.get(code), code
    heading, words = WORDS[code]
    number = find("/members/id-card").pk
    add_user(admin, "rosa", f"Translators: {language.name}")
    page = open_page(on=site)
    sign_in(page, site, "rosa", PASSWORD)

    page.goto(f"/admin/pages/{number}/edit/")  # leads to the language of the translator
    expect(page.get_by_role("navigation", name="Languages of this page")).to_contain_text(language.name)
    expect(page.locator(".beside-english__text").first).to_contain_text(find("/members/id-card").heading_en)
    field = page.locator(f"textarea[name=heading_{suffix}], input[name=heading_{suffix}]")
    assert field.evaluate("field => getComputedStyle(field).direction") == language.direction
    assert page.locator(".beside-english__text").first.evaluate("text => getComputedStyle(text).direction") == "ltr"
    field.fill(heading)
    if not text_editor(page).count():
        with page.expect_navigation():
            page.get_by_role("button", name="Copy English into empty fields").click()
    type_at_end(page, text_editor(page), f" {words}")
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name=heading)).to_be_attached()
    expect(preview.locator("html")).to_have_attribute("dir", language.direction)
    expect(page.locator(".language-chip[aria-current]")).to_contain_text("+ draft")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    assert heading not in site.get(f"/{code}/members/id-card").text

    admin.goto(f"/admin/pages/{number}/edit/?lang={code}")
    if (tick := admin.get_by_label("Publish it as it is")).count():  # of what was copied, one block has been written in
        tick.check()
    admin.get_by_role("button", name="More actions").click()
    with admin.expect_navigation():
        admin.get_by_role("button", name=f"Publish {language.name}").click()
    expect(admin.locator(".messages .success")).to_contain_text("published")
    public = site.get(f"/{code}/members/id-card").text
    assert heading in public
    assert words in public
    page.goto(f"/admin/pages/{number}/edit/?lang={code}")
    expect(page.locator(".language-chip[aria-current]")).to_contain_text("Machine draft")
