"""What a reporter who has come back may do: find their report, and write into it."""

import unicodedata

from django.utils import timezone

from compliance import sealing, thread
from compliance.models import Report
from lacare_site import transactions
from lacare_site.intake import codes


def find(typed: str) -> tuple[Report, bytes] | None:
    """The report of a receipt as somebody typed it, and the private key that follows from the receipt. What is no receipt at all takes as
    long as any other."""
    plain = unicodedata.normalize("NFKC", typed[: codes.LONGEST_INPUT])
    keys = sealing.receipt_keys(codes.read(plain) or plain)
    report = Report.objects.filter(receipt_lookup=keys.lookup).first()
    return (report, keys.pair.private) if report else None


def key_of(report: Report, private: bytes) -> bytes:
    """The key of the thread as it is now, in the caller's transaction: officers may have given the report new ones since it was opened."""
    transactions.require("A report's key")
    return thread.key_for(report, thread.THREAD, private)


def answer(report: Report, private: bytes, text: str, files: list[thread.File]) -> None:
    """Seals a message of the reporter, in the caller's transaction."""
    key = key_of(report, private)
    thread.write(report, "message", thread.THREAD, key, {"text": text}, files=files)
    report.reporter_wrote_on = timezone.localdate()
    report.save(update_fields=["reporter_wrote_on"])
