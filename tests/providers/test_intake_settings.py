"""What decides whether applications are taken, and who is told of a request, is in the hands of the decision makers."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from lacare_site.security import roles
from providers.models import ApplicationPeriod, TopicRoute
from tests.harness.accounts import StaffClient

PERIODS, MAILBOXES = "/admin/snippets/providers/applicationperiod/", "/admin/snippets/providers/topicroute/"
APPLICATION = "/providers/cal-mediconnect/ppg-application"


@pytest.fixture
def signed_in(db):
    """`signed_in(roles.INTAKE_REVIEWER)`: a client of somebody with that role alone."""

    def sign_in(role: roles.Role) -> StaffClient:
        user = get_user_model().objects.create_user("dora", email="dora@example.org")
        user.groups.add(Group.objects.get(name=role.group))
        client = StaffClient()
        client.force_login(user)
        return client

    return sign_in


def test_a_decision_maker_closes_the_intake_and_opens_it_again(signed_in, client):
    dora = signed_in(roles.INTAKE_DECISION_MAKER)
    assert PERIODS in dora.get("/admin/").text
    assert dora.post(f"{PERIODS}add/", {"closed_from": timezone.localdate().isoformat()}).status_code == 302
    period = ApplicationPeriod.objects.get()
    assert "we take no new applications" in client.get(APPLICATION).text
    assert dora.post(f"{PERIODS}delete/{period.pk}/").status_code == 302
    assert "Start now" in client.get(APPLICATION).text


def test_a_decision_maker_says_who_is_told_of_a_topic(signed_in):
    dora, route = signed_in(roles.INTAKE_DECISION_MAKER), TopicRoute.objects.get_or_create(topic="other")[0]
    assert MAILBOXES in dora.get("/admin/").text
    answer = dora.post(f"{MAILBOXES}edit/{route.pk}/", {"topic": route.topic, "mailbox": "desk@example.org"})
    assert answer.status_code == 302
    route.refresh_from_db()
    assert route.mailbox == "desk@example.org"


def test_a_reviewer_sees_it_and_changes_nothing(signed_in):
    ina = signed_in(roles.INTAKE_REVIEWER)
    ApplicationPeriod.objects.create(closed_from="2020-01-01", closed_until="2020-02-01")
    assert PERIODS in ina.get("/admin/").text and "2020" in ina.get(PERIODS).text
    for address in (f"{PERIODS}add/", f"{PERIODS}delete/{ApplicationPeriod.objects.get().pk}/", f"{MAILBOXES}add/"):
        assert ina.post(address, {"closed_from": "2020-03-01"}).headers["Location"] == "/admin/"
    assert ApplicationPeriod.objects.count() == 1


@pytest.mark.parametrize("role", [roles.EDITOR, roles.AUDITOR])
def test_others_do_not_even_see_it(signed_in, role):
    client = signed_in(role)
    assert PERIODS not in client.get("/admin/").text and client.get(PERIODS).headers["Location"] == "/admin/"
