"""axe-core finds nothing on any page type, in any direction and script, wide and narrow, light and dark, menu open."""

from itertools import product

import pytest

from lacare_site import languages
from tests.browser.matrix import SCHEMES, WIDTHS, go, in_language, looks
from tests.crawl.paths import FILLED_LISTS
from tests.harness.axe import assert_accessible, complaints

MENUS_OF_EVERY_RUN = {("en", 320, "dark"), ("ar", 1280, "light")}
OPEN_MENUS = [
    pytest.param(*look, marks=[] if look in MENUS_OF_EVERY_RUN else pytest.mark.audit)
    for look in product(languages.BY_CODE, WIDTHS, SCHEMES)
]


@pytest.mark.parametrize(("code", "width", "scheme", "paths"), looks())
def test_pages(open_page, code, width, scheme, paths):
    page = open_page(width=width, color_scheme=scheme)
    found = []
    for path in paths:
        go(page, in_language(path, code))
        # What opens on demand is looked at open.
        page.eval_on_selector_all("main details", "all => all.forEach(one => (one.open = true))")
        found += [f"{path}: {complaint}" for complaint in complaints(page)]
    assert not found, "\n".join(found)


@pytest.mark.audit
def test_lists_that_are_filled(fresh_site, open_page):
    """The starting content has neither meetings nor more than a few articles."""
    site = fresh_site()
    site.run("from tests.pages.tree import fill_lists; fill_lists()")
    found = []
    for code, width, scheme in (("en", 320, "light"), ("ar", 1280, "dark")):
        page = open_page(on=site, width=width, color_scheme=scheme)
        for path in FILLED_LISTS:
            page.goto(in_language(path, code))
            found += [f"{path}: {complaint}" for complaint in complaints(page)]
    assert not found, "\n".join(found)


def show_alone(page, selector: str) -> None:
    """What lies under it has been looked at by itself; axe would take it for the ground that the words stand on."""
    page.evaluate(
        """selector => {
             document.body.style.visibility = "hidden";
             document.querySelector(selector).style.visibility = "visible";
           }""",
        selector,
    )


def is_opaque(page, selector: str) -> bool:
    return page.eval_on_selector(selector, "one => getComputedStyle(one).backgroundColor").startswith("rgb(")


@pytest.mark.parametrize(("code", "width", "scheme"), OPEN_MENUS)
def test_menu_and_languages_open(open_page, code, width, scheme):
    page = open_page(width=width, color_scheme=scheme)
    page.goto(in_language("/members/id-card", code))
    found = []
    if width == 320:
        page.click(".menu-button")
    show_alone(page, "nav.menu")
    for section in page.locator("nav.menu summary").all():
        section.click()
        page.evaluate("document.querySelector('nav.menu').scrollTop = 0")  # axe takes what is scrolled away for covered
        assert is_opaque(page, "nav.menu" if width == 320 else "nav.menu details[open] .menu__panel")
        found += complaints(page, within="nav.menu")
    if width == 320:
        page.click("nav.menu button[popovertargetaction=hide]")
    show_alone(page, ".language")
    page.click(".language summary")
    assert is_opaque(page, ".language__list")
    found += complaints(page, within=".language__list")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_directory_open(open_page, scheme):
    page = open_page(width=320, color_scheme=scheme)
    page.goto("/")
    page.click("a[data-dialog]")
    assert_accessible(page, within="#directory-dialog")


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
