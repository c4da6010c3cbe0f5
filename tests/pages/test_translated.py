"""Texts in eleven languages: which one a visitor gets, and that a revision never turns English into a translation."""

import pytest
from django.utils import translation

from lacare_site import languages
from pages import links, translated
from pages.models import StandardPage
from tests.pages.tree import page, publish, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    """A page in English that has a Spanish and a Farsi heading, and a Spanish body, and nothing else in other languages."""
    texts = {
        f"{field}_{language.field_suffix}": "" for language in languages.LANGUAGES[1:] for field in ("heading", "lead", "body")
    }
    own = {"heading_es": "Su tarjeta", "heading_fa": "کارت شما", "body_es": text("<p>Palabras.</p>")}
    return publish(page("/members/id-card"), **texts | own)


def test_a_visitor_gets_the_text_in_the_language_of_the_address(card):
    with translation.override("es"):
        heading = translated.of(card, "heading")
    assert (str(heading), heading.language, heading.is_fallback, heading.attrs) == ("Su tarjeta", "es", False, "")


def test_else_english_marked_as_such(card):
    with translation.override("ar"):
        heading = translated.of(card, "heading")
    assert (str(heading), heading.is_fallback, heading.attrs) == (card.heading_en, True, ' lang="en" dir="ltr"')


def test_a_text_in_no_language_is_empty(card):
    card.lead_en = ""
    with translation.override("ko"):
        lead = translated.of(card, "lead")
    assert (bool(lead), str(lead), lead.attrs) == (False, "", "")


@pytest.mark.parametrize("empty", ["", None, []])
def test_an_empty_body_falls_back(card, empty):
    publish(card, body_fa=empty)
    with translation.override("fa"):
        assert translated.of(page("/members/id-card"), "body").language == "en"


def test_links_to_a_page_bear_its_heading_in_the_visitors_language(card):
    for code, heading, is_fallback in (("es", "Su tarjeta", False), ("fa", "کارت شما", False), ("ko", card.heading_en, True)):
        links.forget()
        with translation.override(code):
            (found,) = links.find([card.pk])
            assert (str(found.heading), found.heading.is_fallback) == (heading, is_fallback)
            assert found.url == f"/{code}/members/id-card"


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_saving_under_any_language_changes_no_other(card, language):
    before = {code: getattr(card, f"heading_{languages.get(code).field_suffix}") or "" for code in languages.BY_CODE}
    with translation.override(language.code):
        publish(StandardPage.objects.get(pk=card.pk), material_id="LA-1")
        after = StandardPage.objects.get(pk=card.pk)
    assert {code: getattr(after, f"heading_{languages.get(code).field_suffix}") or "" for code in languages.BY_CODE} == before


def test_a_revision_from_before_a_language_existed_brings_no_english_into_it(card):
    revision = card.save_revision()
    revision.content = {name: value for name, value in revision.content.items() if not name.endswith("_ko")}
    revision.save()
    with translation.override("ko"):
        restored = revision.as_object()
        assert not restored.heading_ko
        revision.publish()
    assert not StandardPage.objects.get(pk=card.pk).heading_ko
    assert StandardPage.objects.get(pk=card.pk).heading_es == "Su tarjeta"


def test_a_revision_holds_each_language_and_no_column_without_one(card):
    content = card.save_revision().content
    assert content["heading_es"] == "Su tarjeta"
    assert "heading" not in content
    assert "body" not in content


def test_an_older_revision_brings_all_languages_back(card):
    old = card.save_revision()
    publish(card, heading_es="Otra cosa", heading_en="Something else", body_es=text("<p>Otra.</p>"))
    old.publish()
    restored = page("/members/id-card")
    assert (restored.heading_es, restored.heading_en) == ("Su tarjeta", page("/members/id-card").heading_en)
    assert "Palabras." in str(restored.body_es)
    assert restored.heading_en != "Something else"


def test_a_copy_has_all_languages(card):
    with translation.override("es"):
        copy = card.copy(update_attrs={"slug": "id-card-copy"}, keep_live=False)
    assert (copy.heading_es, copy.heading_fa, copy.heading_ko or "") == ("Su tarjeta", "کارت شما", "")
    assert "Palabras." in str(copy.body_es)


def test_a_draft_in_one_language_leaves_the_others_as_they_are(card):
    card.heading_es = "Un borrador"
    card.save_revision()
    with translation.override("es"):
        assert str(translated.of(page("/members/id-card"), "heading")) == "Su tarjeta"


def test_the_address_of_a_page_follows_the_language(card):
    addresses = {}
    for language in languages.LANGUAGES:
        with translation.override(language.code):
            addresses[language.code] = card.url
    assert addresses.pop("en") == "/members/id-card"
    assert addresses == {code: f"/{code}/members/id-card" for code in addresses}


def test_every_translated_field_has_a_column_for_every_language():
    for language in languages.LANGUAGES:
        for field in ("heading", "lead", "meta_title", "meta_description", "body"):
            assert StandardPage._meta.get_field(f"{field}_{language.field_suffix}")
