"""What happened with the cases of one kind in a year or a quarter of it: counts for whoever supervises, and for the regulator."""

from calendar import month_abbr
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from statistics import median

from django.db.models import Q
from django.utils import timezone

from lacare_site import typed_text
from lacare_site.casework import business_days, clocks
from lacare_site.casework.limits import Unit
from lacare_site.casework.models import VOID, Case, CaseClock, Tombstone
from lacare_site.casework.registry import CaseKind, Facet

NOT_KEPT = "Not kept"
MET = {"in time": True, "late": False, "withdrawn before": VOID}
QUARTERS = {"": "Whole year", "1": "January to March", "2": "April to June", "3": "July to September", "4": "October to December"}


@dataclass(frozen=True)
class Period:
    """A year, or one `quarter` of it; 0 for all."""

    year: int
    quarter: int = 0

    @property
    def months(self) -> range:
        return range(3 * self.quarter - 2, 3 * self.quarter + 1) if self.quarter else range(1, 13)

    def __contains__(self, day: date | None) -> bool:
        return bool(day) and day.year == self.year and day.month in self.months

    @property
    def condition(self) -> Q:
        """Cases that were received or ended in it."""
        end = (self.year + 1, 1) if self.months[-1] == 12 else (self.year, self.months[-1] + 1)
        ends = [timezone.make_aware(datetime.combine(date(*month, 1), time())) for month in ((self.year, self.months[0]), end)]
        return Q(received_at__gte=ends[0], received_at__lt=ends[1]) | Q(closed_at__gte=ends[0], closed_at__lt=ends[1])


@dataclass(frozen=True)
class Row:
    """One case. `in_time` says of its clocks whether they were met in time, or VOID, None while that is open; `facets` has a value for each of its
    kind's, None where it is not known any more."""

    received: date
    closed: date | None
    outcome: str
    in_time: Mapping[str, bool | str | None]
    facets: tuple


@dataclass(frozen=True)
class Line:
    """Counts of some cases: those received and those ended in a period; of the received ones, by clock, how many met it in time, how
    many did not or are overdue, and how many were withdrawn before."""

    label: str
    received: int
    closed: int
    in_time: list[int]
    late: list[int]
    void: list[int]

    @property
    def cells(self) -> list[int]:
        return [
            self.received,
            self.closed,
            *(count for each in zip(self.in_time, self.late, self.void, strict=True) for count in each),
        ]


@dataclass(frozen=True)
class Figures:
    """`shares` are, by clock, those that were met in time among those of which it is known; None without any. `median_days` counts those
    that ended: business days, or calendar days where the law counts so."""

    months: list[Line]
    total: Line
    outcomes: dict[str, int]
    median_days: float | None
    shares: list[tuple[str, float | None]]
    by_facet: list[tuple[Facet, list[Line]]]


def headings(kind: CaseKind) -> list[str]:
    """Of the cells of a line."""
    return ["Received", "Ended", *(f"{clock.label}: {what}" for clock in kind.clocks for what in MET)]


def counts_calendar_days(kind: CaseKind) -> bool:
    return any(limit.unit != Unit.BUSINESS_DAYS for limit in kind.limits)


def years(kind: CaseKind) -> list[int]:
    """The years with cases, the last first; cases whose time is over among them."""
    found = {moment.year for moment in Case.objects.filter(kind=kind.key).datetimes("received_at", "year")}
    found |= {day.year for day in Tombstone.objects.filter(kind=kind.key).dates("received_on", "year")}
    return sorted(found | {timezone.localdate().year}, reverse=True)


def period_of(kind: CaseKind, query: Mapping[str, str]) -> Period:
    """The one that was chosen; this year, or the last with cases, for what is none."""
    known, asked = years(kind), typed_text.number(query.get("year", ""))
    quarter = query.get("quarter", "")
    return Period(asked if asked in known else known[0], int(quarter) if quarter and quarter in QUARTERS else 0)


def of(kind: CaseKind, period: Period) -> Figures:
    rows = _rows(kind, period)
    ended = [row for row in rows if row.closed in period]
    days = [_days(kind, row) for row in ended]
    total = _line(kind, "In all", rows, period)
    return Figures(
        months=[_line(kind, month_abbr[month], rows, Period(period.year), month) for month in period.months],
        total=total,
        outcomes=dict(Counter(row.outcome for row in ended)),
        median_days=median(days) if days else None,
        shares=[
            (clock.label, good / (good + bad) if good + bad else None)
            for clock, good, bad in zip(kind.clocks, total.in_time, total.late, strict=True)
        ],
        by_facet=[(facet, _by_facet(kind, number, rows, period)) for number, facet in enumerate(kind.counted_by)],
    )


def _rows(kind: CaseKind, period: Period) -> list[Row]:
    cases = kind.cases().filter(period.condition)
    running = CaseClock.objects.filter(case__in=cases.values("pk")).select_related("case").order_by("case_id")
    in_time = {key: {row.key: clocks.standing(row) for row in group} for key, group in groupby(running, lambda row: row.case_id)}
    names = [facet.lookup for facet in kind.counted_by]
    rows = [
        Row(timezone.localdate(received), closed and timezone.localdate(closed), stage, in_time.get(key, {}), tuple(values))
        for key, received, closed, stage, *values in cases.values_list("pk", "received_at", "closed_at", "stage", *names)
    ]
    gone = Tombstone.objects.filter(kind=kind.key).values_list("received_on", "closed_on", "outcome", "in_time", "facets")
    return rows + [
        Row(received, closed, outcome, in_time, tuple(chosen.get(facet.key) for facet in kind.counted_by))
        for received, closed, outcome, in_time, chosen in gone
        if received in period or closed in period
    ]


def _line(kind: CaseKind, label: str, rows: Iterable[Row], period: Period, month: int = 0) -> Line:
    received, closed = (
        [row for row in rows if (day := day_of(row)) in period and month in (0, day.month)]
        for day_of in (lambda row: row.received, lambda row: row.closed)
    )
    met = [Counter(row.in_time.get(clock.key) for row in received) for clock in kind.clocks]
    return Line(label, len(received), len(closed), *([count[how] for count in met] for how in MET.values()))


def _by_facet(kind: CaseKind, number: int, rows: list[Row], period: Period) -> list[Line]:
    """A line for each value that occurs, and one for the rest, such as what had been purged before facets were kept: the lines add up."""
    choices, groups = dict(kind.counted_by[number].choices()), defaultdict(list)
    for row in rows:
        value = row.facets[number]
        groups[value if value in choices else None].append(row)
    lines = [_line(kind, str(label), groups[value], period) for value, label in choices.items() if value in groups]
    return lines + ([_line(kind, NOT_KEPT, groups[None], period)] if None in groups else [])


def _days(kind: CaseKind, row: Row) -> int:
    return (row.closed - row.received).days if counts_calendar_days(kind) else business_days.until(row.received, row.closed)


def load(kind: CaseKind) -> dict[str, int]:
    """How many cases stand at each open stage now, and how many of them are overdue (under "overdue")."""
    opened = Case.objects.filter(kind=kind.key, closed_at=None)
    counts = Counter(opened.values_list("stage", flat=True))
    return {**counts, "overdue": opened.filter(due_at__lt=timezone.now()).count()}
