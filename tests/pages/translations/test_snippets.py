"""Notices, menus and standing texts are translated as pages are: a language at a time, drafted, published and signed by itself."""

import json

import pytest
from django.urls import reverse
from django.utils import translation

from lacare_site import languages
from pages.models import MenuSection, Notice, StandingText, Translation
from pages.navigation import selectors
from pages.translations import ledger
from pages.translations.admin import kinds
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data, rich_text
from tests.pages.tree import hashes, page, publish

pytestmark = pytest.mark.django_db
State = Translation.State
PUBLISH = {"action-publish": "action-publish"}


def add(model, **fields):
    return publish(model.objects.create(live=False, **fields))


@pytest.fixture
def notice(db):
    return add(Notice, name="closed-today", heading_en="The center is closed today", text_en="<p>Call us.</p>")


@pytest.fixture
def standing_text(db):
    return add(StandingText, key="spare", title_en="Your rights", text_en="<p>You may appeal.</p>")


@pytest.fixture
def menu(db):
    """A group of the footer: a link with a label of its own, and one that its page's heading names."""
    links = [("privacy", "Your privacy"), ("glossary-terms", "")]
    rows = [{"type": "link", "id": name, "value": {"page": page(name).pk, "url": "", "label": label}} for name, label in links]
    return add(MenuSection, placement="footer", order=9, label_en="Good to know", content=json.dumps(rows))


@pytest.fixture
def snippet(request):
    return request.getfixturevalue(request.param)


EACH = pytest.mark.parametrize(
    ("snippet", "field"), [("notice", "heading"), ("standing_text", "title"), ("menu", "label")], indirect=["snippet"]
)


def live(snippet):
    return type(snippet).objects.get(pk=snippet.pk)


def draft(snippet):
    return live(snippet).get_latest_revision_as_object()


def state(snippet, code="es") -> str:
    return ledger.entries_of(snippet)[code].state


@EACH
def test_the_form_of_a_language_has_that_language_beside_the_english(client, admin, snippet, field):
    html = client.get(edit_url(snippet, "fa")).content.decode()
    names = set(post_data(html))
    assert f"{field}_fa" in names
    assert not {name for name in names if name.endswith(("_en", "_es"))}
    assert not names & {"severity", "key", "placement", "content-count", "name"}
    assert '<div lang="fa" dir="rtl">' in html
    assert str(getattr(snippet, f"{field}_en")) in html.split("beside-english__text")[1]
    assert html.count("translation-state--missing") == 10
    english = set(post_data(client.get(edit_url(snippet)).content.decode()))
    assert f"{field}_en" in english
    assert not {name for name in english if name == field or name.endswith(("_fa", "_es"))}


@EACH
def test_one_language_is_published_and_drafts_in_others_stay_drafts(client, admin, save, snippet, field):
    english = getattr(snippet, f"{field}_en")
    save(snippet, "en", **{f"{field}_en": "A new English draft"})
    save(snippet, "ko", **{f"{field}_ko": "초안"})
    answer = save(snippet, "es", **{f"{field}_es": "Hoy", **PUBLISH})
    assert answer.url == edit_url(snippet, "es")
    public, kept = live(snippet), draft(snippet)
    assert [getattr(public, f"{field}_{code}") or "" for code in ("en", "es", "ko")] == [english, "Hoy", ""]
    assert [getattr(kept, f"{field}_{code}") for code in ("en", "es", "ko")] == ["A new English draft", "Hoy", "초안"]
    assert public.has_unpublished_changes
    assert (state(snippet), state(snippet, "ko")) == (State.HUMAN, State.MISSING)


@EACH
def test_english_makes_translations_stale_unless_it_is_a_minor_edit(client, admin, save, snippet, field):
    save(snippet, "es", **{f"{field}_es": "Hoy", **PUBLISH})
    save(snippet, "en", **{f"{field}_en": "Today, with a comma", "action-publish": "minor"})
    assert getattr(live(snippet), f"{field}_en") == "Today, with a comma"
    assert getattr(live(snippet), f"{field}_es") == "Hoy"
    assert state(snippet) == State.HUMAN
    save(snippet, "en", **{f"{field}_en": "Tomorrow", **PUBLISH})
    assert state(snippet) == State.STALE
    assert "See what changed" in client.get(edit_url(snippet, "es")).content.decode()
    changes = client.get(reverse("translation_changes", args=kinds.place_of(snippet, "es"))).content.decode()
    assert "<ins>Tomorrow</ins>" in changes


