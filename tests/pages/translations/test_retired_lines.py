"""A telephone line that has been retired since does not come back with an older version of a text, as a hole in its sentence."""

import pytest
from django.urls import reverse

from pages.contacts import selectors
from pages.models import ContactLine, StandingText
from tests.pages import tree
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data, rich_text, stream

pytestmark = pytest.mark.django_db
PHONE = '<p>Call <embed embedtype="phone" key="carelon"/> now.</p>'
NEW = "<p>Call nobody.</p>"


def versions(make, field: str, old=PHONE, new=NEW):
    """Something published with the line, and again without it; then the line is retired. Gives it and its older version."""
    instance = make(old)
    older = instance.latest_revision
    instance = tree.publish(instance, **{field: new})
    ContactLine.objects.filter(key="carelon").update(retired=True)
    selectors.forget()
    return instance, older


def notice(text):
    return tree.notice("about-a-line", text_en=text)


def standing_text(text):
    return tree.publish(StandingText.objects.create(key="spare", title_en="Spare", text_en=text, live=False))


@pytest.mark.parametrize("action", ["action-publish", ""])
@pytest.mark.parametrize("make", [notice, standing_text])
def test_an_older_version_of_a_snippet_that_names_it_is_refused(client, admin, make, action):
    instance, older = versions(make, "text_en")
    address = reverse(f"wagtailsnippets_pages_{instance._meta.model_name}:revisions_revert", args=[instance.pk, older.pk])
    posted = post_data(client.get(address).content.decode()) | ({action: "1"} if action else {})
    answer = client.post(address, posted | stream("links_en"))
    assert answer.status_code == 200
    assert "“Carelon" in answer.content.decode() and "is retired. Name another or take it out." in answer.content.decode()
    instance.refresh_from_db()
    assert instance.text_en == NEW and not instance.has_unpublished_changes
    # Without the line it may come back.
    client.post(address, posted | {"text_en": rich_text("<p>Call later.</p>")} | stream("links_en"))
    instance.refresh_from_db()
    assert "Call later." in instance.get_latest_revision_as_object().text_en


def test_an_older_version_of_a_page_that_names_it_is_refused(client, admin):
    page, older = versions(
        lambda body: tree.add("/members", "about-a-line", body_en=body), "body_en", tree.text(PHONE), tree.text(NEW)
    )
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, older.pk])
    html = client.get(address).content.decode()
    posted = post_data(html) | stream("body_en", PHONE) | stream("related") | {"action-publish": "1"}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted)
    assert answer.status_code == 200
    assert "is retired. Name another or take it out." in answer.content.decode()
    page.refresh_from_db()
    assert "Call nobody." in str(page.body_en) and not page.has_unpublished_changes


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_line_that_is_retired_or_unknown_is_refused_in_every_language(client, admin, save, code):
    made, _older = versions(notice, "text_en")
    for key, sentence in (("carelon", "is retired"), ("nobody", "There is no telephone line “nobody”")):
        text = rich_text(f'<p>Call <embed embedtype="phone" key="{key}"/>.</p>')
        answer = save(made, code, **{f"text_{code}": text, **stream(f"links_{code}"), "action-publish": "1"})
        assert answer.status_code == 200, edit_url(made, code)
        assert sentence in answer.content.decode()
