"""The words of forms come from message catalogues: each page of a form says who has reviewed them, and a reviewer signs a language's."""

import re

import pytest
from django.urls import reverse

from pages.translations import catalogues
from tests.compliance.reporters import ADDRESS, RECEIPT_ADDRESS, add_officers
from tests.pages.tree import page, publish

pytestmark = pytest.mark.django_db
QUALIFICATION = "Certified translator, English into Spanish"
MACHINE = "Esta es una traducción automática que ningún traductor calificado ha revisado"
NOT_IN_YOUR_LANGUAGE = "Esta página aún no está en su idioma"
FORMS = [
    "/es/providers/request-information",
    "/es/providers/cal-mediconnect/ppg-application",
    "/es/providers/cal-mediconnect/ppg-application/resume",
    f"/es{ADDRESS}",
    f"/es{RECEIPT_ADDRESS}",
]


@pytest.fixture
def officers(db):
    return add_officers("Olga")


def note(client, address: str) -> str:
    """What the first note on a page says of its translation."""
    found = re.search(r'<aside class="translation-note.*?</aside>', client.get(address).text, re.DOTALL)
    return found[0] if found else ""


def sign(client, code="es", **changes):
    address = reverse("translation_catalogue", args=[code])
    return client.post(address, {"qualification": QUALIFICATION, "text_hash": catalogues.text_hash(code), **changes})


@pytest.mark.parametrize("shows_unreviewed", [True, False])
def test_every_page_of_a_form_says_that_a_machine_wrote_its_words(client, officers, settings, shows_unreviewed):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = shows_unreviewed
    for address in FORMS:
        assert MACHINE in note(client, address), address
        assert "1-888-839-9909" in note(client, address)
        assert NOT_IN_YOUR_LANGUAGE not in client.get(address).text
        assert not note(client, address.removeprefix("/es"))


def test_the_way_to_the_english_is_a_button_of_the_form_that_brings_back_what_was_typed(client, officers):
    assert re.search(r'<button [^>]*form="[^"]+" formnovalidate name="to_language" value="en"', note(client, f"/es{ADDRESS}"))


@pytest.mark.parametrize("language", ["es", "ar"])  # withheld, and not translated but for heading and lead
def test_text_that_stands_below_a_form_says_what_it_is(client, officers, settings, language):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = language == "ar"
    publish(page(ADDRESS), body_ar=[])
    below = client.get(f"/{language}{ADDRESS}").text.split('class="form__after"')[1]
    assert {"es": "Este texto aún no está en su idioma", "ar": "هذا النص غير متوفر بلغتك بعد"}[language] in below
    assert MACHINE not in below and "هذه ترجمة آلية" not in below


def test_a_reviewer_reads_the_words_beside_the_english_and_signs_them_for_all_to_see(client, sign_in, officers):
    sign_in("vera", "Translation reviewers: Spanish")
    read = client.get(reverse("translation_catalogue", args=["es"])).text
    assert "Come back with your code" in read and "Vuelva con su código" in read
    assert sign(client).status_code == 302
    for address in FORMS:
        assert "Un traductor calificado revisó esta traducción" in note(client, address)
        assert QUALIFICATION in note(client, address)
        assert MACHINE not in note(client, address)
    assert "reviewed" in client.get(reverse("translations"), {"language": "es"}).text


def test_words_that_change_are_no_longer_reviewed_and_are_shown_alone(client, sign_in, monkeypatch):
    sign_in("vera", "Translation reviewers: Spanish")
    sign(client)
    texts = catalogues.texts("es") | {"Open": "Ábralo"}
    monkeypatch.setattr(catalogues, "texts", lambda code: texts)
    monkeypatch.setattr(catalogues, "text_hash", lambda code: "other")
    assert MACHINE in note(client, FORMS[0])
    read = client.get(reverse("translation_catalogue", args=["es"]), {"changed": "1"}).text
    assert "Ábralo" in read and "Vuelva con su código" not in read
    assert sign(client).status_code == 302
    assert MACHINE not in note(client, FORMS[0])


def test_words_that_are_gone_take_no_signature_with_them(client, sign_in, monkeypatch):
    sign_in("vera", "Translation reviewers: Spanish")
    sign(client)
    texts = {english: text for english, text in catalogues.texts("es").items() if english != "Open"}
    monkeypatch.setattr(catalogues, "texts", lambda code: texts)
    monkeypatch.setattr(catalogues, "text_hash", lambda code: "other")
    assert "Un traductor calificado revisó esta traducción" in note(client, FORMS[0])
    assert "reviewed" in client.get(reverse("translations"), {"language": "es"}).text


def test_words_that_changed_since_they_were_read_are_not_signed(client, sign_in):
    sign_in("vera", "Translation reviewers: Spanish")
    assert "The text has changed since you opened it" in sign(client, text_hash="0" * 64).text
    assert MACHINE in note(client, FORMS[0])


@pytest.mark.parametrize("group", ["Translators: Spanish", "Translation reviewers: Korean", "Publishers"])
def test_nobody_but_a_reviewer_of_the_language_signs_them(client, sign_in, group):
    sign_in("rosa", group)
    assert sign(client).status_code in (302, 403)
    assert MACHINE in note(client, FORMS[0])