@EACH
def test_the_author_is_who_wrote_the_text_not_who_published_it(client, admin, sign_in, save, snippet, field):
    rosa = sign_in("rosa", "Translators: Spanish")
    rows = {"row_labels_es-privacy": "Su privacidad"} if field == "label" else {}
    save(snippet, "es", **{f"{field}_es": "Hoy", **rows})
    client.force_login(admin)
    save(snippet, "es", **PUBLISH)
    assert ledger.entries_of(snippet)["es"].changed_by == rosa


def test_a_language_of_what_is_not_public_waits_for_the_english(client, admin, save):
    notice = Notice.objects.create(name="not-yet", heading_en="Not yet", text_en="<p>Words.</p>", live=False)
    answer = save(notice, "es", heading_es="Todavía no", **PUBLISH)
    assert answer.status_code == 302
    assert not live(notice).live
    assert draft(notice).heading_es == "Todavía no"
    save(notice, "en", **PUBLISH)
    assert live(notice).live
    assert not live(notice).heading_es
    assert draft(notice).heading_es == "Todavía no"


def test_a_translator_drafts_and_does_not_publish(client, sign_in, save, notice):
    sign_in("rosa", "Translators: Spanish")
    assert client.get(edit_url(notice)).url == edit_url(notice, "es")
    assert "action-publish" not in client.get(edit_url(notice, "es")).content.decode()
    save(notice, "es", heading_es="Hoy", text_es=rich_text("<p>Llámenos.</p>"), **PUBLISH)
    assert (draft(notice).heading_es, live(notice).heading_es or "") == ("Hoy", "")
    assert "Llámenos" in draft(notice).text_es
    assert client.get(edit_url(notice, "ko")).status_code == 403


@pytest.mark.parametrize(
    "foreign", [{"heading_en": "x"}, {"heading_ko": "x"}, {"severity": "emergency"}, {"edit_language": "ko"}]
)
def test_a_translator_changes_nothing_else(client, sign_in, notice, foreign):
    sign_in("rosa", "Translators: Spanish")
    opened = post_data(client.get(edit_url(notice, "es")).content.decode())
    assert client.post(edit_url(notice, "es"), opened | {"heading_es": "Hoy"} | foreign).status_code == 403
    assert client.post(edit_url(notice), {"heading_en": "x"}).status_code == 403
    assert not draft(notice).heading_es


@pytest.mark.parametrize("deed", ["delete", "copy", "unpublish", "revisions_revert"])
def test_a_translator_takes_nothing_away(client, sign_in, notice, deed):
    sign_in("rosa", "Translators: Spanish")
    extra = [notice.latest_revision_id] if deed == "revisions_revert" else []
    before = notice.revisions.count(), Notice.objects.count()
    answer = client.post(reverse(f"wagtailsnippets_pages_notice:{deed}", args=[notice.pk, *extra]), {"name": "x"})
    assert answer.status_code in (302, 403)
    assert live(notice).live
    assert (notice.revisions.count(), Notice.objects.count()) == before


def test_a_reviewer_signs_and_nobody_signs_their_own_text(client, sign_in, save, notice):
    vera = sign_in("vera", "Translators: Spanish", "Translation reviewers: Spanish")
    save(notice, "es", heading_es="Hoy")
    sign_in("pat", "Moderators")
    save(notice, "es", **PUBLISH)
    client.force_login(vera)
    assert "You wrote this translation" in client.get(edit_url(notice, "es")).content.decode()
    signed = {"sign-off": "1", "qualification": "Certified", **hashes(live(notice), "es")}
    assert "You wrote this text" in client.post(edit_url(notice, "es"), signed).content.decode()
    sign_in("juan", "Translation reviewers: Spanish")
    assert 'name="qualification"' in client.get(edit_url(notice, "es")).content.decode()
    assert client.post(edit_url(notice, "es"), signed).status_code == 302
    assert state(notice) == State.REVIEWED
    assert client.post(edit_url(notice, "es"), {"heading_es": "x"}).status_code == 403


def test_two_people_write_two_languages_at_once(client, sign_in, save, notice):
    sign_in("rosa", "Translators: Spanish")
    spanish = post_data(client.get(edit_url(notice, "es")).content.decode())
    sign_in("kim", "Translators: Korean")
    assert save(notice, "ko", autosave=True, heading_ko="오늘").json()["success"]
    sign_in("rosa", "Translators: Spanish")
    answer = save(notice, "es", spanish, autosave=True, heading_es="Hoy").json()
    assert answer["success"], answer
    assert (draft(notice).heading_es, draft(notice).heading_ko) == ("Hoy", "오늘")
    sign_in("juan", "Translators: Spanish")
    answer = save(notice, "es", spanish, autosave=True, heading_es="Mañana").json()
    assert answer["error_code"] == "invalid_revision"


