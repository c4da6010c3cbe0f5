"""What runs against each case: its clocks, by when each has to be met, when those who supervise are warned, and what meets it.

Every function that changes something belongs into the transaction of what it follows from, with the case locked.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from lacare_site.casework import registry
from lacare_site.casework.limits import Limit
from lacare_site.casework.models import Case, CaseClock, CaseEvent
from lacare_site.casework.workflow import Clock


def count_anew(case: Case, now: datetime) -> None:
    """Sets each clock that has not been met to when it has to be, as the case stands: those of a new case, and what has changed. A clock
    that no rule asks for any more is gone; what was promised stays, though the case be urgent by now."""
    rows = {row.key: row for row in case.clocks.all()}
    for clock in registry.get(case.kind).clocks:
        row = rows.get(clock.key) or CaseClock(case=case, key=clock.key)
        due_at = due_of(case, clock, is_extended=bool(row.extended_at))
        if due_at and not row.met_at and due_at != row.due_at:
            row.due_at, row.warned_at = due_at, None  # a new deadline is warned of anew, at once where the time for that has come
            row.met_at = None if row.pk else _met_before(case, clock)
            row.warn_at = None if row.met_at else _next_warning(case, row, now)
            row.save()
        elif row.pk and not row.met_at and not due_at and not _limit(case, clock, is_urgent=False):
            row.delete()


def meet(case: Case, what: str, now: datetime) -> None:
    """Stops the clocks that this stage or letter meets; the end of the case stops all that do not run on, and where it was withdrawn,
    nothing has met them."""
    kind = registry.get(case.kind)
    met = [clock.key for clock in kind.clocks if what in clock.met_by]
    running(case).filter(key__in=met).update(met_at=now, warn_at=None)
    if case.closed_at:
        ended = [clock.key for clock in kind.clocks if not clock.runs_on]
        is_void = kind.workflow.stages[case.stage].withdrawn
        running(case).filter(key__in=ended).update(met_at=now, is_void=is_void, warn_at=None)


def take_up_again(case: Case, closed_at: datetime, now: datetime) -> None:
    """What the end of the case had stopped runs again, now that it is open."""
    for row in case.clocks.filter(met_at=closed_at):
        row.met_at, row.is_void, row.warn_at = None, False, _next_warning(case, row, now)
        row.save(update_fields=["met_at", "is_void", "warn_at"])


def running(case: Case) -> QuerySet:
    return case.clocks.filter(met_at=None)


def due_of(case: Case, clock: Clock, *, is_extended: bool = False) -> datetime | None:
    """By when the clock has to be met, as the case stands; None where no limit holds. One that pauses leaves out the time in which the
    case waited for its sender, or was closed."""
    limit = limit_of(case, clock)
    if limit is None:
        return None
    due_at = limit.after(case.urgent_at if limit.is_urgent else case.received_at, _halted(case, limit) if clock.pauses else 0)
    return limit.extended(due_at) if is_extended and limit.extension else due_at


def standing(row: CaseClock) -> bool | str | None:
    """`is_in_time` as it is now: what has been counted of a clock that pauses was counted when its case last moved."""
    clock = registry.get(row.case.kind).clock(row.key)
    if row.met_at or row.is_in_time is None or not clock.pauses:
        return row.is_in_time
    due_at = due_of(row.case, clock, is_extended=bool(row.extended_at))
    return None if due_at and due_at >= timezone.now() else False


def promised(case: Case, clock: Clock) -> datetime | None:
    """By when its sender was promised what meets this clock: `due_of` with the time that was added."""
    return due_of(case, clock, is_extended=case.clocks.filter(key=clock.key, extended_at__isnull=False).exists())


def limit_of(case: Case, clock: Clock) -> Limit | None:
    return _limit(case, clock, is_urgent=bool(case.urgent_at))


def extendable(case: Case) -> list[tuple[Clock, Limit]]:
    """The running clocks of a case that may be given more time, each once."""
    clocks = registry.get(case.kind).clocks
    keys = set(running(case).filter(extended_at=None).values_list("key", flat=True))
    return [(clock, limit) for clock in clocks if clock.key in keys and (limit := limit_of(case, clock)) and limit.extension]


def warned(row: CaseClock, now: datetime) -> None:
    """Those who supervise have been told: notes when they are next."""
    row.warned_at = now
    row.warn_at = _next_warning(row.case, row, now)
    row.save(update_fields=["warned_at", "warn_at"])


def _limit(case: Case, clock: Clock, *, is_urgent: bool) -> Limit | None:
    return registry.get(case.kind).limit(clock, timezone.localdate(case.received_at), case.track, is_urgent=is_urgent)


def _warnings(case: Case, row: CaseClock) -> list[datetime]:
    """The moments of all warnings, the first one first."""
    limit = limit_of(case, registry.get(case.kind).clock(row.key))
    if limit is None:
        return []
    since = case.urgent_at if limit.is_urgent else case.received_at
    return sorted(since + (row.due_at - since) * share for share in limit.warn_at)


def _next_warning(case: Case, row: CaseClock, now: datetime) -> datetime | None:
    """When those who supervise are to be warned of this deadline next: at once, where a moment has passed of which they were not."""
    moments = _warnings(case, row)
    if row.warned_at:
        return next((moment for moment in moments if moment > row.warned_at), None)
    return max((moment for moment in moments if moment <= now), default=min(moments, default=None))


def _met_before(case: Case, clock: Clock) -> datetime | None:
    """When something had met a clock that begins to run only now."""
    letters = {letter.label for letter in registry.get(case.kind).letters if letter.key in clock.met_by}
    for event in case.events.all() if clock.met_by else ():
        if event.to_stage in clock.met_by or (event.kind == CaseEvent.Kind.LETTER and event.reason in letters):
            return event.at
    return None


def _halted(case: Case, limit: Limit) -> int:
    """Of the limit's unit, how much time the case has waited for its sender or was closed."""
    stages = registry.get(case.kind).workflow.stages.values()
    halts = {stage.key for stage in stages if stage.pauses or not stage.is_open}
    moves = list(case.events.filter(to_stage__gt="").values_list("to_stage", "at"))
    ends = [at for _stage, at in moves[1:]] + [timezone.now()]
    return sum(limit.passed(at, end) for (stage, at), end in zip(moves, ends, strict=True) if stage in halts)
