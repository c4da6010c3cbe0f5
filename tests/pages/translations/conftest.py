"""What the tests of translating in the admin share: a page, people in their roles, and forms as a browser posts them."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Revision

from pages.models import Translation
from pages.translations.admin import kinds
from tests.pages.translations.forms import post_data
from tests.pages.translations.xliff_files import upload
from tests.pages.tree import add, text


@pytest.fixture
def page(db):
    """A live page with English texts and nothing else."""
    return add(
        "/members",
        "trying-translations",
        heading_en="Rides to the doctor",
        lead_en="We pay for them.",
        body_en=text("<p>Call us.</p>"),
    )


@pytest.fixture
def sign_in(client, db):
    """Signs in a user of the named groups, made on first use: `sign_in("rosa", "Translators: Spanish")`."""

    def sign_in(name: str, *groups: str):
        user, _ = get_user_model().objects.get_or_create(username=name, defaults={"first_name": name.title()})
        user.groups.add(*Group.objects.filter(name__in=groups))
        assert user.groups.count() >= len(groups)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def admin(client, db):
    user = get_user_model().objects.get(is_superuser=True)
    client.force_login(user)
    return user


def edit_url(text, code: str = "en") -> str:
    """The form of a page or snippet in a language."""
    return kinds.of(text).edit_url(text.pk, "" if code == "en" else code)


@pytest.fixture
def save(client):
    """Opens the form of a page or snippet in a language, changes fields, posts it: `save(page, "es", heading_es="…", action="publish")`."""

    def save(text, code="en", opened=None, autosave=False, **changes):
        data = opened or post_data(client.get(edit_url(text, code)).content.decode())
        headers = {"HTTP_ACCEPT": "application/json"} if autosave else {}
        return client.post(edit_url(text, code), data | changes, **headers)

    return save


@pytest.fixture
def rides(db):
    """A page with plain and rich texts, a telephone number and a link."""
    return add(
        "/members",
        "rides",
        heading_en="Rides to the doctor",
        lead_en="We pay for 12 rides a year.",
        body_en=[
            ("text", '<h2>How to ask</h2><p>Call <embed embedtype="phone" key="medi-cal"/> or <a href="https://example.org/">read this</a>.</p>'),
            ("callout", {"kind": "important", "heading": "Before the ride", "text": "<p>Be ready at 9 &amp; wait.</p>"}),
        ],
    )  # fmt: skip


@pytest.fixture
def refused(client):
    """Uploads a file, and gives what the page says about it; fails if anything has changed by it."""

    def refused(content, code="es", **more) -> str:
        def everything():
            return Revision.objects.count(), list(Translation.objects.order_by("pk").values())

        before = everything()
        answer = upload(client, content, code, **more)
        assert answer.status_code == 200
        assert everything() == before
        html = answer.content.decode()
        assert "has been imported" not in html
        return html

    return refused