def test_a_preview_is_in_the_language_of_the_form(client, sign_in, notice):
    sign_in("rosa", "Translators: Spanish")
    opened = post_data(client.get(edit_url(notice, "es")).content.decode())
    address = reverse("wagtailsnippets_pages_notice:preview_on_edit", args=[notice.pk])
    assert client.post(address, opened | {"heading_es": "Hoy está cerrado"}).json()["is_valid"]
    html = client.get(f"{address}?mode=es").content.decode()
    assert '<html lang="es"' in html
    assert "Hoy está cerrado" in html
    assert client.post(address, {"edit_language": "ko", "heading_ko": "x"}).status_code in (302, 403)


def test_copying_english_fills_empty_fields_as_a_draft(client, admin, save, notice):
    save(notice, "es", heading_es="Hoy", **{"copy-english": "1"})
    assert draft(notice).heading_es == "Hoy"
    assert "Call us" in draft(notice).text_es
    assert not live(notice).text_es


def test_a_translator_asks_for_a_review(client, sign_in, save, notice):
    sign_in("rosa", "Translators: Spanish")
    answer = save(notice, "es", heading_es="Hoy", **{"ask-review": "1"})
    assert draft(notice).heading_es == "Hoy"
    assert "review asked for" in client.get(answer.url).content.decode()
    html = client.get(reverse("translations"), {"kind": "notices", "state": "asked"}).content.decode()
    assert edit_url(notice, "es") in html


def test_a_revert_takes_all_languages_along_and_says_so(client, admin, save, notice):
    save(notice, "es", heading_es="Hoy")
    old = live(notice).latest_revision
    save(notice, "es", heading_es="Mañana")
    save(notice, "ko", heading_ko="오늘")
    address = reverse("wagtailsnippets_pages_notice:revisions_revert", args=[notice.pk, old.pk])
    html = client.get(address).content.decode()
    assert "it reverts all languages" in html
    client.post(address, post_data(html))
    assert (draft(notice).heading_es, draft(notice).heading_ko or "") == ("Hoy", "")


@pytest.mark.parametrize("name", ["notice", "menusection", "standingtext", "contactline"])
def test_a_new_one_starts_in_english(client, admin, name):
    html = client.get(reverse(f"wagtailsnippets_pages_{name}:add")).content.decode()
    assert "_en" in html
    assert not [language for language in languages.LANGUAGES[1:] if f'_{language.field_suffix}"' in html]


def spanish_links(placement="footer") -> list[str]:
    selectors.forget()
    return [str(link.label) for section in selectors.menu(placement) for link in section.links]


def test_the_rows_of_a_menu_have_a_label_in_each_language(client, admin, save, menu):
    html = client.get(edit_url(menu, "es")).content.decode()
    assert "Your privacy" in html
    assert 'name="row_labels_es-glossary-terms"' not in html  # its page's heading names it
    save(menu, "es", label_es="Saber", **{"row_labels_es-privacy": " Su privacidad "})
    assert draft(menu).row_labels_es == {"privacy": "Su privacidad"}
    assert not live(menu).row_labels_es
    save(menu, "es", **PUBLISH)
    assert live(menu).row_labels_es == {"privacy": "Su privacidad"}
    with translation.override("es"):
        assert "Su privacidad" in spanish_links()


def test_a_new_english_label_of_a_row_makes_the_menu_stale(client, admin, save, menu):
    save(menu, "es", label_es="Saber", **{"row_labels_es-privacy": "Su privacidad", **PUBLISH})
    rows = list(menu.content.raw_data)
    rows[0]["value"]["label"] = "How we keep your secrets"
    publish(live(menu), content=json.dumps(rows))
    assert state(menu) == State.STALE
    changes = client.get(reverse("translation_changes", args=kinds.place_of(menu, "es"))).content.decode()
    assert "secrets</ins>" in changes
    assert "privacy</del>" in changes


def test_copying_english_fills_the_rows_without_a_label(client, admin, save, menu):
    save(menu, "es", label_es="Saber", **{"copy-english": "1"})
    assert draft(menu).row_labels_es == {"privacy": "Your privacy"}
    assert draft(menu).label_es == "Saber"


def test_a_row_label_that_is_too_long_is_refused_and_kept_in_the_form(client, admin, save, menu):
    answer = save(menu, "es", **{"row_labels_es-privacy": "x" * 300})
    html = answer.content.decode()
    assert "At most 240 characters" in html
    assert "x" * 300 in html
    assert not draft(menu).row_labels_es
