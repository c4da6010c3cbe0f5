"""What the tests of the admin share: who is signed in."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group


@pytest.fixture
def admin(client, db):
    client.force_login(get_user_model().objects.get(is_superuser=True))
    return client


@pytest.fixture
def member_of(client, db):
    """Signs a new user of a group in: `client = member_of("Editors")`."""

    def sign_in(group: str):
        user = get_user_model().objects.create_user("somebody", password="long enough for this")
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in
