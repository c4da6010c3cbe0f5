"""Sending a report: it and the note that it was sent, in one transaction."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from compliance import attachments, sealing, thread
from compliance.filings import Held
from compliance.models import Recusal, Report
from lacare_site import transactions
from lacare_site.casework import business_days, references
from lacare_site.intake import codes


def receipt_of(held: Held) -> str:
    """The receipt that always belongs to this filing: whoever sends twice, or sees no answer, gets the same one."""
    return codes.derived(held.secret, "compliance receipt")


def send(held: Held, category: str, values: dict, officers: list[int]) -> Report:
    """Seals the report of a filing that the caller has locked, or gives that which it became before. `officers`: accounts that it is about.

    Raises CopyFailed before anything is written.
    """
    transactions.require("A report")
    if sent := Report.objects.filter(submission_key=held.submission_key).first():
        return sent
    files = attachments.to_send(held)
    keys = sealing.receipt_keys(receipt_of(held))
    thread.hold_keys()  # after all that takes its time
    report = Report.objects.create(
        reference=references.new("RPT"),
        category=category,
        language=get_language(),
        is_named=bool(values["named"]),
        due_on=business_days.add(timezone.localdate(), settings.COMPLIANCE_RULES["first_answer"]),
        receipt_lookup=keys.lookup,
        reporter_key=keys.pair.public,
        submission_key=held.submission_key,
    )
    Recusal.objects.bulk_create(Recusal(report=report, officer_id=officer, by_reporter=True) for officer in officers)
    opened = thread.give_keys(report, thread.recipients(without=officers))
    thread.write(report, "report", thread.THREAD, opened[thread.THREAD], values, files=files)
    return report
