"""A reviewer signs a translation on the form of its language."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from pages.models import Translation
from pages.translations import ledger
from tests.pages.translations.conftest import edit_url
from tests.pages.tree import publish

pytestmark = pytest.mark.django_db
QUALIFICATION = "Certified translator, English into Spanish"


@pytest.fixture
def spanish(page):
    return publish(page, heading_es="Viajes al médico", lead_es="Los pagamos.")


def sign(client, page, qualification=QUALIFICATION):
    html = client.get(edit_url(page, "es")).content.decode()
    hashes = dict(re.findall(r'<input type="hidden" name="(text_hash|source_hash)" value="(\w+)"', html))
    return client.post(edit_url(page, "es"), {"sign-off": "1", "qualification": qualification, **hashes})


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
        {"sign-off": "1", "qualification": QUALIFICATION, "text_hash": "0" * 64, "source_hash": entry(spanish).source_hash},
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
    own = {"text_hash": entry(page).text_hash, "source_hash": entry(page).source_hash}
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


def test_a_draft_cannot_be_signed(client, sign_in, spanish):
    spanish.heading_es = "Otro título"
    spanish.save_revision()
    sign_in("vera", "Translation reviewers: Spanish")
    html = client.get(edit_url(spanish, "es")).content.decode()
    assert "Only what is published can be signed" in html
    assert 'name="qualification"' not in html


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
