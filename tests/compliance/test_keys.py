"""Officers' keys: enrolling, unlocking, locking, changing."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from compliance import sealing
from compliance.casework import keyring, strength, unlocking
from compliance.models import RecipientKey, Report, SealedKey, UnlockedKey
from tests.compliance.officers import MARKER, PASSPHRASE, address, desk, file_report, officer, unlocked

pytestmark = pytest.mark.django_db
UNLOCK, KEYS = "/admin/compliance/unlock/", "/admin/compliance/keys/"


def enrol(client, new, again=None):
    return client.post(f"{KEYS}new/", {"new": new, "again": new if again is None else again})


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        ("short one", None, "At least 20 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", None, "easy to guess"),
        ("a b c d e f", None, "at least 20 characters"),
        ("my own password, too!", None, "your password"),
        ("olga.officer@example.org", None, "too similar"),
        ("passwordpasswordpassword", None, "easy to guess"),
        ("Compliance2026Compliance2026", None, "easy to guess"),
        ("qwertyuiopasdfghjklzxcvbnm", None, "easy to guess"),
        ("abcdefghijklmnopqrstuvwxyz", None, "easy to guess"),
        ("L.A. Care Health Plan 2026", None, "easy to guess"),
        ("Local Initiative Health Authority", None, "easy to guess"),
        (PASSPHRASE, PASSPHRASE + "s", "not what you typed above"),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_or_mistyped_makes_no_key(new, again, why):
    olga = officer("olga", has_key=False)
    olga.email = "olga.officer@example.org"
    olga.set_password("my own password, too!")
    olga.save()
    page = enrol(desk(olga, ""), new, again)
    assert page.status_code == 400 and why in page.text
    assert not RecipientKey.objects.exists()
    assert new not in page.text


def test_the_site_offers_words_by_dice_that_pass_and_differ_each_time():
    olga = officer("olga", has_key=False)
    offered = [re.search(r"shown to nobody else: ([a-z -]+)", desk(olga, "").get(f"{KEYS}new/").text)[1] for _ in range(2)]
    assert offered[0] != offered[1] and all(len(words.split()) == 6 for words in offered)
    for _ in range(20):
        strength.check(strength.by_dice(), olga)


@pytest.mark.parametrize("new", [PASSPHRASE, "it is up to us all"])
def test_an_officer_enrols_and_is_unlocked_at_once(new):
    client = desk(officer("olga", has_key=False), "")
    assert client.get(UNLOCK)["Location"] == f"{KEYS}new/"
    assert enrol(client, new)["Location"] == KEYS
    cookie = client.cookies[unlocking.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/admin/compliance/"
    assert not cookie["max-age"] and not cookie["expires"]
    assert "Your key is unlocked" in client.get(KEYS).text
    assert enrol(client, new)["Location"] == KEYS  # a second one is not made
    assert RecipientKey.objects.count() == 1


def test_a_passphrase_is_the_same_however_it_is_typed():
    olga = officer("olga")
    desk(olga, "  seven  apples on the roof ")
    fullwidth = "".join(chr(ord(sign) + 0xFEE0) if "a" <= sign <= "z" else sign for sign in PASSPHRASE)
    desk(olga, fullwidth)


def test_after_five_wrong_tries_the_right_passphrase_waits_too():
    olga = officer("olga")
    client = desk(olga, "")
    for _ in range(5):
        assert "not the passphrase" in client.post(UNLOCK, {"passphrase": "seven pears on the roof"}).text
    assert "Too many tries" in client.post(UNLOCK, {"passphrase": PASSPHRASE}).text
    assert not UnlockedKey.objects.exists()
    desk(officer("omar"))  # somebody else is not kept out


def test_left_alone_it_locks_and_use_prolongs_it(monkeypatch):
    olga = officer("olga")
    report, _receipt = file_report()
    client, began = desk(olga), timezone.now()
    for minutes, is_open in ((14, True), (28, True), (44, False), (45, False)):
        monkeypatch.setattr(timezone, "now", lambda at=minutes: began + timedelta(minutes=at))
        page = client.get(address(report))
        assert (page.status_code == 200) == is_open, minutes
        assert MARKER not in page.text if not is_open else MARKER in page.text
    assert page["Location"].startswith(UNLOCK)
    unlocking.sweep()
    assert not UnlockedKey.objects.exists()


def test_a_page_that_is_typed_in_stays_unlocked(monkeypatch):
    client, began = desk(officer("olga")), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: began + timedelta(minutes=14))
    assert client.post("/admin/compliance/stay/").status_code == 204
    monkeypatch.setattr(timezone, "now", lambda: began + timedelta(minutes=30))
    assert client.post("/admin/compliance/stay/").status_code == 409


@pytest.mark.parametrize("way", ["/admin/compliance/lock/", "/admin/logout/"])
def test_it_locks_by_the_button_and_at_signing_out(way):
    olga = officer("olga")
    first, second = desk(olga), desk(olga)
    first.post(way)
    assert not UnlockedKey.objects.exists()
    assert "Your key is unlocked" not in second.get(KEYS).text


def test_a_stolen_cookie_opens_nothing_for_another_account():
    cookie = desk(officer("olga")).cookies[unlocking.COOKIE].value
    omar = desk(officer("omar"), "")
    omar.cookies[unlocking.COOKIE] = cookie
    assert "Your key is unlocked" not in omar.get(KEYS).text
    for senseless in ("", "x", "é", cookie[:-4], "A" * 5000):
        omar.cookies[unlocking.COOKIE] = senseless
        assert omar.get(KEYS).status_code == 200


def test_what_the_database_and_the_log_hold_of_an_unlocked_key_does_not_open_it():
    client = desk(officer("olga"))
    cookie, row = client.cookies[unlocking.COOKIE].value, UnlockedKey.objects.get()
    for known in (bytes(row.wrapped), row.token_hash.encode(), bytes.fromhex(row.token_hash)):
        assert cookie.encode() not in known
        with pytest.raises(sealing.Unopened):
            sealing.decrypt(bytes.fromhex(row.token_hash), row.wrapped)
    private = unlocked(get_user_model().objects.get(username="olga"))
    assert "private" not in repr(private)
    session = str(dict(client.session.items()))
    assert PASSPHRASE not in session and cookie not in session


def test_a_changed_passphrase_opens_the_same_reports():
    olga = officer("olga")
    report, _receipt = file_report()
    client = desk(olga)
    typed = {"passphrase": "wrong passphrase here", "new": "eight pears in a cellar", "again": "eight pears in a cellar"}
    assert "not the passphrase" in client.post(f"{KEYS}passphrase/", typed).text
    assert client.post(f"{KEYS}passphrase/", typed | {"passphrase": PASSPHRASE}).status_code == 302
    assert MARKER in desk(olga, typed["new"]).get(address(report)).text
    with pytest.raises(AssertionError):
        desk(olga)


def test_a_fresh_key_opens_what_the_old_one_opened_and_the_old_one_nothing():
    olga = officer("olga")
    report, _receipt = file_report()
    old = unlocked(olga)
    assert desk(olga).post(f"{KEYS}fresh/", {"passphrase": PASSPHRASE}).status_code == 302
    assert MARKER in desk(olga).get(address(report)).text
    assert not SealedKey.objects.filter(recipient=old.recipient).exists()
    assert not RecipientKey.objects.get(pk=old.recipient.pk).wrapped
    assert Report.objects.get().needs_new_keys
    assert keyring.of(olga).pk != old.recipient.pk
