"""The table of roles: each has its groups, and is held by membership alone."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group

from lacare_site.security import roles


def test_every_role_has_its_groups_and_every_group_its_role(db):
    named = [name for role in roles.ROLES for name in role.groups]
    assert sorted(named) == sorted(Group.objects.values_list("name", flat=True))


def test_a_role_is_held_by_membership_alone(db):
    user = get_user_model().objects.create_user("ina")
    user.groups.add(Group.objects.get(name="Intake reviewers"), Group.objects.get(name="Translators: Korean"))
    assert roles.has(user, roles.INTAKE_REVIEWER) and roles.has(user, roles.TRANSLATOR)
    assert roles.has(user, roles.AUDITOR, roles.INTAKE_REVIEWER)
    assert not roles.has(user, roles.INTAKE_DECISION_MAKER, roles.AUDITOR, roles.EDITOR)
    user.is_active = False
    assert not roles.has(user, roles.INTAKE_REVIEWER)


def test_neither_administrators_nor_strangers_hold_one(db):
    administrator = get_user_model().objects.get(is_superuser=True)
    assert not roles.has(administrator, *roles.ROLES)
    assert not roles.has(AnonymousUser(), *roles.ROLES)
