"""The list of all translations, and what has changed in the English."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pages.models import StandardPage, Translation
from pages.translations import ledger
from pages.translations.admin import kinds
from pages.translations.admin.differences import changed_fields, marked
from tests.pages.translations.conftest import edit_url
from tests.pages.tree import add, publish
from tests.pages.tree import page as find

pytestmark = pytest.mark.django_db


def overview(client, **asked) -> str:
    return client.get(reverse("translations"), asked).content.decode()


def cell(page, code: str, state: str) -> str:
    return f'translation-state--{state}" href="{edit_url(page, code)}"'


def changes(client, text, code="es"):
    return client.get(reverse("translation_changes", args=kinds.place_of(text, code)))


def test_each_cell_says_the_state_and_leads_to_the_form(client, admin, page):
    publish(page, heading_es="Viajes", is_critical=True)
    html = overview(client, language="es", state="human")
    assert cell(page, "es", "human") in html
    assert "Human draft" in html
    assert "critical" in html
    assert cell(page, "ko", "missing") in overview(client, state="missing", critical="1")


@pytest.mark.parametrize(("state", "is_listed"), [("missing", False), ("human", True), ("stale", False), ("reviewed", False)])
def test_filters_by_state_and_language(client, admin, page, state, is_listed):
    page = publish(page, heading_es="Viajes", is_critical=True)
    html = overview(client, language="es", state=state, critical="1")
    assert (edit_url(page, "es") in html) is is_listed


def test_what_is_translated_in_part_is_found_and_says_so_in_its_form(client, admin, page):
    page = publish(page, heading_es="Viajes", is_critical=True)
    assert edit_url(page, "es") in overview(client, language="es", state="part", critical="1")
    assert "Human draft, in part" in client.get(edit_url(page, "es")).text
    page = publish(page, lead_es="Los pagamos.", body_es=[("text", "<p>Llámenos.</p>")])
    assert edit_url(page, "es") not in overview(client, language="es", state="part", critical="1")
    assert "in part" not in client.get(edit_url(page, "es")).text


def test_a_section_has_its_pages_alone(client, admin, page):
    publish(page, is_critical=True)
    own, other = page.path[: 3 * page.steplen], find("/providers").path
    assert edit_url(page, "es") in overview(client, section=own, critical="1")
    assert edit_url(page, "es") not in overview(client, section=other, critical="1")


def test_critical_pages_come_first_and_sheets_are_bounded(client, admin):
    html = overview(client)
    rows = re.findall(r'<th scope="row"><a .*?</th>', html, re.DOTALL)
    critical = ["__critical" in row for row in rows]
    assert len(rows) == 50
    assert critical == sorted(critical, reverse=True)
    assert "Sheet 1 of" in html
    assert overview(client, p="2") != html
    assert overview(client, p="nonsense", state="nonsense", language="nonsense", section="x")


def test_the_number_of_queries_does_not_grow_with_the_pages(client, admin, page):
    def queries(**asked) -> int:
        overview(client, **asked)
        with CaptureQueriesContext(connection) as found:
            overview(client, **asked)
        return len(found)

    publish(page, is_critical=True, heading_es="Viajes")
    few, many = queries(state="human", language="es", critical="1"), queries(state="machine", language="es")
    assert abs(few - many) <= 1
    assert many < 25


def test_a_translator_sees_the_assigned_languages(client, sign_in, page):
    sign_in("rosa", "Translators: Spanish")
    html = overview(client)
    assert '<th scope="col">Spanish</th>' in html
    assert '<th scope="col">Korean</th>' not in html
    assert reverse("translations") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_changed_in_the_english_is_marked_word_by_word(client, admin, page):
    page = publish(page, heading_es="Viajes", body_es=[("text", "<p>Llámenos.</p>")])
    page = publish(page, heading_en="Free rides to the clinic", body_en=[("text", "<p>Call us <b>today</b> & ask.</p>")])
    assert changes(client, page).status_code == 200
    html = changes(client, page).content.decode()
    assert "<ins>Free rides</ins>" in html
    assert "<del>doctor</del><ins>clinic</ins>" in html
    assert "today" in html
    assert reverse("translation_changes", args=kinds.place_of(page, "es")) in overview(client, state="stale", language="es")
    assert "See what changed" in client.get(edit_url(page, "es")).content.decode()


def test_changes_are_for_who_works_on_the_language_and_for_what_is_translated(client, sign_in, admin, page):
    assert changes(client, page).status_code == 404
    assert changes(client, page, "xx").status_code == 404
    page = publish(page, heading_es="Viajes")
    sign_in("kim", "Translators: Korean")
    assert changes(client, page).status_code != 200


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ('<embed embedtype="phone" key="a"/>', '<embed embedtype="phone" key="b"/>', "b]"),
        ('<a linktype="page" id="3">x</a>', '<a linktype="page" id="4">x</a>', "4]"),
        ('<a href="https://a.example">x</a>', '<a href="https://b.example">x</a>', "[https://b.example]"),
        ("Do <b>not</b> go", "Do not go", "not"),
    ],
)
def test_a_changed_number_link_or_emphasis_is_shown(before, now, shown):
    [(_field, text)] = changed_fields(StandardPage, {"body": [{"value": before}]}, {"body": [{"value": now}]})
    assert f"<ins>{shown}</ins>" in text
    assert changed_fields(StandardPage, {"body": [{"page": 3}]}, {"body": [{"page": 5}]})


def test_markup_in_a_text_stays_text():
    assert marked("a <b>", "a <script>") == "a <del>&lt;b&gt;</del><ins>&lt;script&gt;</ins>"


def test_a_page_without_entries_is_missing(client, admin):
    page = add("/members", "new-here", is_critical=True)
    Translation.objects.filter(object_id=page.pk).delete()
    assert cell(page, "vi", "missing") in overview(client, language="vi", state="missing", critical="1")


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS.values() if not kind.is_page], ids=lambda kind: kind.key)
def test_snippets_have_a_sheet_for_each_kind(client, admin, kind):
    html = overview(client, kind=kind.key, language="es")
    texts = list(kind.public())
    assert len(texts) > 1
    for text in texts:
        assert f'href="{edit_url(text, "es")}"' in html
    assert ("__critical" in html) is kind.all_critical
    assert f"{len(texts)} found" in html
    assert "0 found" in overview(client, kind=kind.key, language="es", state="reviewed")
    assert (f"{len(texts)} found" in overview(client, kind=kind.key, critical="1")) is kind.all_critical


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=lambda kind: kind.key)
def test_what_was_loaded_from_content_has_entries_that_say_so(kind):
    found = Translation.objects.filter(content_type=ledger.kind_of(kind.model))
    of_text = Counter(found.values_list("object_id", flat=True))
    assert {of_text[text.pk] for text in kind.public()} == {10}
    assert set(found.values_list("state", flat=True)) <= {"machine", "missing"}
    assert set(found.exclude(state="missing").values_list("origin", flat=True)) == {"machine"}


def test_a_page_is_found_by_its_name(client, sign_in, page):
    sign_in("rosa", "Translators: Spanish")
    for name, is_found in (("rides TO", True), ("glossary", False), ("%", False), ("\0rides\0", True)):
        assert (edit_url(page, "es") in overview(client, name=name)) == is_found, name
    assert 'value="&quot;rides"' in overview(client, name='"rides')


def test_no_box_of_the_dashboard_leads_to_a_search_that_is_closed(client, sign_in, db):
    for name, group, may_search in (("rosa", "Translators: Spanish", False), ("pat", "Publishers", True)):
        sign_in(name, group)
        dashboard = client.get("/admin/").text
        assert "w-dashboard" in dashboard
        assert ('role="search"' in dashboard) == may_search
        assert (client.get("/admin/pages/search/").status_code == 200) == may_search
