"""A standing text that is used somewhere stays, and so does its key."""

import json

import pytest
from django.urls import reverse

from pages.models import StandingText
from pages.standing_texts.uses import uses_of
from tests.pages.tree import add, page, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def spare():
    """A text that nothing uses."""
    return publish(StandingText.objects.create(key="spare", title_en="Spare", text_en="<p>Words.</p>"))


def address_of(deed: str, spare: StandingText) -> str:
    if deed == "delete together":
        return f"{reverse('wagtail_bulk_action', args=['pages', 'standingtext', 'delete'])}?id={spare.pk}"
    return reverse(f"wagtailsnippets_pages_standingtext:{deed}", args=[spare.pk])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_use_is_found_in_every_language_and_in_drafts(spare, language):
    assert uses_of("spare") == []
    user = page("/members")
    setattr(user, f"body_{language}", [("standing_text", {"key": "spare"})])
    user.save_revision()
    assert [(use.place.pk, use.only_in_draft) for use in uses_of("spare")] == [(user.pk, True)]
    user.get_latest_revision().publish()
    assert [(use.place.pk, use.only_in_draft) for use in uses_of("spare")] == [(user.pk, False)]


@pytest.mark.parametrize("deed", ["delete", "delete together", "unpublish"])
def test_taking_a_text_in_use_away_is_refused_with_the_list(admin, spare, deed):
    user = add("/members", "user", body_en=[("standing_text", {"key": "spare"})])
    response = admin.post(address_of(deed, spare))
    assert response.status_code == 409
    html = response.content.decode()
    assert f"/admin/pages/{user.pk}/edit/" in html and "Standing texts in use" in html
    assert StandingText.objects.get(key="spare").live
    user.delete()
    assert admin.post(address_of(deed, spare)).status_code == 302
    assert not StandingText.objects.filter(key="spare", live=True).exists()


def test_the_key_stays(admin, spare):
    words = json.dumps({"blocks": [{"key": "a", "type": "unstyled", "text": "Changed."}], "entityMap": {}})
    fields = {"key": "other", "title_en": "Spare", "text_en": words, "action-publish": "1"}
    response = admin.post(reverse("wagtailsnippets_pages_standingtext:edit", args=[spare.pk]), fields)
    assert response.status_code == 302
    spare.refresh_from_db()
    assert "Changed." in spare.text_en and spare.key == "spare"
