"""The form of a language stays light, however many languages there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lacare_site import languages
from tests.pages.translations.conftest import edit_url
from tests.pages.tree import add

pytestmark = pytest.mark.django_db
LONGEST_FORM = 250_000
WORDS = "Your plan pays for rides to the doctor, to the pharmacy and to the hospital. Call us two days before you need one. "


def body() -> list:
    """Twelve blocks of the usual kinds."""
    text = f"<p>{WORDS * 3}</p>"
    steps = [{"title": "Call us", "text": text}, {"title": "Say where you go", "text": text}]
    kinds = [
        ("text", f"<h2>Rides</h2>{text}{text}"),
        ("callout", {"kind": "important", "heading": "Call two days before", "text": text}),
        ("steps", {"heading": "How to ask for a ride", "steps": steps}),
        ("questions", {"heading": "Questions", "questions": [{"question": "What does it cost?", "answer": text}] * 2}),
        ("checklist", {"heading": "To have at hand", "intro": text, "items": [text, text]}),
        ("contact_lines", {"heading": "Whom to call", "lines": ["medi-cal"]}),
    ]
    return kinds * 2


def fill(page, codes) -> None:
    for code in codes:
        suffix = languages.get(code).field_suffix
        for name, value in (("heading", "Rides"), ("lead", WORDS), ("body", body())):
            setattr(page, f"{name}_{suffix}", value)
    page.save_revision().publish()


def open_form(client, page) -> tuple[int, int]:
    """Bytes and queries of the Spanish form, once everything is warm."""
    client.get(edit_url(page, "es"))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(edit_url(page, "es"))
    assert answer.status_code == 200
    # A process asks for the site's root once a second, not for each page.
    return len(answer.content), sum('FROM "wagtailcore_site"' not in query["sql"] for query in queries.captured_queries)


def test_the_form_of_one_language_is_light_and_asks_as_often_with_eleven_as_with_two(client, admin):
    page = add("/members", "a-long-page")
    fill(page, ["en", "es"])
    size, queries = open_form(client, page)
    fill(page, languages.BY_CODE)
    size_of_all, queries_of_all = open_form(client, page)
    assert size_of_all <= LONGEST_FORM
    assert abs(size_of_all - size) < 2_000
    assert queries_of_all == queries
