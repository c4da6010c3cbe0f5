"""Who can open what: losing a key, newcomers, those who leave, and the recovery key."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.urls import reverse

from compliance import sealing, thread
from compliance.casework import keyring, sharing
from compliance.casework.officers import Refused
from compliance.management.commands import recover_reports
from compliance.models import RecipientKey, Report, SealedKey
from lacare_site.casework.models import AuditEntry
from lacare_site.worker import housekeeping
from tests.compliance.officers import MARKER, PASSPHRASE, PASSWORD, address, as_reporter, desk, file_report, officer, unlocked
from tests.compliance.reporters import RECEIPT_ADDRESS, Reporter

pytestmark = pytest.mark.django_db
KEYS = "/admin/compliance/keys/"


def share_with(client, user):
    return client.post(KEYS, {"action": f"share:{keyring.of(user).pk}", "compared": "on"})


def test_a_lost_passphrase_costs_the_reports_until_another_officer_shares_them():
    olga, omar = officer("olga"), officer("omar")
    report, _receipt = file_report()
    new = "nine plums under a bridge"
    typed = {"new": new, "again": new, "password": PASSWORD}
    assert desk(olga, "").post(f"{KEYS}lost/", typed).status_code == 302
    page = desk(olga, new).get(address(report)).text
    assert "does not open this report" in page and MARKER not in page
    assert "Confirm, and share 1 report" in desk(omar).get(KEYS).text
    assert "Compare the fingerprints" in desk(omar).post(KEYS, {"action": f"share:{keyring.of(olga).pk}"}).text
    share_with(desk(omar), olga)
    assert MARKER in desk(olga, new).get(address(report)).text


def test_who_only_finds_an_officer_signed_in_gives_up_or_retires_no_key():
    hana, omar = officer("hana", head=True), officer("omar")
    new = "nine plums under a bridge"
    for password in ("", "a guess"):
        page = desk(hana, "").post(f"{KEYS}lost/", {"new": new, "again": new, "password": password})
        assert page.status_code == 400
    assert "This is not your password." in page.text and new not in page.text
    for _try in range(10):
        page = desk(hana, "").post(f"{KEYS}lost/", {"new": new, "again": new, "password": "a guess"})
    assert "Too many attempts" in page.text
    assert desk(hana, "").post(KEYS, {"action": f"retire:{keyring.of(omar).pk}"}).status_code == 409
    assert RecipientKey.objects.filter(retired_on=None).count() == 2


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


def test_an_administrator_who_takes_the_role_and_makes_a_key_reads_nothing_until_an_officer_confirms_it(admin_client):
    olga, admin = officer("olga"), get_user_model().objects.get(is_superuser=True)
    admin.groups.add(olga.groups.get())
    assert admin_client.post(f"{KEYS}new/", {"new": PASSPHRASE, "again": PASSPHRASE})["Location"] == KEYS
    report, _receipt = file_report()
    page = admin_client.get(address(report)).text
    assert "does not open this report" in page and MARKER not in page
    assert "Your key is not confirmed yet" in admin_client.get(KEYS).text
    assert not SealedKey.objects.filter(recipient__officer=admin).exists()
    second = officer("nora", has_key=False)
    keyring.enrol(second, PASSPHRASE)
    refused = admin_client.post(KEYS, {"action": f"share:{keyring.of(second).pk}", "compared": "on"})
    assert refused.status_code == 409 and not keyring.of(second).confirmed
    assert "Not confirmed" in desk(olga).get(KEYS).text
    share_with(desk(olga), admin)
    assert MARKER in admin_client.get(address(report)).text
    assert AuditEntry.objects.get(action="compliance.key.confirmed").actor == "olga"


def test_a_key_that_alone_opens_a_report_stays():
    lena, hana = officer("lena"), officer("hana", head=True)
    report, _receipt = file_report([hana])
    assert desk(hana).post(KEYS, {"action": f"retire:{keyring.of(lena).pk}"}).status_code == 409
    role = lena.groups.get()
    lena.groups.clear()
    assert keyring.retire_departed() == 0
    lena = get_user_model().objects.get(pk=lena.pk)
    assert desk(lena, "").get(address(report)).status_code == 302
    lena.groups.add(role)
    assert MARKER in desk(get_user_model().objects.get(pk=lena.pk)).get(address(report)).text


def test_nobody_is_shut_out_of_a_report_that_only_former_officers_could_open_then():
    lena, hana = officer("lena"), officer("hana", head=True)
    report, _receipt = file_report()
    lena.groups.clear()
    with pytest.raises(Refused, match="No other officer"):
        sharing.recuse(report, hana, hana, unlocked(hana))


def test_whoever_left_but_keeps_a_key_gets_no_new_ones():
    olga, lena, omar, hana = officer("olga"), officer("lena"), officer("omar"), officer("hana", head=True)
    report, _receipt = file_report()
    file_report([olga, omar, hana])  # opens with Lena's key alone, which so stays
    lena.groups.clear()
    assert keyring.retire_departed() == 0 and keyring.of(lena)
    sharing.recuse(report, omar, hana, unlocked(hana))
    readers = set(SealedKey.objects.filter(report=report).values_list("recipient__officer__username", flat=True))
    assert readers == {"olga", "hana", None}  # None is the reporter
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


def make_recovery_key(*options: str) -> str:
    """What the console prints for the safe."""
    out = io.StringIO()
    call_command("make_recovery_key", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue().strip()


def test_a_stolen_recovery_key_opens_nothing_any_more_once_another_has_taken_its_place(monkeypatch):
    olga = officer("olga")
    stolen = make_recovery_key()
    report, _receipt = file_report()
    for_recovery_alone, _receipt = file_report([olga])
    safe = make_recovery_key("--again")
    with pytest.raises(CommandError, match="2 reports would be lost"):
        make_recovery_key("--withdraw")
    present = keyring.recovery_key()
    desk(olga).post(KEYS, {"action": f"share:{present.pk}", "compared": "on"})
    with pytest.raises(CommandError, match="1 report would be lost"):
        make_recovery_key("--withdraw")
    monkeypatch.setattr(recover_reports, "getpass", lambda _prompt: stolen)
    call_command("recover_reports", stdout=io.StringIO())
    assert "1 earlier recovery key taken out of use" in make_recovery_key("--withdraw")

    old, private = keyring.read_recovery_key(stolen)
    assert not old.sealed_keys.exists() and Report.objects.get(pk=report.pk).needs_new_keys
    sharing.renew_waiting(unlocked(olga), olga, 60)
    assert not old.sealed_keys.exists()
    for each in (report, for_recovery_alone):
        with pytest.raises(sealing.Unopened):
            thread.key_for(each, thread.THREAD, private, old)
        assert thread.key_for(each, thread.THREAD, keyring.read_recovery_key(safe)[1], present)


def test_a_report_that_gets_new_keys_loses_the_earlier_recovery_key_only_to_the_present_one():
    olga, omar = officer("olga"), officer("omar")
    make_recovery_key()
    report, _receipt = file_report()
    make_recovery_key("--again")
    keyring.retire(keyring.of(omar), None)
    sharing.renew_waiting(unlocked(olga), olga, 60)
    assert report.keys.filter(recipient__officer=None, recipient__isnull=False, scope=thread.INTERNAL).count() == 1
    desk(olga).post(KEYS, {"action": f"share:{keyring.recovery_key().pk}", "compared": "on"})
    Report.objects.update(needs_new_keys=True)
    sharing.renew_waiting(unlocked(olga), olga, 60)
    (left,) = report.keys.filter(recipient__officer=None, recipient__isnull=False, scope=thread.INTERNAL)
    assert left.recipient == keyring.recovery_key()


def test_an_earlier_recovery_key_counts_for_nobody_and_no_officer_retires_one():
    hana, omar = officer("hana", head=True), officer("omar")
    make_recovery_key()
    file_report([hana])
    make_recovery_key("--again")
    assert desk(hana).post(KEYS, {"action": f"retire:{keyring.of(omar).pk}"}).status_code == 409
    assert desk(hana).post(KEYS, {"action": f"retire:{keyring.recovery_key().pk}"}).status_code == 404


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


def test_a_reporter_who_has_the_thread_open_goes_on_while_the_report_gets_new_keys(client, monkeypatch):
    olga, lena = officer("olga"), officer("lena")
    reporter = Reporter(client, monkeypatch)
    receipt = reporter.file()
    reporter.leave(receipt)
    reporter.come_back(receipt)
    keyring.retire(keyring.of(lena), None)
    assert sharing.renew_waiting(unlocked(olga), olga, 60) == 1
    assert "They bill for visits" in reporter.get(RECEIPT_ADDRESS).text
    assert "Your message is encrypted and sent." in reporter.answer("It was in May.").text
    page = desk(olga).get(address(Report.objects.get())).text
    assert "They bill for visits" in page and "It was in May." in page
    assert "An employee" in page
