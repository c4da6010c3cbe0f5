"""Mails are written in the transaction of what they tell of, and sent by the worker: none is lost, none tells of what did not happen."""

import contextlib
import logging
import smtplib
import time
from collections.abc import Iterable
from datetime import timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import InterfaceError, OperationalError
from django.db import connection as db_connection
from django.db.models import F
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.formats import date_format

from lacare_site import transactions
from lacare_site.outbox.models import Message

logger = logging.getLogger(__name__)

# Longer than a slow conversation with a mail server, whose every step has EMAIL_TIMEOUT seconds.
LEASE = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
LONGEST_NOTING = timedelta(minutes=5)  # shorter than the lease
MOST_ATTEMPTS = 16  # two days
SENT_KEPT = timedelta(days=30)
GIVEN_UP_KEPT = timedelta(days=90)


def write(kind: str, to: str, context: dict, language: str, key: str) -> Message:
    """Puts a mail into the outbox: templates/emails/<kind>.txt in that language, whose first line is the subject.

    `key` names the occasion: the same one again gives the message that is there already. The templates also know `base_url`, `staff_url` and
    `site_name`. Raises TransactionManagementError outside a transaction, and ValidationError for what is no address.
    """
    transactions.require("A mail")
    validate_email(to)
    subject, body = _render(kind, context, language)
    domain = urlsplit(settings.BASE_URL).hostname
    message = Message(
        kind=kind, to=to, language=language, subject=subject, body=body, message_id=make_msgid(domain=domain), key=key
    )
    # Two requests at once with the same key: the second waits for the first, and changes nothing.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return Message.objects.get(key=key)


def deliver(limit: int = 50) -> int:
    """Sends what is due, at most `limit` mails; returns how many were sent. Several workers may do so at once."""
    keys = list(Message.objects.due().order_by("next_attempt_at").values_list("pk", flat=True)[:limit])
    if not keys:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        # The server is down: that is no failed attempt of any one mail, and they wait however long it takes.
        Message.objects.filter(pk__in=keys).update(last_error=type(error).__name__)
        logger.warning("%s mails wait: the mail server does not answer (%s).", len(keys), type(error).__name__)
        return 0
    sent = 0
    try:
        for key in keys:
            if message := _claim(key):
                try:
                    _send(message, connection)
                except Exception as error:
                    _put_off(message, error)
                    # All errors of smtplib are OSErrors, too.
                    if isinstance(error, OSError) and not _is_refusal(error):
                        break  # the server hangs or has gone: the rest waits for the next round
                else:
                    _note_sent(message)
                    sent += 1
    finally:
        with contextlib.suppress(OSError):
            connection.close()
    return sent


def try_again() -> int:
    """Gives the mails that were given up their attempts anew; returns how many there are."""
    return Message.objects.exclude(given_up_at=None).update(given_up_at=None, attempts=0, next_attempt_at=timezone.now())


def fates(keys: Iterable[str]) -> dict[str, str]:
    """What became of mails so far, in words for staff, by their keys; without those that are forgotten."""
    return {message.key: _fate(message) for message in Message.objects.filter(key__in=keys).defer("to", "subject", "body")}


def _fate(message: Message) -> str:
    if message.sent_at:
        return f"sent {date_format(timezone.localtime(message.sent_at), 'M j, Y, g:i A')}"
    return "given up: it reached nobody" if message.given_up_at else "waits to be sent"


def forget_old() -> None:
    """Addresses are not kept for longer than a question about a mail may come."""
    now = timezone.now()
    Message.objects.filter(sent_at__lt=now - SENT_KEPT).delete()
    Message.objects.filter(given_up_at__lt=now - GIVEN_UP_KEPT).delete()


def _render(kind: str, context: dict, language: str) -> tuple[str, str]:
    with translation.override(language):
        template = get_template(f"emails/{kind}.txt").template
        known = {"base_url": settings.BASE_URL, "staff_url": settings.STAFF_URL or settings.BASE_URL, "language": language}
        known["site_name"] = settings.WAGTAIL_SITE_NAME
        text = template.render(Context(known | context, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split())[:255], body.strip() + "\n"


def _claim(key: int) -> Message | None:
    """Takes the mail for this worker, unless another was faster."""
    claim = {"claimed_until": timezone.now() + LEASE, "attempts": F("attempts") + 1}
    return Message.objects.get(pk=key) if Message.objects.due().filter(pk=key).update(**claim) else None


def _send(message: Message, connection) -> None:
    mail = EmailMessage(message.subject, message.body, to=[message.to], connection=connection)
    mail.extra_headers = {
        "Message-ID": message.message_id,
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    mail.send()


def _note_sent(message: Message) -> None:
    """The mail has gone: only what is noted is not sent again, so a database that restarts just now is waited for."""
    sent_at = timezone.now()
    while True:
        try:
            Message.objects.filter(pk=message.pk).update(sent_at=sent_at, claimed_until=None, last_error="")
            return
        except (OperationalError, InterfaceError):
            if timezone.now() > sent_at + LONGEST_NOTING:
                raise
            db_connection.close()
            time.sleep(1)


def _put_off(message: Message, error: Exception) -> None:
    now = timezone.now()
    wait = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
    changes = {"claimed_until": None, "last_error": type(error).__name__, "next_attempt_at": now + wait}
    if _is_final(error) or message.attempts >= MOST_ATTEMPTS:
        changes["given_up_at"] = now
        logger.error("Mail %s (%s) was given up after %s attempts.", message.pk, message.kind, message.attempts)
    Message.objects.filter(pk=message.pk).update(**changes)


def _codes(error: Exception) -> list[int]:
    """The server's answers to this very mail; none where the server itself is the trouble."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused) else []


def _is_refusal(error: Exception) -> bool:
    return bool(_codes(error)) and 421 not in _codes(error)


def _is_final(error: Exception) -> bool:
    """No such mailbox, say. A refused sender is our own mistake, which can be mended meanwhile."""
    return _is_refusal(error) and not isinstance(error, smtplib.SMTPSenderRefused) and all(code >= 500 for code in _codes(error))
