"""Files are kept and given back byte for byte, or not kept at all."""

import errno
import hashlib
import os
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lacare_site.casework import attachments as casework_attachments
from lacare_site.intake import drafts, files, scanner, uploads
from lacare_site.intake import refusals as why
from lacare_site.intake.models import Attachment, Draft
from lacare_site.intake.signatures import TEST_VIRUS
from tests.intake import sample_files

VIRUS_FOR_CLAMD = b"name\n" + TEST_VIRUS[::-1] + b"\n"


def upload(name: str = "letter.pdf", content: bytes = sample_files.PDF):
    file = SimpleUploadedFile("x", content)
    file._name = name  # as a hostile program sends it, past Django's own tidying
    return file


def kept(private_files) -> list[str]:
    return sorted(path.name for path in private_files.rglob("*") if path.is_file())


def refused(draft, *args, **kwargs) -> str:
    with pytest.raises(why.Unfit) as refusal:
        uploads.receive(upload(*args, **kwargs), draft)
    return refusal.value.reason


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(min_size=1, max_size=300), st.binary(max_size=200_000), st.sampled_from(["pdf", "PDF", "Pdf"]))
def test_bytes_out_are_bytes_in(new_draft, name, noise, ending):
    draft = new_draft()
    content = sample_files.PDF.replace(b"endobj\n2", b"endobj\n%" + noise + b"\n2", 1)
    try:
        attachment = uploads.receive(upload(f"{name}.{ending}", content), draft)
    except why.Unfit as refusal:
        # A name of nothing that can be seen; or noise that happens to end the PDF.
        assert refusal.reason in (why.WRONG_NAME, why.DAMAGED, why.MORE_THAN_ONE_FILE, why.WRONG_EXTENSION)
        assert not draft.attachments.exists()
        return
    attachment.refresh_from_db()
    with casework_attachments.open_file(attachment) as file:
        back = file.read()
    assert back == content
    assert (attachment.size, attachment.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert attachment.name.endswith(f".{ending}") and len(attachment.name) <= 200


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("letter.pdf", "letter.pdf"),
        ("Carta  Peña (final).v2.pdf", "Carta Peña (final).v2.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\plan.pdf", "plan.pdf"),
        ("invoice\u202efdp.pdf", "invoicefdp.pdf"),
        ("line\r\nbreak\0.pdf", "linebreak.pdf"),
        ("نامه\u200cها.pdf", "نامه\u200cها.pdf"),
        ("x" * 400 + ".pdf", "x" * 147 + ".pdf"),
        ("evil.php.pdf", "evil.php.pdf"),
        ("<script>.pdf", "<script>.pdf"),
        ("letter.pdf. ", "letter.pdf"),
    ],
)
def test_odd_names_are_shown_safely_and_never_name_a_file(new_draft, private_files, sent, shown):
    attachment = uploads.receive(upload(sent), new_draft())
    assert attachment.name == shown
    assert kept(private_files) == [attachment.path.partition("/")[2]]
    assert shown.partition(".")[0] not in attachment.path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".pdf", why.WRONG_NAME),
        ("\u200b.pdf", why.WRONG_NAME),
        ("pdf", why.WRONG_EXTENSION),
        ("letter.exe", why.WRONG_EXTENSION),
        ("letter.pdf.exe", why.WRONG_EXTENSION),
        ("letter.docm", why.WRONG_EXTENSION),
        ("page.html", why.WRONG_EXTENSION),
        ("letter.", why.WRONG_EXTENSION),
        ("", why.WRONG_EXTENSION),
    ],
)
def test_other_names_are_refused(new_draft, private_files, name, reason):
    assert refused(new_draft(), name) == reason
    assert kept(private_files) == []


def test_the_sentences_name_the_limits_that_hold():
    assert f"{uploads.LARGEST_FILE // 2**20} MB" in why.SENTENCES[why.TOO_LARGE]
    assert f"{uploads.LARGEST_TOTAL // 2**20} MB" in why.SENTENCES[why.NO_ROOM]


