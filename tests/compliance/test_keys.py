"""Officers' keys: enrolling, unlocking, locking, losing, sharing, leaving, and the recovery key."""

import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from compliance import sealing, thread
from compliance.casework import keyring, sharing, unlocking
from compliance.management.commands import recover_reports
from compliance.models import RecipientKey, Report, SealedKey, UnlockedKey
from lacare_site.casework.models import AuditEntry
from lacare_site.worker import housekeeping
from tests.compliance.officers import MARKER, PASSPHRASE, address, as_reporter, desk, file_report, officer, unlocked

pytestmark = pytest.mark.django_db
UNLOCK, KEYS = "/admin/compliance/unlock/", "/admin/compliance/keys/"


def enrol(client, new, again=None):
    return client.post(f"{KEYS}new/", {"new": new, "again": new if again is None else again})


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        ("short one", None, "At least 14 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", None, "more different characters"),
        ("a b c d e", None, "at least 14 characters"),
        ("my own password!", None, "your password"),
        ("olga.officer@example.org", None, "too similar"),
        (PASSPHRASE, PASSPHRASE + "s", "not what you typed above"),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_or_mistyped_makes_no_key(new, again, why):
    olga = officer("olga", has_key=False)
    olga.email = "olga.officer@example.org"
    olga.set_password("my own password!")
    olga.save()
    page = enrol(desk(olga, ""), new, again)
    assert page.status_code == 400 and why in page.text
    assert not RecipientKey.objects.exists()
    assert new not in page.text or new == "a b c d e"


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
    assert keyring.of(olga).pk != old.recipient.pk


def share_with(client, user):
    return client.post(KEYS, {"action": f"share:{keyring.of(user).pk}", "compared": "on"})


def test_a_lost_passphrase_costs_the_reports_until_another_officer_shares_them():
    olga, omar = officer("olga"), officer("omar")
    report, _receipt = file_report()
    new = "nine plums under a bridge"
    assert desk(olga, "").post(f"{KEYS}lost/", {"new": new, "again": new}).status_code == 302
    page = desk(olga, new).get(address(report)).text
    assert "does not open this report" in page and MARKER not in page
    assert "Share 1 report" in desk(omar).get(KEYS).text
    assert "Compare the fingerprints" in desk(omar).post(KEYS, {"action": f"share:{keyring.of(olga).pk}"}).text
    share_with(desk(omar), olga)
    assert MARKER in desk(olga, new).get(address(report)).text


def test_a_newcomer_gets_earlier_reports_but_those_that_name_them():
    olga, nora = officer("olga"), officer("nora", has_key=False)
    report, _receipt = file_report()
    about_nora, _receipt = file_report([nora])
    keyring.enrol(nora, PASSPHRASE)
    assert share_with(desk(olga, ""), nora).status_code == 409  # locked
    share_with(desk(olga), nora)
    client = desk(nora)
    assert MARKER in client.get(address(report)).text
    assert client.get(address(about_nora)).status_code == 404
    assert not SealedKey.objects.filter(recipient__officer=nora, report=about_nora).exists()


def test_who_leaves_opens_nothing_any_more_and_what_they_could_open_is_encrypted_anew():
    olga, lena, hana = officer("olga"), officer("lena"), officer("hana", head=True)
    report, receipt = file_report()
    lenas = unlocked(lena)
    with_old_key = thread.key_for(report, thread.THREAD, lenas.private, lenas.recipient)
    assert desk(olga).post(KEYS, {"action": f"retire:{lenas.recipient.pk}"}).status_code == 409  # not the head
    assert desk(hana).post(KEYS, {"action": f"retire:{lenas.recipient.pk}"}).status_code == 302
    assert not SealedKey.objects.filter(recipient=lenas.recipient).exists()
    assert Report.objects.get().needs_new_keys
    assert thread.read(report, thread.THREAD, with_old_key)  # of a key once copied, until:
    page = desk(olga)
    assert "Encrypt 1 report anew" in page.get(KEYS).text
    page.post(KEYS, {"action": "renew"})
    with pytest.raises(sealing.Unopened):
        thread.read(report, thread.THREAD, with_old_key)
    assert not Report.objects.get().needs_new_keys
    for reader in (olga, hana):
        assert MARKER in desk(reader).get(address(report)).text
    (entry,) = as_reporter(report, receipt)
    assert MARKER in entry.values["what"]
    assert desk(olga).get(f"/admin/compliance/files/{entry.files[0][0].pk}/").status_code == 200


