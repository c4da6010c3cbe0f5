"""axe-core finds nothing on any page type, in any direction and script, wide and narrow, light and dark, menu open."""

import pytest

from tests.browser.matrix import LANGUAGES, WIDTHS, go, in_language, looks
from tests.data.axe_reviewed import REVIEWED
from tests.harness.axe import complaints

OPEN_MENUS = [
    pytest.param(code, width, marks=[] if (code, width) in {("en", 320), ("ar", 1280)} else pytest.mark.audit)
    for code in LANGUAGES
    for width in WIDTHS
]


@pytest.mark.parametrize(("code", "width", "scheme", "paths"), looks())
def test_pages(open_page, code, width, scheme, paths):
    page = open_page(width=width, color_scheme=scheme)
    found = []
    for path in paths:
        go(page, in_language(path, code))
        # What opens on demand is looked at open.
        page.eval_on_selector_all("main details", "all => all.forEach(one => (one.open = true))")
        found += [f"{path}: {complaint}" for complaint in complaints(page, REVIEWED)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("code", "width"), OPEN_MENUS)
def test_menu_and_languages_open(open_page, code, width):
    page = open_page(width=width)
    page.goto(in_language("/members/id-card", code))
    if width == 320:
        page.click(".menu-button")
    page.click("nav.menu summary >> nth=1")
    # The rest of the page lies under what is open, and has been looked at by itself.
    found = complaints(page, REVIEWED, within="nav.menu")
    if width == 320:
        page.click("nav.menu button[popovertargetaction=hide]")
    page.click(".language summary")
    found += complaints(page, REVIEWED, within=".language")
    assert not found, "\n".join(found)


def test_the_directory_open(open_page):
    page = open_page(width=320)
    page.goto("/")
    page.click("a[data-dialog]")
    assert not (found := complaints(page, REVIEWED, within="#directory-dialog")), "\n".join(found)


def test_forced_colors(open_page):
    """The browser sees to the colours; what only a background told needs an edge."""
    page = open_page(forced_colors="active")
    page.goto("/health-plans/medi-cal")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    flat = page.eval_on_selector_all(
        "button:not(.skip-link)",
        """all => all.filter(one => one.checkVisibility() && getComputedStyle(one).borderTopStyle === 'none' && !one.closest('summary'))
               .map(one => one.outerHTML.slice(0, 100))""",
    )
    assert not flat, f"buttons without an edge: {flat}"
