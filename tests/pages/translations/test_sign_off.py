"""A reviewer signs a translation on the form of its language."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from pages.models import StandardPage, Translation
from pages.translations import ledger
from tests.pages.translations.conftest import edit_url
from tests.pages.tree import hashes, publish

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "action-publish"}
QUALIFICATION = "Certified translator, English into Spanish"


@pytest.fixture
def spanish(page):
    return publish(page, heading_es="Viajes al médico", lead_es="Los pagamos.")


def sign(client, page, qualification=QUALIFICATION, address=""):
    address = edit_url(page, "es") + address
    hashes = dict(re.findall(r'<input type="hidden" name="(text_hash|source_hash)" value="(\w+)"', client.get(address).text))
    return client.post(address, {"sign-off": "1", "qualification": qualification, **hashes})


def entry(page) -> Translation:
    return ledger.entries_of(page)["es"]


def test_a_reviewer_signs_and_the_state_shows_at_once(client, sign_in, spanish):
    reviewer = sign_in("vera", "Translation reviewers: Spanish")
    assert "readers are shown your name (Vera)" in client.get(edit_url(spanish, "es")).content.decode()
    answer = sign(client, spanish)
    assert answer.status_code == 302
    assert (entry(spanish).state, entry(spanish).reviewer) == (Translation.State.REVIEWED, reviewer)
    assert entry(spanish).qualification == QUALIFICATION
    html = client.get(answer.url).content.decode()
    assert "translation-state--reviewed" in html
    assert f"Reviewed by {reviewer.first_name.lower()}" in html.replace(reviewer.first_name, reviewer.first_name.lower())


def test_without_a_qualification_the_form_says_so_and_nothing_is_signed(client, sign_in, spanish):
    sign_in("vera", "Translation reviewers: Spanish")
    answer = sign(client, spanish, qualification=" ")
    assert answer.status_code == 200
    assert "State your qualification." in answer.content.decode()
    assert not entry(spanish).is_reviewed


def test_a_text_that_changed_meanwhile_is_not_signed_and_the_qualification_stays(client, sign_in, spanish):
    sign_in("vera", "Translation reviewers: Spanish")
    answer = client.post(
        edit_url(spanish, "es"),
        {"sign-off": "1", "qualification": QUALIFICATION, **hashes(spanish, "es"), "text_hash": "0" * 64},
    )
    html = answer.content.decode()
    assert "The text has changed since you opened it" in html
    assert f'value="{QUALIFICATION}"' in html
    assert not entry(spanish).is_reviewed


def test_nobody_signs_off_their_own_text_whoever_published_it(client, sign_in, page, save):
    vera = sign_in("vera", "Translators: Spanish", "Translation reviewers: Spanish")
    save(page, "es", heading_es="Viajes")
    sign_in("pat", "Publishers")
    save(page, "es", **{"action-publish": "action-publish"})
    client.force_login(vera)
    assert "You wrote this translation" in client.get(edit_url(page, "es")).content.decode()
    own = hashes(StandardPage.objects.get(pk=page.pk), "es")
    answer = client.post(edit_url(page, "es"), {"sign-off": "1", "qualification": QUALIFICATION, **own})
    assert "You wrote this text" in answer.content.decode()
    assert not entry(page).is_reviewed


def test_nor_once_a_publisher_has_changed_a_letter_of_it(client, sign_in, page, save):
    vera = sign_in("vera", "Translators: Spanish", "Translation reviewers: Spanish")
    save(page, "es", heading_es="Viajes al médico")
    sign_in("pat", "Publishers")
    save(page, "es", heading_es="Viajes al medico", **{"action-publish": "action-publish"})
    client.force_login(vera)
    html = client.get(edit_url(page, "es")).content.decode()
    assert "You wrote this translation" in html
    assert 'name="qualification"' not in html
    sign_in("third", "Translation reviewers: Spanish")
    assert sign(client, page).status_code == 302
    assert entry(page).is_reviewed


def test_a_signed_draft_is_reviewed_from_the_moment_it_is_public(client, sign_in, spanish, save):
    sign_in("rosa", "Translators: Spanish")
    save(spanish, "es", heading_es="Viajes a su médico")
    reviewer = sign_in("vera", "Translation reviewers: Spanish")
    assert "Not all that you see is public yet" in client.get(edit_url(spanish, "es")).text
    answer = client.get(sign(client, spanish).url).text
    assert "It counts as reviewed once exactly this text and this English are public" in answer
    assert "+ signed" in answer and 'name="qualification"' not in answer
    assert not entry(spanish).is_reviewed
    sign_in("pat", "Publishers")
    save(spanish, "es", **PUBLISH)
    assert (entry(spanish).state, entry(spanish).reviewer) == (Translation.State.REVIEWED, reviewer)
    assert entry(spanish).qualification == QUALIFICATION


@pytest.mark.parametrize("changed", [{"heading_es": "Viajes"}, {"heading_en": "Rides"}])
def test_a_signed_draft_is_not_reviewed_if_it_or_its_english_changes_first(client, sign_in, spanish, save, changed):
    sign_in("rosa", "Translators: Spanish")
    save(spanish, "es", heading_es="Viajes a su médico")
    sign_in("vera", "Translation reviewers: Spanish")
    sign(client, spanish)
    sign_in("pat", "Publishers")
    [(name, text)] = changed.items()
    save(spanish, name[-2:], **changed, **PUBLISH)
    save(spanish, "es", **PUBLISH)
    assert not entry(spanish).is_reviewed


def test_a_translation_stays_reviewed_where_it_was_signed_beside_the_next_english(client, sign_in, spanish, save):
    reviewer = sign_in("vera", "Translation reviewers: Spanish")
    sign(client, spanish)
    sign_in("pat", "Publishers")
    save(spanish, "en", heading_en="Rides to the doctor, free of charge")
    client.force_login(reviewer)
    public = client.get(edit_url(spanish, "es")).text
    assert "free of charge" not in public and "The published translation has been reviewed" in public
    assert "free of charge" in client.get(edit_url(spanish, "es") + "&english=draft").text
    assert sign(client, spanish, address="&english=draft").status_code == 302
    sign_in("pat")
    save(spanish, "en", **PUBLISH)
    assert entry(spanish).is_reviewed


def test_nobody_signs_their_own_draft(client, sign_in, spanish, save):
    vera = sign_in("vera", "Translators: Spanish", "Translation reviewers: Spanish")
    save(spanish, "es", heading_es="Viajes a su médico")
    sign_in("pat", "Publishers")
    save(spanish, "es", heading_es="Viajes a su medico")
    client.force_login(vera)
    assert "You wrote this translation" in client.get(edit_url(spanish, "es")).text
    own = hashes(StandardPage.objects.get(pk=spanish.pk).get_latest_revision_as_object(), "es")
    assert "You wrote this text" in client.post(edit_url(spanish, "es"), {"sign-off": "1", "qualification": "x", **own}).text


def test_a_reviewer_signs_what_is_out_of_date_and_still_right(client, sign_in, spanish):
    publish(spanish, heading_en="Rides, to the doctor")
    assert entry(spanish).state == Translation.State.STALE
    sign_in("vera", "Translation reviewers: Spanish")
    assert sign(client, spanish).status_code == 302
    assert entry(spanish).is_reviewed
    assert entry(spanish).source_text["heading"] == "Rides, to the doctor"


@pytest.mark.parametrize("group", ["Translators: Spanish", "Translation reviewers: Korean", "Publishers", "Editors"])
def test_only_a_reviewer_of_the_language_signs(client, sign_in, spanish, group):
    sign_in("vera", group)
    assert sign(client, spanish).status_code == 403
    assert not entry(spanish).is_reviewed


def test_whoever_administers_the_site_signs_nothing_without_being_a_reviewer(client, admin, spanish):
    assert sign(client, spanish).status_code == 403
    assert not entry(spanish).is_reviewed
    admin.groups.add(Group.objects.get(name="Translation reviewers: Spanish"))
    assert sign(client, spanish).status_code == 302
    assert entry(spanish).is_reviewed


def test_a_review_that_was_asked_for_is_found_until_it_is_signed(client, sign_in, page, save):
    def is_listed() -> bool:
        return edit_url(page, "es") in client.get(reverse("translations"), {"state": "asked", "language": "es"}).content.decode()

    sign_in("rosa", "Translators: Spanish")
    assert not is_listed()
    answer = save(page, "es", heading_es="Viajes", **{"ask-review": "1"})
    assert "review asked for" in client.get(answer.url).content.decode()
    assert is_listed()
    sign_in("pat", "Publishers")
    save(page, "es", **{"action-publish": "action-publish"})
    sign_in("vera", "Translation reviewers: Spanish")
    assert is_listed()
    assert sign(client, page).status_code == 302
    assert not is_listed()