def test_nothing_is_kept_of_a_refused_file(new_draft, private_files):
    draft = new_draft()
    assert refused(draft, content=b"") == why.EMPTY
    assert refused(draft, content=b"%PDF-" + bytes(uploads.LARGEST_FILE)) == why.TOO_LARGE
    assert refused(draft, content=b"<html>") == why.WRONG_CONTENT
    assert refused(draft, "virus.csv", TEST_VIRUS) == why.INFECTED
    assert kept(private_files) == [] and not Attachment.objects.exists()


def test_all_files_together_have_a_limit_and_a_replaced_one_does_not_count(new_draft, monkeypatch):
    draft, size = new_draft(), len(sample_files.PDF)
    monkeypatch.setattr(uploads, "LARGEST_TOTAL", 2 * size)
    first = uploads.receive(upload(), draft, "policy")
    uploads.receive(upload("other.pdf"), draft)
    assert refused(draft, "third.pdf") == why.NO_ROOM
    second = uploads.receive(upload("new.pdf"), draft, "policy", replaces=first)
    assert (second.version, second.item) == (2, "policy")
    uploads.remove(second, draft)
    uploads.receive(upload("third.pdf"), draft)
    assert draft.attachments.count() == 4
    monkeypatch.setattr(uploads, "LARGEST_TOTAL", 9 * size)
    monkeypatch.setattr(uploads, "MOST_KEPT", 4 * size)
    assert refused(draft, "fourth.pdf") == why.NO_ROOM
    monkeypatch.setattr(uploads, "MOST_FILES", 4)
    monkeypatch.setattr(uploads, "MOST_KEPT", 9 * size)
    assert refused(draft, "fourth.pdf") == why.TOO_MANY


def test_a_file_for_a_draft_that_was_sent_meanwhile_leaves_nothing_behind(new_draft, private_files):
    draft = new_draft()
    Draft.objects.filter(pk=draft.pk).delete()
    with pytest.raises(drafts.Gone):
        uploads.receive(upload(), draft)
    assert not kept(private_files)


def test_the_same_file_sent_twice_is_one(new_draft, private_files):
    draft = new_draft()
    assert uploads.receive(upload(), draft) == uploads.receive(upload(), draft)
    assert len(kept(private_files)) == 1
    uploads.receive(upload(), draft, "policy")
    assert len(kept(private_files)) == 2


def test_a_file_that_two_people_replace_at_once_is_lost_for_neither(new_draft):
    draft = new_draft()
    first = uploads.receive(upload(), draft, "policy")
    for name in ("one.pdf", "two.pdf"):
        uploads.receive(upload(name), draft, "policy", replaces=first)
    assert sorted(draft.attachments.filter(replaced_at=None).values_list("name", flat=True)) == ["one.pdf", "two.pdf"]


@pytest.mark.django_db(transaction=True)
def test_parallel_uploads_count_one_another(new_draft, monkeypatch, private_files):
    draft = new_draft()
    monkeypatch.setattr(uploads, "LARGEST_TOTAL", 3 * len(sample_files.PDF))

    def send(number: int) -> bool:
        try:
            uploads.receive(upload(f"{number}.pdf"), draft)
        except why.Unfit:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(send, range(6))) == 3
    assert len(kept(private_files)) == draft.attachments.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_six_times_at_once_is_one(new_draft, monkeypatch, private_files):
    draft, all_there = new_draft(), threading.Barrier(6)
    look_through = uploads.look_through
    monkeypatch.setattr(uploads, "look_through", lambda *args: (all_there.wait(30), look_through(*args))[1])

    def send(_number: int) -> int:
        try:
            return uploads.receive(upload(), draft, "policy").pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(send, range(6)))) == 1
    assert len(kept(private_files)) == draft.attachments.count() == 1


