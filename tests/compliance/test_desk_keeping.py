"""What becomes of a report beside the work on it: export, legal hold, purging, figures for the board, the daily mail."""

import io
import os
import tracemalloc
import zipfile
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from compliance import sealing, thread
from compliance.casework import archives, digest, keyring, retention, services, unlocking
from compliance.casework.officers import Refused
from compliance.follow_up import services as follow_up
from compliance.management.commands import open_compliance_export
from compliance.models import Entry, RecipientKey, Report, ReportTombstone, SealedFile, SealedKey
from lacare_site.casework.models import AuditEntry
from lacare_site.outbox.models import Message
from tests.compliance.officers import CONTENT, MARKER, PASSPHRASE, act, address, desk, file_report, officer, unlocked

pytestmark = pytest.mark.django_db


def test_an_export_opens_with_its_passphrase_alone(monkeypatch, tmp_path):
    olga = officer("olga")
    report, _receipt = file_report()
    act(desk(olga), report, "note", text="Ask the bank")
    chosen = "ten quinces beside a well"
    refused = desk(olga).post(address(report, "export/"), {"new": PASSPHRASE, "again": PASSPHRASE})
    assert refused.status_code == 400 and "the passphrase of your own key" in refused.text
    answer = desk(olga).post(address(report, "export/"), {"new": chosen, "again": chosen})
    archive = b"".join(answer.streaming_content)
    assert MARKER.encode() not in archive and b"bank" not in archive
    path = tmp_path / f"{report.reference}.export"
    path.write_bytes(archive)
    for typed, content in (
        (PASSPHRASE, archive),
        (chosen, archive[:-1]),
        (chosen, b"x" + archive),
        (chosen, archive[:40]),
        (chosen, archive + b"x"),
    ):
        monkeypatch.setattr(open_compliance_export, "getpass", lambda _prompt, typed=typed: typed)
        path.write_bytes(content)
        with pytest.raises(CommandError):
            call_command("open_compliance_export", str(path))
        assert list(tmp_path.iterdir()) == [path]
    path.write_bytes(archive)
    monkeypatch.setattr(open_compliance_export, "getpass", lambda _prompt: f" {chosen}")
    call_command("open_compliance_export", str(path), stdout=io.StringIO())
    with zipfile.ZipFile(path.with_suffix(".zip")) as opened:
        index = opened.read("index.html").decode()
        assert f"Bills for nobody {MARKER}" in index and "Ask the bank" in index and f"Rosa {MARKER}" in index
        assert "No virus scanner has seen these files" in index
        assert opened.read(f"files/01-{MARKER}.pdf") == CONTENT
        assert f"files/01-{MARKER}.pdf" in opened.read("SHA256SUMS").decode()
    assert AuditEntry.objects.get(action="compliance.exported").details == {"files": 1}
    with pytest.raises(Refused):
        list(archives.read(io.BytesIO(), chosen))


def test_an_export_takes_the_memory_of_its_largest_file_however_many_there_are():
    olga, (report, _receipt) = unlocked(officer("olga")), file_report()
    size, number, client = 2 * 1024**2, 12, desk(olga.recipient.officer)
    with transaction.atomic():
        key = thread.key_for(report, thread.THREAD, olga.private, olga.recipient)
        files = (thread.File({"name": f"{place}.jpg"}, os.urandom(size)) for place in range(number))
        thread.write(report, "message", thread.THREAD, key, {"text": "Pictures"}, files=files)
    tracemalloc.start()
    try:
        answer = client.post(
            address(report, "export/"), {"new": "ten quinces beside a well", "again": "ten quinces beside a well"}
        )
        sent = sum(len(piece) for piece in answer.streaming_content)
        _current, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sent > number * size
    assert peak < 4 * size + 4 * 1024**2, f"{peak / 1024**2:.1f} MB"


