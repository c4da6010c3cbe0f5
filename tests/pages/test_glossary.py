"""The glossary: in alphabetical order whatever the editors' order and accents, each term with an address of its own."""

import pytest

from tests.pages.tree import page, publish

pytestmark = pytest.mark.django_db


def test_terms_stand_in_alphabetical_order_with_an_anchor(client):
    terms = [("term", {"term": term, "definition": "<p>Meaning</p>"}) for term in ("Órgano", "Zona", "PPG", "Área de servicio")]
    publish(page("/glossary-terms"), body_es=[*terms[:2], ("text", "<p>Antes</p>"), *terms[2:]])
    answer = client.get("/es/glossary-terms").text
    places = [
        answer.index(text)
        for text in ("<p>Antes</p>", 'id="term-área-de-servicio"', 'id="term-órgano"', 'id="term-ppg"', 'id="term-zona"')
    ]
    assert places == sorted(places)