def test_encrypting_anew_goes_on_where_it_was_interrupted(monkeypatch):
    olga, lena = officer("olga"), officer("lena")
    reports = [file_report()[0] for _ in range(3)]
    keyring.retire(keyring.of(lena), None)
    key, real, calls = unlocked(olga), sharing._anew, []

    def break_once(sealed, old, new):
        calls.append(1)
        if len(calls) == 5:  # in the midst of the second report
            raise KeyboardInterrupt
        return real(sealed, old, new)

    monkeypatch.setattr(sharing, "_anew", break_once)
    with pytest.raises(KeyboardInterrupt):
        sharing.renew_waiting(key, olga, 60)
    assert sharing.waiting(key.recipient).count() == 2
    assert sharing.renew_waiting(key, olga, 0) == 1  # no time for more
    assert sharing.renew_waiting(key, olga, 60) == 1
    for report in reports:
        assert MARKER in desk(olga).get(address(report)).text


@pytest.mark.parametrize("how", ["role", "account"])
def test_who_is_an_officer_no_longer_loses_the_key_by_itself(how):
    officer("olga")
    lena = officer("lena")
    file_report()
    if how == "role":
        lena.groups.clear()
    else:
        lena.is_active = False
        lena.save()
    assert keyring.retire_departed in housekeeping._registered
    assert (keyring.retire_departed(), keyring.retire_departed()) == (1, 0)
    assert not SealedKey.objects.filter(recipient__officer=lena).exists()
    assert AuditEntry.objects.filter(action="compliance.key.retired", subject="lena", actor="system").exists()


def test_the_recovery_key_opens_reports_when_all_officers_have_lost_theirs(monkeypatch):
    olga = officer("olga")
    out = io.StringIO()
    call_command("make_recovery_key", stdout=out, stderr=io.StringIO())
    written = out.getvalue()
    with pytest.raises(CommandError, match="--again"):
        call_command("make_recovery_key")
    report, _receipt = file_report()
    about_nora, _receipt = file_report([nora := officer("nora")])
    keyring.replace_lost(olga, PASSPHRASE)
    assert "does not open" in desk(olga).get(address(report)).text
    assert bytes.fromhex(written) not in b"".join(bytes(key.public) for key in RecipientKey.objects.all())
    for typed, message in (("nonsense", "64 figures"), ("ab" * 32, "no recovery key"), ("ab" * 31, "64 figures")):
        monkeypatch.setattr(recover_reports, "getpass", lambda _prompt, typed=typed: typed)
        with pytest.raises(CommandError, match=message):
            call_command("recover_reports", "olga")
    monkeypatch.setattr(recover_reports, "getpass", lambda _prompt: written)
    for account in ("olga", "nora"):
        keyring.replace_lost(get_user_model().objects.get(username=account), PASSPHRASE)
        call_command("recover_reports", account, stdout=out)
    assert keyring.fingerprint(keyring.of(olga)) in out.getvalue()
    assert MARKER in desk(olga).get(address(report)).text
    assert MARKER in desk(nora).get(address(report)).text
    assert desk(nora).get(address(about_nora)).status_code == 404
    with pytest.raises(CommandError, match="makes one in the admin"):
        call_command("recover_reports", "nobody")


def test_an_officer_with_a_key_is_not_deleted_but_made_inactive(admin_client):
    olga = officer("olga")
    for place in (
        reverse("wagtailusers_users:delete", args=[olga.pk]),
        f"{reverse('wagtail_bulk_action', args=['auth', 'user', 'delete'])}?id={olga.pk}",
    ):
        assert "Not deleted: olga" in admin_client.post(place, follow=True).text
    assert get_user_model().objects.filter(pk=olga.pk).exists()


def test_no_number_on_the_page_of_keys_tells_whom_a_report_names_that_there_is_one():
    officer("olga")
    omar, lena = officer("omar", head=True), officer("lena")

    def seen():
        main = re.search(r"<main.*</main>", desk(omar).get(KEYS).text, re.DOTALL)[0]
        return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", main)

    before = seen()
    file_report([omar])
    assert seen() == before
    keyring.retire(keyring.of(lena), None)
    assert "To be encrypted anew" not in desk(omar).get(KEYS).text
