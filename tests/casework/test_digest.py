"""The daily mail to whoever has cases that are due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from lacare_site.casework import digest, services
from lacare_site.casework.models import Case
from lacare_site.outbox.models import Message

HERE = ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=HERE)


@pytest.fixture
def at(monkeypatch):
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def ina(staff, open_inquiry, at):
    """Somebody with a case that is overdue, one due today, and one due later."""
    ina = staff("ina", "reviewer")
    for due in (MONDAY - timedelta(days=1), MONDAY + timedelta(hours=3), MONDAY + timedelta(days=2)):
        case = open_inquiry("Palm Medical Group")
        services.assign(case, ina, ina)
        Case.objects.filter(pk=case.pk).update(due_at=due)
    return ina


def test_one_mail_a_day_with_numbers_and_nothing_else(ina, at):
    at(MONDAY)
    assert (digest.send(), digest.send()) == (1, 0)
    mail = Message.objects.get(to=ina.email)
    assert mail.subject == "Your cases: 1 overdue, 1 due today"
    assert "/admin/" in mail.body
    assert "INQ" not in mail.subject + mail.body and "Palm" not in mail.body
    at(MONDAY + timedelta(days=1))
    assert digest.send() == 1


@pytest.mark.parametrize("moment", [MONDAY.replace(hour=6, minute=59), MONDAY.replace(day=22), MONDAY.replace(day=26)])
def test_no_mail_by_night_on_sundays_and_on_holidays(ina, at, moment):
    at(moment)
    assert digest.send() == 0


@pytest.mark.parametrize("is_there", [False, True])
def test_what_nobody_has_is_told_to_the_mailbox_of_all_and_nothing_to_who_has_left(
    is_there, ina, staff, open_inquiry, at, settings
):
    settings.STAFF_MAILBOX = "all@example.org"
    staff("rita", "reviewer")
    if is_there:
        ina.groups.clear()
    else:
        ina.is_active = False
        ina.save()
    Case.objects.filter(pk=open_inquiry().pk).update(due_at=MONDAY - timedelta(days=4))
    at(MONDAY)
    assert (digest.send(), digest.send()) == (1, 0)
    mail = Message.objects.get(kind="case_digest")
    assert (mail.to, mail.subject) == ("all@example.org", "Cases that nobody has: 2 overdue, 1 due today")
    assert "Nobody has 3 cases" in mail.body
