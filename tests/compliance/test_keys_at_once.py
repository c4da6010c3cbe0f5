"""Keys that change at the moment at which somebody else needs them: nothing is sealed to a key that is gone, and no report lost."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from compliance import thread
from compliance.casework import keyring, sharing
from compliance.casework.officers import Refused
from compliance.models import RecipientKey, Report, SealedKey
from tests.compliance.officers import MARKER, PASSPHRASE, address, desk, file_report, officer, unlocked
from tests.compliance.reporters import Reporter

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 1  # seconds that one waits for the other, where it can


def at_once(*works) -> list:
    """What each gives, or the Refused that it raises."""

    def run(work):
        try:
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def rotate(olga):
    key = unlocked(olga)
    return lambda: keyring.rotate(key.recipient, key.private, PASSPHRASE)


def lose(olga):
    return lambda: keyring.replace_lost(olga, PASSPHRASE)


def leave(olga):
    return lambda: keyring.retire(keyring.of(olga), None)


@pytest.mark.parametrize("pause", ["before", "after"])
@pytest.mark.parametrize("change", [rotate, lose, leave])
def test_a_report_that_comes_while_a_key_changes_is_sealed_to_no_key_that_is_gone(client, monkeypatch, change, pause):
    olga, omar = officer("olga"), officer("omar")
    reporter, changing, real = Reporter(client, monkeypatch), threading.Event(), thread.give_keys
    work = change(olga)

    def sealed_slowly(*args):
        keys = real(*args) if pause == "after" else None
        changing.set()
        done.wait(SOON)
        return keys or real(*args)

    def change_it():
        changing.wait(20)
        work()
        done.set()

    done = threading.Event()
    monkeypatch.setattr(thread, "give_keys", sealed_slowly)
    at_once(reporter.file, change_it)
    assert not SealedKey.objects.filter(recipient__retired_on__isnull=False).exists()
    report = Report.objects.get()
    readers = {omar, olga} if change is rotate else {omar}
    assert {key.recipient.officer for key in report.keys.filter(scope=thread.INTERNAL)} == readers
    for reader in readers:
        assert "They bill for visits" in desk(reader).get(address(report)).text


def test_a_key_that_changes_while_a_report_is_encrypted_anew_goes_on_opening_it(monkeypatch):
    olga, omar, lena = officer("olga"), officer("omar"), officer("lena")
    report, _receipt = file_report()
    keyring.retire(keyring.of(lena), None)
    omars, work, real = unlocked(omar), rotate(olga), thread.give_keys
    changing, done = threading.Event(), threading.Event()

    def sealed_slowly(*args):
        changing.set()
        done.wait(SOON)
        return real(*args)

    def change_it():
        changing.wait(20)
        work()
        done.set()

    monkeypatch.setattr(thread, "give_keys", sealed_slowly)
    at_once(lambda: sharing.renew_waiting(omars, omar, 60), change_it)
    for reader in (olga, omar):
        assert MARKER in desk(reader).get(address(report)).text


def test_two_clicks_make_one_key(monkeypatch):
    olga = officer("olga", has_key=False)
    both, real = threading.Barrier(2), RecipientKey.objects.create

    def created(**values):
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(SOON)
        return real(**values)

    monkeypatch.setattr(RecipientKey.objects, "create", created)
    assert sum(isinstance(found, Refused) for found in at_once(*[lambda: keyring.enrol(olga, PASSPHRASE)] * 2)) == 1
    key = unlocked(olga)
    assert (
        sum(
            isinstance(found, Refused) for found in at_once(*[lambda: keyring.rotate(key.recipient, key.private, PASSPHRASE)] * 2)
        )
        == 1
    )
    assert RecipientKey.objects.filter(officer=olga, retired_on=None).count() == 1


def test_two_officers_whose_keys_are_retired_at_once_do_not_leave_a_report_to_nobody(monkeypatch):
    olga, omar = officer("olga"), officer("omar")
    report, _receipt = file_report()
    both, real = threading.Barrier(2), keyring._want_new_keys

    def wanted(key):
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(SOON)
        real(key)

    monkeypatch.setattr(keyring, "_want_new_keys", wanted)
    at_once(leave(olga), leave(omar))
    assert report.keys.filter(scope=thread.INTERNAL, recipient__retired_on=None).count() == 1
