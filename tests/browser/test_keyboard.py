"""By keyboard alone: every stop can be seen, nothing traps, what opens closes again."""

import re

import pytest
from playwright.sync_api import expect

from tests.harness.keyboard import FOCUS, faults


@pytest.mark.parametrize(
    ("address", "width"),
    [pytest.param("/", 1280, marks=pytest.mark.audit), ("/health-plans/medi-cal", 320), ("/ar/privacy", 1280)],
)
def test_every_stop_is_seen_and_none_traps(open_page, address, width):
    page = open_page(width=width)
    page.goto(address)
    stops = []
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) > 25
    assert stop is None, "the focus never leaves the page"
    assert not [stop["html"] for stop in stops if stop["stops"] > 1]
    assert not [found for stop in stops for found in faults(stop)]


def test_the_skip_link_comes_first_and_leads_to_the_content(page):
    page.goto("/members/id-card")
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    expect(link).to_be_focused()
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_of_wide_screens(page):
    page.goto("/")
    summary = page.locator("nav.menu summary", has_text="For Members")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("nav.menu details[open]")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details[open]') !== null")
    page.keyboard.press("Escape")
    expect(page.locator("nav.menu details[open]")).to_have_count(0)
    expect(summary).to_be_focused()


@pytest.mark.parametrize("javascript", [False, True])
def test_the_menu_of_narrow_screens(open_page, javascript):
    page = open_page(width=320, javascript=javascript)
    page.goto("/")
    button, menu = page.locator(".menu-button"), page.locator("nav.menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_be_visible()
    expect(button).to_be_focused()


def test_the_language_list(page):
    page.goto("/members/id-card")
    summary = page.locator(".language summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/es/members/id-card$"))
