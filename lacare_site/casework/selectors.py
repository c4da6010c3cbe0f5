"""What desks read."""

from collections import Counter
from dataclasses import dataclass, fields
from statistics import median

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from lacare_site.casework import business_days, deadlines
from lacare_site.casework.models import Case, CaseEvent, Tombstone
from lacare_site.casework.registry import CaseKind

OPEN, CLOSED = "open", "closed"
ASSIGNED = {"": "Anybody", "me": "Me", "nobody": "Nobody"}
DUE = {"": "Any time", "overdue": "Overdue", "today": "Today", "soon": "Within 2 business days"}


@dataclass(frozen=True)
class Filters:
    """What a list of cases is narrowed down to; unknown values count as none."""

    q: str = ""
    stage: str = OPEN
    assigned: str = ""
    due: str = ""

    @classmethod
    def of(cls, query) -> "Filters":
        """From what was chosen and typed, by field."""
        return cls(**{field.name: query[field.name].replace("\0", "").strip() for field in fields(cls) if field.name in query})


def find(kind: CaseKind, filters: Filters, user) -> QuerySet:
    """The cases of this kind that match, the most urgent first."""
    cases = kind.cases()
    if filters.stage in kind.workflow.stages:
        cases = cases.filter(stage=filters.stage)
    elif filters.stage in (OPEN, CLOSED):
        cases = cases.filter(closed_at__isnull=filters.stage == OPEN)
    if filters.assigned == "me":
        cases = cases.filter(assigned_to=user)
    elif filters.assigned == "nobody":
        cases = cases.filter(assigned_to=None)
    elif filters.assigned.isdecimal() and len(filters.assigned) < 10:
        cases = cases.filter(assigned_to=int(filters.assigned))
    if filters.due == "overdue":
        cases = cases.filter(due_at__lt=deadlines.today_begins_at())
    elif filters.due == "today":
        cases = cases.filter(due_at__range=(deadlines.today_begins_at(), deadlines.today_ends_at()))
    elif filters.due == "soon":
        cases = cases.filter(due_at__lte=deadlines.soon_ends_at())
    for word in filters.q.split():
        wanted = Q(reference__icontains=word)
        for name in kind.search_fields:
            wanted |= Q(**{f"{name}__icontains": word})
        cases = cases.filter(wanted)
    return cases.order_by(F("due_at").asc(nulls_last=True), "-received_at", "pk")


def in_charge(case: Case):
    """The account that has the case and gets mail; None where there is none."""
    worker = case.assigned_to
    return worker if worker and worker.is_active and worker.email else None


def public_events(case: Case) -> QuerySet:
    """The stages that a case has been through, for whoever sent it in: no names, no notes, no reasons."""
    return case.events.filter(to_stage__gt="").only("at", "kind", "from_stage", "to_stage")


@dataclass(frozen=True)
class Figures:
    """What happened with one kind in one year. Days are business days. `in_time` is the share of the closed ones that ended within the
    days that were promised, without those on which they waited for their sender; None without any."""

    received: list[int]  # by month
    closed: list[int]
    outcomes: dict[str, int]
    median_days: float | None
    in_time: float | None


def years(kind: CaseKind) -> list[int]:
    """The years with cases, the last first; cases whose time is over among them."""
    found = {moment.year for moment in Case.objects.filter(kind=kind.key).datetimes("received_at", "year")}
    found |= {day.year for day in Tombstone.objects.filter(kind=kind.key).dates("received_on", "year")}
    return sorted(found | {timezone.localdate().year}, reverse=True)


def tombstone(case: Case) -> Tombstone:
    """What would be left of a closed case, were it deleted today."""
    closed_on = timezone.localdate(case.closed_at)
    return Tombstone(
        reference=case.reference,
        kind=case.kind,
        received_on=timezone.localdate(case.received_at),
        closed_on=closed_on,
        purged_on=timezone.localdate(),
        outcome=case.stage,
        halted_days=deadlines.halted_days(case, closed_on),
    )


def figures(kind: CaseKind, year: int) -> Figures:
    cases, gone = Case.objects.filter(kind=kind.key), Tombstone.objects.filter(kind=kind.key)
    arrivals = [
        timezone.localdate(moment) for moment in cases.filter(received_at__year=year).values_list("received_at", flat=True)
    ]
    arrivals += gone.filter(received_on__year=year).values_list("received_on", flat=True)
    moves = Prefetch("events", CaseEvent.objects.filter(to_stage__gt=""))
    ended = [*map(tombstone, cases.filter(closed_at__year=year).prefetch_related(moves)), *gone.filter(closed_on__year=year)]
    received, closed = Counter(day.month for day in arrivals), Counter(stone.closed_on.month for stone in ended)
    days = [business_days.until(stone.received_on, stone.closed_on) for stone in ended]
    in_time = sum(count - stone.halted_days <= kind.answer_within for count, stone in zip(days, ended, strict=True))
    return Figures(
        received=[received[month] for month in range(1, 13)],
        closed=[closed[month] for month in range(1, 13)],
        outcomes=dict(Counter(stone.outcome for stone in ended)),
        median_days=median(days) if days else None,
        in_time=in_time / len(ended) if ended else None,
    )


def load(kind: CaseKind) -> dict[str, int]:
    """How many cases stand at each open stage now, and how many of them are overdue (under "overdue")."""
    opened = Case.objects.filter(kind=kind.key, closed_at=None)
    counts = Counter(opened.values_list("stage", flat=True))
    return {**counts, "overdue": opened.filter(due_at__lt=deadlines.today_begins_at()).count()}
