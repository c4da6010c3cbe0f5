"""A deadline that comes near is told to those who supervise the desk, before it is missed: a mail that says which case, and no more."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lacare_site import transactions
from lacare_site.casework import audit, clocks, registry, rights
from lacare_site.casework.models import Case, CaseClock, CaseEvent
from lacare_site.languages import DEFAULT
from lacare_site.outbox import services as outbox


def run() -> int:
    """Warns of all deadlines for which the time has come; returns how many. For each round of the housekeeping."""
    due = CaseClock.objects.filter(met_at=None, warn_at__lte=timezone.now())
    return transactions.each_alone(set(due.values_list("case_id", flat=True)), _warn_of, "Deadlines could not be warned of")


@transaction.atomic
def _warn_of(key: int) -> int:
    case = Case.objects.select_for_update().filter(pk=key).first()
    return warn(case, timezone.now()) if case else 0


def warn(case: Case, now: datetime) -> int:
    """Warns of the deadlines of this case for which the time has come; returns how many. Needs a transaction, and the case locked."""
    rows = list(case.clocks.filter(met_at=None, warn_at__lte=now))
    for row in rows:
        clock = registry.get(case.kind).clock(row.key)
        clocks.warned(row, now)
        event = case.events.create(kind=CaseEvent.Kind.ESCALATED, text=clock.label, at=now)
        audit.record(None, "case.escalated", case.reference, {"clock": clock.key})
        _mail(case, row, event)
    return len(rows)


def _mail(case: Case, row: CaseClock, event: CaseEvent) -> None:
    context, key = {"case": case, "due_at": row.due_at}, f"escalated-{event.pk}"
    kind = registry.get(case.kind)
    told = {user.pk: user.email for user in rights.supervisors(kind)} or {"nobody": kind.mailbox}
    for who, to in told.items():
        outbox.write("case_escalated", to, context, DEFAULT, f"{key}-{who}")