def test_an_export_is_the_report_at_one_moment_whatever_colleagues_do_meanwhile(monkeypatch):
    olga, hana, omar = officer("olga"), officer("hana", head=True), officer("omar")
    (report, _receipt), head, client = file_report(), unlocked(hana), desk(olga)
    chosen, counted = "ten quinces beside a well", unlocking.count_try
    services.begin(report, head)

    def decide(user) -> None:
        """Between the officer's click and the reading of the report."""
        services.decide(report, head, "referred", "They did it", "The office is closed")
        services.close(report, head)
        counted(user)

    monkeypatch.setattr(unlocking, "count_try", decide)
    answer = client.post(address(report, "export/"), {"new": chosen, "again": chosen})
    pieces = iter(answer.streaming_content)
    archive = next(pieces)
    # While it is being sent: a hold with its note, another state, another who works on it, new keys for all, a newcomer's key.
    services.set_hold(report, head, "A suit", is_held=True)
    services.reopen(report, head)
    services.assign(report, head, hana)
    services.recuse(report, head, omar)
    keyring.confirm(keyring.enrol(officer("nina", has_key=False), PASSPHRASE), hana)
    archive += b"".join(pieces)

    with zipfile.ZipFile(io.BytesIO(b"".join(archives.read(io.BytesIO(archive), chosen)))) as opened:
        index = opened.read("index.html").decode()
        assert "<dd>Closed</dd>" in index and "<dd>Referred to an authority</dd>" in index and "They did it" in index
        assert "A suit" not in index
        assert opened.read(f"files/01-{MARKER}.pdf") == CONTENT


def test_an_export_breaks_off_unopened_for_whoever_is_shut_out_meanwhile():
    olga, hana = officer("olga"), officer("hana", head=True)
    (report, _receipt), head, chosen = file_report(), unlocked(hana), "ten quinces beside a well"
    pieces = iter(desk(olga).post(address(report, "export/"), {"new": chosen, "again": chosen}).streaming_content)
    sent = next(pieces)
    services.recuse(report, head, olga)
    with pytest.raises(sealing.Unopened):
        for piece in pieces:
            sent += piece
    with pytest.raises(Refused):
        list(archives.read(io.BytesIO(sent), chosen))


def test_a_hold_is_the_heads_and_its_reason_is_sealed():
    olga, hana = officer("olga"), officer("hana", head=True)
    report, _receipt = file_report()
    assert act(desk(olga), report, "hold", text="A suit").status_code == 409
    assert act(desk(hana), report, "hold", text="").status_code == 409
    assert act(desk(hana), report, "hold", text="A suit").status_code == 302
    assert act(desk(hana), report, "hold", text="A suit").status_code == 409
    assert Report.objects.get().legal_hold
    assert "Legal hold: A suit" in desk(olga).get(address(report)).text
    act(desk(hana), report, "release", text="It is over")
    assert not Report.objects.get().legal_hold


@pytest.mark.parametrize(
    ("changes", "is_purged"),
    [
        ({}, True),
        ({"legal_hold": True}, False),
        ({"days_since_the_reporter_wrote": 30}, False),
        ({"days_since_the_reporter_wrote": 31}, True),
        ({"days_over": 0}, False),
        ({"stage": "inquiry"}, False),
    ],
)
def test_a_report_whose_time_is_over_goes_and_leaves_a_tombstone(changes, is_purged):
    officer("olga")
    today = timezone.localdate()
    wrote = changes.pop("days_since_the_reporter_wrote", 100)
    over = changes.pop("days_over", 1)
    report, _receipt = file_report(
        **{
            "stage": "closed",
            "outcome": "referred",
            "received_on": today - timedelta(days=4000),
            "closed_on": today - timedelta(days=3900),
            "retention_until": today - timedelta(days=over),
            "reporter_wrote_on": today - timedelta(days=wrote),
        }
        | changes
    )
    assert retention.purge_due() == is_purged
    assert Report.objects.filter(pk=report.pk).exists() != is_purged
    assert (SealedKey.objects.exists(), Entry.objects.exists(), SealedFile.objects.exists()) == (not is_purged,) * 3
    assert ReportTombstone.objects.filter(reference=report.reference, outcome="referred").exists() == is_purged
    assert RecipientKey.objects.exists()


