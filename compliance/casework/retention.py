"""Reports whose time is over go, and leave a tombstone: never under legal hold, never within 30 days after the reporter wrote."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from compliance import thread
from compliance.models import Report, ReportTombstone
from lacare_site.casework import audit

AFTER_THE_REPORTER_WROTE = timedelta(days=30)


def purge_due() -> int:
    """Deletes such reports, each in a transaction of its own; returns how many. For the worker's housekeeping."""
    purged, errors = 0, []
    for key in list(_due().values_list("pk", flat=True)):
        try:
            purged += _purge(key)
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("Reports could not be purged", errors)
    return purged


@transaction.atomic
def _purge(key: int) -> bool:
    thread.hold_keys()
    report = _due().filter(pk=key).select_for_update().first()
    if report is None:
        return False  # held, or written to, meanwhile
    tombstone = ReportTombstone.objects.create(
        reference=report.reference,
        category=report.category,
        received_on=report.received_on,
        closed_on=report.closed_on,
        outcome=report.outcome,
    )
    tombstone.shut_out.set(report.recusals.values_list("officer", flat=True))
    audit.record(None, "compliance.purged", report.reference)
    report.delete()
    return True


def _due():
    today = timezone.localdate()
    return Report.objects.filter(
        stage=Report.Stage.CLOSED,
        retention_until__lt=today,
        legal_hold=False,
        reporter_wrote_on__lt=today - AFTER_THE_REPORTER_WROTE,
    )
