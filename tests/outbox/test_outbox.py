"""Mail: written with what it tells of, sent once, whatever happens to worker and server."""

import logging
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from lacare_site.outbox import services
from lacare_site.outbox.models import Message
from lacare_site.worker import housekeeping
from tests.harness.clones import ROOT
from tests.outbox.conftest import write

WORKER = """
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", {port}, 60
from lacare_site.outbox import services
services.deliver()
"""


def skip_the_wait() -> None:
    Message.objects.update(next_attempt_at=timezone.now(), claimed_until=None)


def test_a_mail_arrives_in_its_language_with_its_own_id(db, mailbox):
    message = write("INQ-1", language="es")
    housekeeping.once()
    (mail,) = mailbox.mails
    found = message_from_bytes(mail.content)
    assert mail.rcpt_tos == ["sender@example.org"]
    assert found["Message-ID"] == message.message_id
    assert found["Subject"] == "Buscar: INQ-1"
    assert "INQ-1: http" in found.get_payload()
    message.refresh_from_db()
    assert message.sent_at and services.deliver() == 0


@pytest.mark.django_db(transaction=True)
def test_a_mail_belongs_to_a_transaction_and_goes_with_it(mailbox):
    with pytest.raises(TransactionManagementError):
        services.write("inquiry_news", "a@example.org", {}, "en", "key")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.write("inquiry_news", "a@example.org", {}, "en", "key")
        raise ZeroDivisionError
    assert services.deliver() == 0 and not mailbox.mails


def test_the_same_occasion_is_one_mail(db, mailbox):
    assert write("INQ-1") == write("INQ-1", to="other@example.org")
    assert services.deliver() == 1


@pytest.mark.parametrize("address", ["nobody", "a@b\nBcc: c@example.org", ""])
def test_what_is_no_address_is_refused(db, address):
    with pytest.raises(ValidationError):
        write("INQ-1", to=address)


def test_a_context_cannot_add_headers(db, mailbox):
    write("INQ-1", reference="INQ-1\nBcc: other@example.org")
    services.deliver()
    found = message_from_bytes(mailbox.mails[0].content)
    assert found["Bcc"] is None and mailbox.mails[0].rcpt_tos == ["sender@example.org"]


@pytest.mark.parametrize("trouble", ["server_is_down", "server_hangs"])
def test_mail_waits_for_a_server_that_does_not_answer(db, request, caplog, trouble):
    for number in range(20):
        write(f"INQ-{number}")
    request.getfixturevalue(trouble)
    began = time.monotonic()
    assert services.deliver() == 0
    assert time.monotonic() - began < 10, "one time-out, not one for each mail"
    assert set(Message.objects.values_list("given_up_at", flat=True)) == {None}
    assert "@" not in caplog.text and "INQ" not in caplog.text
    box = request.getfixturevalue("mailbox")
    skip_the_wait()
    assert services.deliver() == 20 == len(box.mails)


def test_an_address_that_is_refused_does_not_hold_up_the_others(db, mailbox, caplog):
    refused, busy, good = write("1", "a@refused.example"), write("2", "b@busy.example"), write("3")
    assert services.deliver() == 1
    for message in (refused, busy, good):
        message.refresh_from_db()
    assert refused.given_up_at and not busy.given_up_at and good.sent_at
    assert refused.last_error == "SMTPRecipientsRefused"
    assert busy.next_attempt_at > timezone.now() + timedelta(seconds=50)
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "refused.example" not in record.getMessage()


def test_attempts_grow_rarer_and_end(db, mailbox):
    message = write("1", "b@busy.example")
    waits = []
    for _ in range(services.MOST_ATTEMPTS):
        skip_the_wait()
        services.deliver()
        message.refresh_from_db()
        waits.append(message.next_attempt_at - timezone.now())
    assert max(waits) <= services.LONGEST_WAIT
    assert waits[0] < timedelta(minutes=2) and waits[-1] > timedelta(hours=5)
    assert message.given_up_at and services.deliver() == 0
    assert services.try_again() == 1
    Message.objects.update(to="sender@example.org")
    assert services.deliver() == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_mail_once(mailbox):
    for number in range(30):
        write(f"INQ-{number}")

    def work(_):
        try:
            return services.deliver()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(6))) == 30
    assert len(mailbox.mails) == 30


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_amid_sending_loses_no_mail_and_doubles_none(mailbox, settings):
    """It dies when the server has the mail and has not said so: sent again, the mail has the same id, and is one to its receiver."""
    write("INQ-1")
    mailbox.is_slow = True
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", WORKER.format(port=settings.EMAIL_PORT)], cwd=ROOT
    )
    while not mailbox.mails:
        assert worker.poll() is None
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    mailbox.is_slow = False
    write("INQ-2")
    assert services.deliver() == 1, "the first is still in the dead worker's hand"
    Message.objects.filter(sent_at=None).update(claimed_until=timezone.now())
    assert services.deliver() == 1
    found = [message_from_bytes(mail.content)["Message-ID"] for mail in mailbox.mails]
    assert sorted(set(found)) == sorted(Message.objects.values_list("message_id", flat=True))
    assert len(found) == 3 and not Message.objects.filter(sent_at=None).exists()


def test_old_mail_is_forgotten_and_unsent_mail_is_not(db):
    sent, given_up, waiting = write("1"), write("2"), write("3")
    long_ago = timezone.now() - timedelta(days=100)
    Message.objects.filter(pk=sent.pk).update(sent_at=long_ago)
    Message.objects.filter(pk=given_up.pk).update(given_up_at=long_ago)
    Message.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    services.forget_old()
    assert list(Message.objects.all()) == [waiting]
