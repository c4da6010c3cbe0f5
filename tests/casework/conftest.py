"""Cases and the staff who work on them."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from lacare_site.casework import services
from lacare_site.security import roles
from tests.casework.sample.models import Inquiry

ROLES = {
    "reviewer": roles.INTAKE_REVIEWER,
    "decider": roles.INTAKE_DECISION_MAKER,
    "auditor": roles.AUDITOR,
    "mailer": roles.PAGE_MAILER,
}


@pytest.fixture
def staff(db):
    """Accounts by name, in the groups of their roles: `staff("ina", "reviewer", "decider")`."""

    def make(name: str, *held: str):
        user = get_user_model().objects.create_user(name, email=f"{name}@example.org", password="long enough for this")
        user.groups.add(*Group.objects.filter(name__in=[ROLES[role].group for role in held]))
        return user

    return make


@pytest.fixture
def open_inquiry(db):
    """Sends an inquiry in: `case = open_inquiry("A Medical Group", contact_email="a@example.org")`."""
    return send_inquiry


def send_inquiry(organisation: str = "Palm Medical Group", members: int = 0, submission_key=None, kind="inquiry", **options):
    with transaction.atomic():
        case, is_new = services.open_case(kind, options.pop("language", "en"), submission_key or uuid.uuid4(), **options)
        if is_new:
            Inquiry.objects.create(case=case, organisation=organisation, members=members)
    return case
