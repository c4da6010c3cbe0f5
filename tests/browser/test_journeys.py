"""What visitors do, each with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

PAGE = "/members/id-card"

with_and_without_javascript = pytest.mark.parametrize("javascript", [False, True], ids=["no-javascript", "javascript"])


@with_and_without_javascript
@pytest.mark.parametrize("width", [320, 1280])
def test_open_the_menu_and_go_to_a_page(open_page, javascript, width):
    page = open_page(width=width, javascript=javascript)
    page.goto("/")
    link = page.locator("nav.menu a[href='/members/id-card']")
    expect(link).not_to_be_visible()
    if width == 320:
        page.click(".menu-button")
    page.locator("nav.menu summary", has_text="For Members").click()
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(re.compile(r"/members/id-card$"))
    expect(page.locator("nav.menu a[aria-current=page]")).to_have_count(1)


@with_and_without_javascript
def test_opening_one_section_closes_the_other(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto("/")
    page.locator("nav.menu summary", has_text="For Members").click()
    page.locator("nav.menu summary", has_text="About Us").click()
    expect(page.locator("nav.menu details[open]")).to_have_count(1)


@with_and_without_javascript
def test_change_the_language_and_stay_on_the_page(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto(f"{PAGE}?from=letter")
    page.click(".language summary")
    page.locator(".language a", has_text="العربية").click()
    expect(page).to_have_url(re.compile(rf"/ar{PAGE}$"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.click(".language summary")
    page.locator(".language a", has_text="English").click()
    expect(page).to_have_url(re.compile(rf"\d{PAGE}$"))


@with_and_without_javascript
def test_larger_text_and_back_on_the_same_page(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto(f"/es{PAGE}?from=letter")
    heading = page.locator("h1")
    small = heading.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    buttons = page.locator(".text-size button")
    for size in (125, 150, 200, 200):
        buttons.nth(2).click()
        expect(page.locator("html")).to_have_class(re.compile(rf"\btext-{size}\b"))
        expect(page).to_have_url(re.compile(rf"/es{PAGE}\?from=letter$"))
    assert heading.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= small * 1.9
    page.goto("/members")
    expect(page.locator("html")).to_have_class(re.compile(r"\btext-200\b"))
    buttons.nth(0).click()
    expect(page.locator("html")).to_have_class(re.compile(r"\btext-150\b"))
    buttons.nth(1).click()
    expect(page.locator("html")).to_have_class(re.compile(r"\btext-100\b"))
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    "javascript", [pytest.param(False, id="no-javascript"), pytest.param(True, id="javascript", marks=pytest.mark.audit)]
)
def test_close_a_notice_until_it_changes(open_page, fresh_site, javascript):
    site = fresh_site()
    page = open_page(on=site, javascript=javascript)
    page.goto(f"{PAGE}?from=letter")
    renewals, fires = page.locator(".notice--important"), page.locator(".notice--emergency")
    renewals.get_by_role("button", name="Close this notice").click()
    expect(page).to_have_url(re.compile(rf"{PAGE}\?from=letter$"))
    expect(renewals).to_have_count(0)
    expect(fires).to_have_count(1)
    expect(fires.get_by_role("button")).to_have_count(0)
    page.reload()
    expect(renewals).to_have_count(0)
    page.goto("/es/members")
    expect(renewals).to_have_count(0)
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("closed_notices", True, "Lax")
    site.run(
        "from pages.models import Notice\n"
        "notice = Notice.objects.get(severity='important')\n"
        "notice.heading_en = 'Renewals go on'\n"
        "notice.save_revision().publish()"
    )
    page.goto(PAGE)
    expect(renewals).to_contain_text("Renewals go on")


@with_and_without_javascript
def test_a_notice_opens_and_closes_its_text(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto("/")
    notice = page.locator(".notice--important")
    expect(notice.locator(".notice__text")).not_to_be_visible()
    notice.locator("summary").click()
    expect(notice.locator("a[href='tel:+18666133777']")).to_be_visible()


@with_and_without_javascript
def test_search(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto("/")
    page.fill("#site-search", "lost id card")
    page.press("#site-search", "Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=lost(\+|%20)id(\+|%20)card$"))
    page.locator("main .results a[href='/members/id-card']").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"{PAGE}$"))


def test_the_telephone_directory_without_javascript(open_page):
    page = open_page(javascript=False)
    page.goto(PAGE)
    page.click("a[data-dialog]")
    expect(page).to_have_url(re.compile(r"/about/contact-us$"))
    expect(page.locator("main a[href='tel:+18888399909']").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_telephone_directory_with_javascript(open_page, width):
    page = open_page(width=width)
    page.goto(PAGE)
    opener, dialog = page.locator("a[data-dialog]"), page.locator("#directory-dialog")
    opener.focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    expect(page).to_have_url(re.compile(rf"{PAGE}$"))
    expect(dialog.locator("a[href='tel:+18888399909']")).to_be_visible()
    assert page.evaluate("document.getElementById('directory-dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(opener).to_be_focused()
    opener.click()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).not_to_be_visible()


@pytest.mark.parametrize(
    ("wanted", "offered"), [("es-US", "Español"), ("fil-PH", "Tagalog"), ("zh-TW", "繁體中文"), ("fr-FR", None), ("en-US", None)]
)
def test_the_browsers_language_is_offered(open_page, wanted, offered):
    page = open_page(locale=wanted)
    page.goto(PAGE)
    offer = page.locator("[data-language-offer]")
    if offered is None:
        expect(offer).not_to_be_visible()
    else:
        expect(offer).to_have_text(offered)
        offer.click()
        expect(page).to_have_url(re.compile(rf"/[a-z-]+{PAGE}$"))
    assert page.context.cookies() == []
