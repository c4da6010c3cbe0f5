"""Both pages in Chromium: sizes on paper, small screens, accessibility."""

import pytest

from tests.harness.axe import assert_accessible
from tests.members.pages import CARD, HELP

MILLIMETRE = 96 / 25.4
WIDTH, HEIGHT = 85.6, 54
PAPER = 738  # a Letter page between Chromium's margins
HALF_A_SHEET = 480  # of Letter, which is the shorter of the two
# Each card's box, and how far its words reach beyond it.
SIZES = """() => [...document.querySelectorAll('.speak-card')].map(card => {
    const box = card.getBoundingClientRect();
    const words = [...card.querySelectorAll('*')].map(part => part.getBoundingClientRect());
    return {id: card.id, width: box.width, height: box.height, x: box.x, y: box.y,
            below: Math.max(...words.map(part => part.bottom)) - box.bottom,
            beside: Math.max(...words.map(part => Math.max(part.right - box.right, box.left - part.left)))};
})"""


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("size", ["100", "200"])
def test_a_card_on_paper_has_the_size_of_a_bank_card_and_holds_its_text(open_page, site, prefix, size):
    page = open_page(width=PAPER)
    page.context.add_cookies([{"name": "text_size", "value": size, "url": site.url}])
    page.goto(prefix + CARD)
    assert page.locator(f"html.text-{size}").count() == 1
    page.emulate_media(media="print")
    cards = page.evaluate(SIZES)
    assert len(cards) == 15
    for card in cards:
        assert card["width"] / MILLIMETRE == pytest.approx(WIDTH, abs=1), card
        assert card["height"] / MILLIMETRE == pytest.approx(HEIGHT, abs=1), card
        assert card["below"] < 0 and card["beside"] < 0, card
    assert cards[0]["y"] == cards[1]["y"], "two in a row"
    # Far enough apart that the marks of one card do not touch its neighbor.
    assert abs(cards[1]["x"] - cards[0]["x"]) >= (WIDTH + 7) * MILLIMETRE
    assert cards[2]["y"] - cards[0]["y"] >= (HEIGHT + 7) * MILLIMETRE


def test_paper_has_the_card_and_no_links_to_choose_another(page):
    page.goto(f"{CARD}?language=km")
    page.emulate_media(media="print")
    assert page.locator(".speak-card").is_visible()
    for part in (".card-choice", "nav[aria-labelledby=related-title]", ".columns__side"):
        assert not page.locator(part).is_visible(), part


@pytest.mark.parametrize("prefix", ["/es", "/fa"])
def test_the_card_stands_on_the_first_sheet(open_page, prefix):
    page = open_page(width=PAPER)
    page.goto(f"{prefix}{CARD}?language=fa")
    assert page.locator(".notice").first.is_visible()
    page.emulate_media(media="print")
    card = page.locator(".speak-card").bounding_box()
    assert card["y"] + card["height"] < HALF_A_SHEET


def test_large_print_is_large(page):
    page.goto(f"{CARD}?language=km&size=large")
    page.emulate_media(media="print")
    points = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.speak-card__own')).fontSize) * 72 / 96")
    assert points >= 36
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.plan-lines')).fontSize) * 72 / 96") >= 18


@pytest.mark.parametrize("address", [HELP, CARD, f"{CARD}?language=pa&line=medicare-plus&size=large"])
@pytest.mark.parametrize(
    ("prefix", "width"),
    [("", 320), ("/fa", 1280), *(pytest.param(*one, marks=pytest.mark.audit) for one in (("/ar", 320), ("", 1280)))],
)
def test_no_overflow_and_axe_clean(open_page, prefix, width, address):
    page = open_page(width=width)
    page.goto(prefix + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)


def test_each_notice_runs_in_its_own_direction(page):
    page.goto(f"/ar{HELP}")
    directions = page.evaluate(
        "[...document.querySelectorAll('.language-help')].map(one => [one.lang, getComputedStyle(one).direction])"
    )
    assert {lang for lang, direction in directions if direction == "rtl"} == {"fa", "ar"}


def test_it_works_without_javascript(open_page):
    page = open_page(javascript=False)
    page.goto(HELP)
    page.get_by_role("link", name="Tiếng Việt (on this page)").click()
    assert page.url.endswith("#help-vi")
    page.goto(CARD)
    page.get_by_role("link", name="Tiếng Việt (card)").click()
    assert page.locator(".speak-card").count() == 1
