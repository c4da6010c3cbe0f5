"""The cards: which a visitor's links choose, and what stands on each."""

import pytest

from members.models import LanguageHelp
from tests.members.pages import CARD, LANGUAGES, RIGHT_TO_LEFT, cards, html, text
from tests.pages.tree import publish

pytestmark = pytest.mark.django_db
ON_CARDS = [code for code in LANGUAGES if code != "en"]


def codes(page) -> list[str]:
    return [card.css_first(".speak-card__own").attributes["lang"] for card in cards(page)]


def chosen(page) -> list[str]:
    return [text(link).removesuffix(" (card)") for link in page.css(".card-choice a[aria-current]")]


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_a_card_speaks_its_language_and_english(client, prefix):
    found = cards(html(client, prefix + CARD))
    assert len(found) == len(ON_CARDS)
    for code, card in zip(ON_CARDS, found, strict=True):
        row, own, english = (
            LanguageHelp.objects.get(code=code),
            card.css_first(".speak-card__own"),
            card.css_first(".speak-card__english"),
        )
        assert (own.attributes["lang"], own.attributes["dir"] == "rtl", text(own)) == (
            code,
            code in RIGHT_TO_LEFT,
            row.card_sentence,
        )
        assert (english.attributes["lang"], english.attributes["dir"]) == ("en", "ltr")
        assert text(english) == f"I speak {LANGUAGES[code]}. I need an interpreter."
        assert text(card.css_first("h2")) == LANGUAGES[code]
        assert text(card).count("(TTY 711)") == 4


def test_one_language_one_plan_and_the_size_are_chosen_by_links(client):
    page = html(client, f"{CARD}?language=vi&line=covered&size=large")
    assert codes(page) == ["vi"]
    assert [text(line) for line in page.css(".speak-card .plan-lines li")] == ["L.A. Care Covered 1-855-270-2327 (TTY 711)"]
    assert page.css_first(".speak-cards--large")
    assert chosen(page) == ["Tiếng Việt", "L.A. Care Covered", "Large print"]


def test_each_link_changes_one_thing(client):
    page = html(client, f"{CARD}?language=vi&size=large")
    links = {text(link): link.attributes["href"] for link in page.css(".card-choice a")}
    assert links["All languages"] == f"{CARD}?size=large"
    assert links["Русский (card)"] == f"{CARD}?language=ru&size=large"
    assert links["Medi-Cal (card)"] == f"{CARD}?language=vi&line=medi-cal&size=large"
    assert links["Wallet size"] == f"{CARD}?language=vi"
    assert all(client.get(address).status_code == 200 for address in links.values())


@pytest.mark.parametrize(
    "query", ["language=xx&line=dpss&size=huge", "language=&line=&size=", "language=en", "language=%00&line=<script>"]
)
def test_what_is_not_on_offer_chooses_nothing(client, query):
    page = html(client, f"{CARD}?{query}")
    assert codes(page) == ON_CARDS
    assert chosen(page) == ["All languages", "All plans", "Wallet size"]


def test_links_of_another_language_stay_in_it(client):
    addresses = [link.attributes["href"] for link in html(client, f"/es{CARD}").css(".card-choice a")]
    assert all(address.startswith(f"/es{CARD}") for address in addresses)


def test_a_language_without_a_sentence_has_no_card(client):
    publish(LanguageHelp.objects.get(code="hmn"), card_sentence="")
    assert "hmn" not in codes(html(client, CARD))


def test_each_card_says_that_nobody_has_reviewed_it(client):
    page = html(client, CARD)
    assert len(page.css(".speak-cards .review-note")) == len(ON_CARDS)
    assert page.css_first(".machine-note")
