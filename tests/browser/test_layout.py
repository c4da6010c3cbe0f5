"""Nothing runs out of the page, at any text size, at 320 pixels and at 400 % zoom; and what the printed page shows."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.matrix import ALL, FEW, LANGUAGES, TEXT_SIZES, WIDTHS, go, in_language

OVERFLOW = """() => {
  const root = document.documentElement, wide = root.clientWidth;
  if (root.scrollWidth <= wide) return [];
  const out = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > wide + 1 || box.left < -1) && getComputedStyle(one).position !== "fixed";
  });
  return [`${root.scrollWidth} of ${wide}`, ...out.slice(0, 5).map((one) => one.outerHTML.slice(0, 120))];
}"""

SAMPLE = {("en", 320, 100): ALL, ("en", 320, 200): ALL, ("ar", 320, 200): FEW, ("km", 1280, 200): FEW, ("en", 1280, 150): FEW}
SIZES = [pytest.param(*key, paths, id="-".join(map(str, key))) for key, paths in SAMPLE.items()] + [
    pytest.param(code, width, size, ALL, id=f"{code}-{width}-{size}-all", marks=pytest.mark.audit)
    for code in LANGUAGES
    for width in WIDTHS
    for size in TEXT_SIZES
    if SAMPLE.get((code, width, size)) != ALL
]
# Long words, at the sizes at which they run out first.
SIZES += [
    pytest.param(code, width, size, ALL, id=f"{code}-{width}-{size}-all", marks=pytest.mark.audit)
    for code in ("ru", "hy", "tl")
    for width in WIDTHS
    for size in TEXT_SIZES
    if size > 100
]


@pytest.mark.parametrize(("code", "width", "size", "paths"), SIZES)
def test_nothing_runs_out_of_the_page(open_page, site, code, width, size, paths):
    page = open_page(width=width)
    if size != 100:
        page.context.add_cookies([{"name": "text_size", "value": str(size), "url": site.url}])
    found = []
    for path in paths:
        go(page, in_language(path, code))
        assert f"text-{size}" in page.get_attribute("html", "class")
        page.eval_on_selector_all("main details", "all => all.forEach(one => (one.open = true))")
        found += [f"{path}: {fault}" for fault in page.evaluate(OVERFLOW)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["/", "/health-plans/cal-mediconnect"])
def test_zoom_of_400_percent(open_page, path):
    """1280 × 1024 pixels at 400 % are 320 × 256."""
    page = open_page(width=320, height=256, device_scale_factor=4)
    page.goto(path)
    assert not page.evaluate(OVERFLOW)
    assert page.locator("h1").is_visible()


def test_the_menu_button_is_above_the_fold_at_320(open_page):
    page = open_page(width=320, height=568)
    page.goto("/")
    box = page.locator(".menu-button").bounding_box()
    assert box["y"] + box["height"] < 568
    assert box["height"] >= 44


def test_right_to_left_is_mirrored(open_page):
    page = open_page()
    edges = {}
    for address in ("/members", "/ar/members"):
        page.goto(address)
        edges[address] = page.evaluate("document.querySelector('main h1').getBoundingClientRect().left > innerWidth / 2 - 400")
        brand = page.locator(".masthead > :first-child").bounding_box()
        edges[address] = brand["x"] + brand["width"] / 2 > 640
    assert edges == {"/members": False, "/ar/members": True}


def test_the_printed_page(open_page):
    page = open_page()
    page.goto("/providers/access-to-care")
    page.emulate_media(media="print")
    for hidden in (".utility", "nav.menu", ".site-search", ".footer__groups", ".breadcrumbs", ".skip-link"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", ".columns__main", ".page-stamp", ".footer__entity"):
        assert page.locator(shown).first.is_visible(), shown
    link = page.locator(".columns__main a[href^='https://']").first
    assert link.get_attribute("href") in link.evaluate("one => getComputedStyle(one, '::after').content")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_what_is_closed_on_the_screen_is_printed_open(open_page):
    page = open_page()
    page.goto("/providers/faqs")
    printed = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages)
    for words in ("There is no sign-in on this site yet.", "Complete it by the due date printed on it"):  # an answer, a notice
        assert not page.get_by_text(words).is_visible()
        assert words in " ".join(printed.split())
