"""The two groups that Wagtail brings can do their work, and no more."""

import pytest
from django.urls import reverse

from pages.models import ContactLine, MenuSection, Notice, StandingText
from tests.pages.tree import page

SNIPPETS = {"notice": Notice, "menusection": MenuSection, "standingtext": StandingText}


def edit_address(name: str) -> str:
    model = SNIPPETS | {"contactline": ContactLine}
    return reverse(f"wagtailsnippets_pages_{name}:edit", args=[model[name].objects.first().pk])


def may_open(client, address: str) -> bool:
    return client.get(address).status_code == 200


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_both_edit_pages_and_what_has_drafts(member_of, group):
    client = member_of(group)
    assert may_open(client, reverse("wagtailadmin_home"))
    assert may_open(client, reverse("wagtailadmin_pages:edit", args=[page("/members/id-card").pk]))
    assert may_open(client, reverse("wagtaildocs:add"))
    for name in SNIPPETS:
        assert may_open(client, edit_address(name))


@pytest.mark.parametrize(("group", "publishes"), [("Editors", False), ("Moderators", True)])
def test_moderators_publish(member_of, group, publishes):
    client = member_of(group)
    for name in SNIPPETS:
        assert ('name="action-publish"' in client.get(edit_address(name)).content.decode()) is publishes
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page("/members/id-card").pk])).content.decode()
    assert ('name="action-publish"' in html) is publishes
    # What has no drafts is published as it is saved.
    assert may_open(client, edit_address("contactline")) is publishes
    assert may_open(client, reverse("wagtailredirects:index")) is publishes


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_neither_manages_users_or_the_site(member_of, group):
    client = member_of(group)
    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index"):
        assert not may_open(client, reverse(name))