@pytest.mark.parametrize("moment", ["fsync", "rename"])
def test_a_full_disk_is_said_and_leaves_nothing(new_draft, private_files, monkeypatch, moment):
    def fail(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    draft = new_draft()
    monkeypatch.setattr(os, moment, fail)
    assert refused(draft) == why.STORE_FULL
    assert kept(private_files) == [] and not draft.attachments.exists()


def test_the_last_room_of_the_disk_is_left_to_all_else(new_draft, private_files, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(total=100 * 2**30, free=2**30 + 100))
    assert refused(new_draft()) == why.STORE_FULL
    assert kept(private_files) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(total=100 * 2**30, free=2**31))
    uploads.receive(upload(), new_draft())


def test_what_a_dead_process_left_behind_is_swept_and_nothing_else(new_draft, private_files):
    attachment = uploads.receive(upload(), new_draft())
    strange = files._folder("attachments") / attachment.path[:2] / ("f" * 32)
    strange.write_bytes(b"x")
    begun = files._folder("incoming") / "begun"
    begun.write_bytes(b"x")
    assert files.sweep() == 0
    old = time.time() - 2 * files.LEFT_OVER
    for path in (p for p in private_files.rglob("*") if p.is_file()):
        os.utime(path, (old, old))
    assert files.sweep() == 2
    assert kept(private_files) == [attachment.path.partition("/")[2]]


def test_a_scanner_finds_what_the_checks_do_not(new_draft, clamd, private_files):
    draft = new_draft()
    assert uploads.receive(upload(), draft).state == Attachment.State.CLEAN
    assert refused(draft, "virus.csv", VIRUS_FOR_CLAMD) == why.INFECTED
    assert len(kept(private_files)) == 1


def test_without_a_scanner_a_file_is_shown_as_not_scanned_and_can_be_opened(new_draft, settings):
    settings.CLAMD_ADDRESS = ""
    attachment = uploads.receive(upload(), new_draft())
    assert attachment.state == Attachment.State.NOT_SCANNED
    casework_attachments.open_file(attachment).close()


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/no/such/socket"])
def test_with_the_scanner_away_a_file_waits_in_quarantine(new_draft, settings, address):
    settings.CLAMD_ADDRESS = address
    draft = new_draft()
    fine = uploads.receive(upload(), draft)
    virus = uploads.receive(upload("virus.csv", VIRUS_FOR_CLAMD), draft)
    assert fine.state == virus.state == Attachment.State.NOT_SCANNED
    with pytest.raises(PermissionError):
        casework_attachments.open_file(fine)
    assert uploads.scan_waiting() == 0


def test_a_file_in_quarantine_is_scanned_once_the_scanner_is_back(new_draft, settings, request):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    draft = new_draft()
    fine = uploads.receive(upload(), draft)
    virus = uploads.receive(upload("virus.csv", VIRUS_FOR_CLAMD), draft)
    request.getfixturevalue("clamd")
    assert uploads.scan_waiting() == 2
    for attachment in (fine, virus):
        attachment.refresh_from_db()
    assert (fine.state, virus.state) == (Attachment.State.CLEAN, Attachment.State.INFECTED)
    casework_attachments.open_file(fine).close()
    with pytest.raises(PermissionError):
        casework_attachments.open_file(virus)


def test_a_file_that_cannot_be_scanned_keeps_no_other_in_quarantine(new_draft, settings, request, monkeypatch):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    draft = new_draft()
    long, lost, *fine = [uploads.receive(upload(f"{number}.pdf"), draft, str(number)) for number in range(4)]
    files.delete([lost.path])
    with files.open_kept(long.path) as file:
        content = file.read() + bytes(1000)
    (files._folder("attachments") / long.path).write_bytes(content)
    clamd = request.getfixturevalue("clamd")
    monkeypatch.setattr(clamd.RequestHandlerClass, "limit", len(content) - 1)
    assert uploads.scan_waiting() == 2
    assert {file.pk for file in draft.attachments.filter(state=Attachment.State.CLEAN)} == {file.pk for file in fine}


def test_a_stream_that_is_too_long_for_the_scanner_is_not_scanned(new_draft, clamd, monkeypatch):
    monkeypatch.setattr(clamd.RequestHandlerClass, "limit", 10)
    assert uploads.receive(upload(), new_draft()).state == Attachment.State.NOT_SCANNED
    assert scanner.is_there()