def test_figures_for_the_board_count_what_is_gone_too():
    olga = officer("olga")
    year = timezone.localdate().year
    report, _receipt = file_report(category="privacy", received_on=date(year, 1, 5))
    services.answer(report, unlocked(olga), "Thank you")
    Entry.objects.filter(kind="message").update(on=date(year, 1, 7))
    ReportTombstone.objects.create(
        reference="RPT-OLD", category="fraud", received_on=date(year, 2, 2), closed_on=date(year, 2, 4), outcome="outside"
    )
    page = desk(olga, "").get(f"/admin/compliance/statistics/?year={year}").text
    assert "2 business days" in page
    for label in ("Privacy or security of health information", "Fraud, waste or abuse", "Not a matter of compliance"):
        assert f"<dt>{label}</dt><dd>1</dd>" in page
    assert desk(olga, "").get("/admin/compliance/statistics/?year=x").status_code == 200


def test_a_report_that_is_gone_counts_for_nobody_who_was_shut_out_of_it():
    olga, omar = officer("olga"), officer("omar")
    ended = date(2010, 3, 2)
    gone = {"stage": "closed", "outcome": "referred", "closed_on": ended, "retention_until": ended, "reporter_wrote_on": ended}
    file_report([omar], received_on=date(2010, 3, 1), **gone)
    assert retention.purge_due() == 1
    for user, shows in ((olga, True), (omar, False)):
        page = desk(user, "").get("/admin/compliance/statistics/?year=2010").text
        assert ("2010" in page) is shows and ("<dt>Referred to an authority</dt><dd>1</dd>" in page) is shows


MONDAY = timezone.make_aware(timezone.datetime(2026, 11, 23, 8))


def test_one_mail_a_day_with_counts_alone_and_none_about_what_one_is_shut_out_of(monkeypatch):
    olga, omar = officer("olga"), officer("omar")
    report, _receipt = file_report([omar], received_on=date(2026, 11, 20), due_on=date(2026, 11, 20))
    for moment, count in ((MONDAY.replace(hour=6), 0), (MONDAY.replace(day=22), 0), (MONDAY, 1), (MONDAY, 0)):
        monkeypatch.setattr(timezone, "now", lambda at=moment: at)
        assert digest.send() == count
    mail = Message.objects.get()
    assert mail.to == olga.email
    assert "Overdue: 1" in mail.body and "Assigned to nobody: 1" in mail.body
    assert report.reference not in mail.body + mail.subject and "Fraud" not in mail.body


def test_no_mail_tells_at_what_time_a_reporter_wrote(monkeypatch):
    olga = officer("olga")
    monkeypatch.setattr(timezone, "now", lambda: MONDAY.replace(hour=10))
    report, receipt = file_report()
    assert digest.send() == 0  # a mail of ten o'clock would say that a report came then
    monkeypatch.setattr(timezone, "now", lambda: MONDAY.replace(day=24))
    assert digest.send() == 1 and "Assigned to nobody: 1" in Message.objects.get().body
    services.answer(report, unlocked(olga), "Which weeks was it?")
    services.assign(report, unlocked(olga), olga)
    monkeypatch.setattr(timezone, "now", lambda: MONDAY.replace(day=25, hour=10))
    with transaction.atomic():
        follow_up.answer(report, sealing.receipt_keys(receipt).pair.private, "In May.", [])
    assert digest.send() == 0
    monkeypatch.setattr(timezone, "now", lambda: MONDAY.replace(day=26))
    assert digest.send() == 0  # Thanksgiving
    monkeypatch.setattr(timezone, "now", lambda: MONDAY.replace(day=30))
    assert digest.send() == 1 and "answer: 1" in Message.objects.latest("pk").body
