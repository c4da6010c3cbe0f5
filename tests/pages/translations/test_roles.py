"""Who may do what with a text in a language."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from pages.models import LanguageAssignment
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data

pytestmark = pytest.mark.django_db


def draft(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_translator_drafts_in_the_assigned_language_and_does_not_publish(client, sign_in, page, save):
    sign_in("rosa", "Translators: Spanish")
    html = client.get(edit_url(page, "es")).content.decode()
    assert "action-publish" not in html
    assert "What you save is a draft, until somebody publishes it." in html
    save(page, "es", heading_es="Viajes", **{"action-publish": "action-publish"})
    assert draft(page).heading_es == "Viajes"
    page.refresh_from_db()
    assert not page.heading_es


def test_a_translator_is_led_to_their_language(client, sign_in, page):
    sign_in("rosa", "Translators: Spanish")
    assert client.get(edit_url(page)).url == edit_url(page, "es")
    assert f"You write the Spanish texts of the page “{page.title}”." in client.get(edit_url(page, "es")).text
    assert client.get(edit_url(page, "ko")).status_code == 403


@pytest.mark.parametrize("code", ["en", "ko"])
def test_a_translator_posts_nothing_in_another_language(client, sign_in, page, code):
    sign_in("rosa", "Translators: Spanish")
    answer = client.post(edit_url(page, code), {f"heading_{code}": "Changed", "edit_language": code})
    assert answer.status_code == 403
    assert getattr(draft(page), f"heading_{code}") != "Changed"


@pytest.mark.parametrize(
    "foreign",
    [{"heading_en": "Changed"}, {"heading_ko": "Changed"}, {"slug": "changed"}, {"body_en-count": "0"}, {"edit_language": "ko"}],
)
def test_fields_of_other_languages_in_the_form_of_ones_own_are_refused(client, sign_in, page, foreign):
    sign_in("rosa", "Translators: Spanish")
    opened = post_data(client.get(edit_url(page, "es")).content.decode())
    answer = client.post(edit_url(page, "es"), opened | {"heading_es": "Viajes"} | foreign)
    assert answer.status_code == 403
    assert not draft(page).heading_es


def test_a_reviewer_reads_and_changes_nothing(client, sign_in, page):
    sign_in("vera", "Translation reviewers: Spanish")
    html = client.get(edit_url(page, "es")).content.decode()
    assert "content-locked" in html
    assert "action-publish" not in html
    assert client.post(edit_url(page, "es"), {"heading_es": "Viajes"}).status_code == 403


@pytest.mark.parametrize("name", ["copy", "delete", "move", "unpublish", "revisions_revert", "convert_alias"])
def test_a_translator_does_nothing_else_to_a_page(client, sign_in, page, name):
    sign_in("rosa", "Translators: Spanish")
    extra = [page.latest_revision_id] if name == "revisions_revert" else []
    before = Page.objects.count(), draft(page).serializable_data()
    answer = client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *extra]), {"new_title": "x", "new_slug": "x"})
    assert answer.status_code in (302, 403, 404)
    assert (Page.objects.count(), draft(page).serializable_data()) == before
    page.refresh_from_db()
    assert page.live


def test_no_button_leads_a_translator_to_a_closed_door(client, sign_in, page):
    sign_in("rosa", "Translators: Spanish")
    assert f"/pages/{page.pk}/history/" not in client.get(edit_url(page, "es")).text
    sign_in("edda", "Editors")
    assert f"/pages/{page.pk}/history/" in client.get(edit_url(page, "es")).text


def test_a_translator_previews_the_own_language(client, sign_in, page):
    sign_in("rosa", "Translators: Spanish")
    opened = post_data(client.get(edit_url(page, "es")).content.decode())
    address = f"/admin/pages/{page.pk}/edit/preview/"
    assert client.post(address, opened | {"heading_es": "Viajes"}).json()["is_valid"]
    assert "Viajes" in client.get(f"{address}?mode=es").content.decode()


def test_a_reviewer_sees_the_draft_as_the_page_shows_it_and_nothing_that_is_posted(client, sign_in, page):
    page.heading_es = "Viajes que nadie ha publicado"
    page.save_revision()
    sign_in("vera", "Translation reviewers: Spanish")
    address = f"/admin/pages/{page.pk}/edit/preview/"
    answer = client.post(address, post_data(client.get(edit_url(page, "es")).text) | {"heading_es": "Otra cosa"})
    assert answer.json() == {"is_valid": True, "is_available": True}
    for shown in (f"{address}?mode=es&in_preview_panel=true", f"/admin/pages/{page.pk}/view_draft/?mode=es"):
        html = client.get(shown).text
        assert "<h1" in html and "Viajes que nadie ha publicado" in html and "Otra cosa" not in html
        assert 'lang="es"' in html
    assert f"/admin/pages/{page.pk}/view_draft/?mode=es" in client.get(edit_url(page, "es")).text
    assert "Viajes" not in client.get(f"{address}?mode=ko").text


def test_a_preview_of_another_language_is_refused(client, sign_in, page):
    sign_in("rosa", "Translators: Spanish")
    answer = client.post(f"/admin/pages/{page.pk}/edit/preview/", {"edit_language": "ko", "heading_ko": "x"})
    assert answer.status_code in (302, 403)


def test_a_publisher_publishes_every_language(client, sign_in, page, save):
    sign_in("pat", "Publishers")
    save(page, "vi", heading_vi="Đi khám bệnh", **{"action-publish": "action-publish"})
    page.refresh_from_db()
    assert page.heading_vi == "Đi khám bệnh"


def test_editors_draft_in_every_language(client, sign_in, page, save):
    sign_in("edith", "Editors")
    assert save(page, "en", heading_en="Changed").status_code == 302
    assert save(page, "fa", heading_fa="رفت و آمد").status_code == 302
    assert (draft(page).heading_en, draft(page).heading_fa) == ("Changed", "رفت و آمد")


def test_a_language_is_assigned_to_one_person(client, sign_in, page):
    rosa = sign_in("rosa", "Translators: Spanish")
    LanguageAssignment.objects.create(role="translator", language="ko", user=rosa)
    assert client.get(edit_url(page, "ko")).status_code == 200


def test_an_assignment_names_a_person_or_a_group(sign_in):
    with pytest.raises(IntegrityError), transaction.atomic():
        LanguageAssignment.objects.create(role="translator", language="ko")


def test_the_groups_are_made_once(sign_in):
    migration = importlib.import_module("pages.migrations.0004_translation_groups")
    before = Group.objects.count(), LanguageAssignment.objects.count(), GroupPagePermission.objects.count()
    migration.give(apps, connection.schema_editor())
    assert before == (Group.objects.count(), LanguageAssignment.objects.count(), GroupPagePermission.objects.count())
    assert LanguageAssignment.objects.count() == 20
