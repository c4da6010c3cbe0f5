"""Redirects as editors write them: with a query or without, and none that would never be followed."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from tests.pages.tree import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def redirects():
    Redirect.add_redirect("/page?id=3&b=1", "/members")
    Redirect.add_redirect("/page", "/privacy")
    Redirect.add_redirect("/médico?nombre=é", "/providers")


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/page?id=3&b=1", "/members"),
        ("/es/page?b=1&id=3", "/es/members"),
        ("/page", "/privacy"),
        ("/page?id=4", "/privacy"),
        ("/ar/page?utm_source=x", "/ar/privacy"),
        ("/m%C3%A9dico?nombre=%C3%A9", "/providers"),
    ],
)
def test_the_query_counts_where_a_redirect_names_it(client, redirects, asked, target):
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, target)


@pytest.mark.parametrize("asked", ["/pag%3Fid=3", "/nowhere?page", "/m%C3%A9dico?nombre=%FF", "/x?%00"])
def test_other_addresses_are_not_found(client, redirects, asked):
    assert client.get(asked).status_code == 404


@pytest.mark.parametrize(
    ("old", "complaint"),
    [("/documents/3/old.pdf", "never be followed"), ("/es/old", "Leave the language out"), ("/old?id=3", "")],
)
def test_an_editor_writes_only_what_is_followed(admin_client, old, complaint):
    answer = admin_client.post(
        reverse("wagtailredirects:add"), {"old_path": old, "redirect_page": page("/members").pk}, follow=True
    )
    assert complaint in answer.text
    assert Redirect.objects.filter(old_path=old).exists() == (not complaint)
