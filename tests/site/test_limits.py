"""Limits count for all processes together, begin anew in time, and do not tell who came."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from lacare_site.security import limits
from lacare_site.security.models import LimitWindow
from lacare_site.worker import housekeeping

HOUR = timedelta(hours=1)
NEVER = timedelta(0)


@pytest.fixture
def clock(monkeypatch):
    """Ten minutes to midnight, until the test sets it anew: `clock(minutes=5)` lets five minutes pass."""
    times = [datetime(2025, 3, 1, 23, 50, tzinfo=UTC)]
    monkeypatch.setattr(limits.timezone, "now", lambda: times[0])

    def pass_time(**span):
        times[0] += timedelta(**span)

    return pass_time


def test_the_limit_holds_until_its_window_ends(db, clock):
    assert [limits.hit("form", "192.0.2.1", 2, HOUR) for _ in range(3)] == [True, True, False]
    assert limits.wait("form", "192.0.2.1", 2, HOUR) == timedelta(minutes=10)
    assert limits.hit("form", "192.0.2.2", 2, HOUR) and limits.hit("other form", "192.0.2.1", 2, HOUR)
    clock(minutes=10)
    assert limits.wait("form", "192.0.2.1", 2, HOUR) == NEVER
    assert limits.hit("form", "192.0.2.1", 2, HOUR)


def test_several_count_at_once(db):
    assert [limits.hit("megabytes", "192.0.2.1", 5, HOUR, count) for count in (3, 2, 1)] == [True, True, False]


def test_midnight_does_not_open_a_window_anew(db, clock):
    span = timedelta(hours=7)  # this one began at 22:00
    assert limits.hit("form", "192.0.2.1", 1, span)
    clock(minutes=15)
    assert not limits.hit("form", "192.0.2.1", 1, span)


def test_waiting_counts_nothing_and_a_success_begins_anew(db):
    assert [limits.wait("sign in", "vera", 1, HOUR) for _ in range(3)] == [NEVER] * 3
    limits.hit("sign in", "vera", 1, HOUR)
    assert limits.wait("sign in", "vera", 1, HOUR) > NEVER
    limits.forget("sign in", "vera", HOUR)
    assert limits.wait("sign in", "vera", 1, HOUR) == NEVER


def test_everybody_together_has_a_limit_of_its_own(db):
    assert [limits.global_hit("form", 1, HOUR) for _ in range(2)] == [True, False]
    assert limits.hit("form", "192.0.2.1", 1, HOUR)


def test_the_table_tells_nothing_and_is_swept(db, clock):
    limits.hit("form", "192.0.2.1", 5, HOUR)
    [row] = LimitWindow.objects.values_list()
    assert "192.0.2.1" not in str(row) and "form" not in str(row)
    clock(days=1)
    limits.hit("form", "192.0.2.1", 5, HOUR)
    assert limits.sweep() == 1
    [later] = LimitWindow.objects.values_list()
    assert later[0] != row[0]


def test_the_worker_sweeps_windows_and_sessions_that_have_ended(db):
    ended = timezone.now() - HOUR
    LimitWindow.objects.create(key="x", hits=1, ends_at=ended)
    Session.objects.create(session_key="x", session_data="", expire_date=ended)
    housekeeping.once()
    assert not LimitWindow.objects.exists() and not Session.objects.exists()


def test_a_window_is_a_day_at_most(db):
    with pytest.raises(ValueError, match="at most a day"):
        limits.hit("form", "192.0.2.1", 5, timedelta(days=2))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted():
    passed = []

    def try_it():
        passed.append(limits.hit("form", "192.0.2.1", 5, HOUR))
        connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (passed.count(True), passed.count(False)) == (5, 7)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "unknown", "unknown"),
        (1, "", ""),
    ],
)
def test_addresses_are_those_that_our_own_web_server_names(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="192.0.2.1")
    assert limits.address_of(request) == address
