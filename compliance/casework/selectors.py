"""What the desk reads of reports without opening any. Nobody sees, or is counted, what they are shut out of."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from statistics import median

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from compliance.casework.officers import reports_for
from compliance.models import Entry, Report, ReportTombstone
from lacare_site.casework import business_days, deadlines

OPEN = "open"
STATES = {OPEN: "Open", **dict(Report.Stage.choices), "all": "All"}
ASSIGNED = {"": "Anybody", "me": "Me", "nobody": "Nobody"}
DUE = {"": "Any time", "overdue": "Overdue", "today": "Today", "soon": f"Within {deadlines.SOON} business days"}
WAITING = {"": "All", "yes": "Waiting for an officer"}


@dataclass(frozen=True)
class Filters:
    """What a list of reports is narrowed down to; unknown values count as none."""

    state: str = OPEN
    category: str = ""
    assigned: str = ""
    due: str = ""
    waiting: str = ""

    @classmethod
    def of(cls, query) -> "Filters":
        """From the fields of an address."""
        return cls(**{field.name: query[field.name].strip() for field in fields(cls) if field.name in query})


def find(filters: Filters, user, before: date | None = None) -> QuerySet:
    """The reports that match, the most urgent first. With `before`, as if reporters had done nothing on that day and later."""
    reports = with_last_author(reports_for(user), before).select_related("assigned_to")
    today = timezone.localdate()
    if before:
        reports = reports.filter(received_on__lt=before)
    if filters.state in Report.Stage.values:
        reports = reports.filter(stage=filters.state)
    elif filters.state != "all":
        reports = reports.exclude(stage=Report.Stage.CLOSED)
    if filters.category in Report.Category.values:
        reports = reports.filter(category=filters.category)
    if filters.assigned == "me":
        reports = reports.filter(assigned_to=user)
    elif filters.assigned == "nobody":
        reports = reports.filter(assigned_to=None)
    elif filters.assigned.isdecimal() and len(filters.assigned) < 10:
        reports = reports.filter(assigned_to=int(filters.assigned))
    if filters.due == "overdue":
        reports = reports.filter(due_on__lt=today)
    elif filters.due == "today":
        reports = reports.filter(due_on=today)
    elif filters.due == "soon":
        reports = reports.filter(due_on__lte=business_days.add(today, deadlines.SOON))
    if filters.waiting == "yes":
        reports = reports.filter(last_author=None)
    return reports.order_by(F("due_on").asc(nulls_last=True), "-received_on", "reference")


def with_last_author(reports: QuerySet, before: date | None = None) -> QuerySet:
    """`last_author` of the thread: None where the reporter wrote last, and waits for an officer."""
    last = Entry.objects.filter(report=OuterRef("pk"), kind__in=(Entry.Kind.REPORT, Entry.Kind.MESSAGE)).order_by("-number")
    if before:
        last = last.filter(Q(author__isnull=False) | Q(on__lt=before))
    return reports.annotate(last_author=Subquery(last.values("author")[:1]))


@dataclass(frozen=True)
class Figures:
    """What happened in one year. Days are business days from receipt; None where there is nothing to count."""

    received: list[int]  # by month
    closed: list[int]
    categories: dict[str, int]  # of those received
    outcomes: dict[str, int]  # of those closed
    days_to_answer: float | None
    days_to_close: float | None


def years(user) -> list[int]:
    """The years with reports, the last first."""
    found = {day.year for day in reports_for(user).dates("received_on", "year")}
    found |= {day.year for day in _tombstones_for(user).dates("received_on", "year")}
    return sorted(found | {timezone.localdate().year}, reverse=True)


def _tombstones_for(user) -> QuerySet:
    return ReportTombstone.objects.exclude(shut_out=user)


def figures(user, year: int) -> Figures:
    answered = Q(entries__kind=Entry.Kind.MESSAGE, entries__author__isnull=False)
    reports = reports_for(user).annotate(answered_on=Min("entries__on", filter=answered))
    rows = list(reports.values_list("received_on", "closed_on", "category", "outcome", "answered_on"))
    tombstones = _tombstones_for(user).values_list("received_on", "closed_on", "category", "outcome")
    rows += [(*row, None) for row in tombstones]
    received = [row for row in rows if row[0].year == year]
    closed = [row for row in rows if row[1] and row[1].year == year]
    answers = [business_days.until(row[0], row[4]) for row in received if row[4]]
    ends = [business_days.until(row[0], row[1]) for row in closed]
    months, ended = Counter(row[0].month for row in received), Counter(row[1].month for row in closed)
    return Figures(
        received=[months[month] for month in range(1, 13)],
        closed=[ended[month] for month in range(1, 13)],
        categories=dict(Counter(row[2] for row in received)),
        outcomes=dict(Counter(row[3] for row in closed)),
        days_to_answer=median(answers) if answers else None,
        days_to_close=median(ends) if ends else None,
    )


def load(user) -> dict[str, int]:
    """How many reports stand at each open stage now, and how many of them are overdue (under "overdue")."""
    opened = reports_for(user).exclude(stage=Report.Stage.CLOSED)
    counts = Counter(opened.values_list("stage", flat=True))
    return {**counts, "overdue": opened.filter(due_on__lt=timezone.localdate()).count()}
