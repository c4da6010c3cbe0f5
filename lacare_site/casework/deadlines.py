"""How a case stands to its deadline, in words; colours only repeat them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from lacare_site.casework import business_days, registry
from lacare_site.casework.models import Case
from lacare_site.casework.workflow import Stage

SOON = 2  # business days


@dataclass(frozen=True)
class Deadline:
    state: str  # overdue, today, soon, later, closed
    words: str


def promised(case: Case) -> datetime:
    """By when its sender was promised an answer: counted from the day of receipt, without the business days on which the case waited for
    them, or was closed."""
    halted = halted_days(case, timezone.localdate())
    return business_days.deadline(case.received_at, registry.get(case.kind).answer_within + halted)


def halted_days(case: Case, until: date) -> int:
    """The business days up to that day on which its clock stood still: the case waited for its sender, or was closed."""
    halts = {stage.key for stage in registry.get(case.kind).workflow.stages.values() if stage.pauses or not stage.is_open}
    moves = [(event.to_stage, timezone.localdate(event.at)) for event in case.events.all() if event.to_stage]
    ends = [day for _stage, day in moves[1:]] + [until]
    return sum(business_days.until(day, end) for (stage, day), end in zip(moves, ends, strict=True) if stage in halts)


def entering(case: Case, stage: Stage, now: datetime) -> datetime | None:
    """The deadline of a case that enters a stage: never later than what was promised, unless it is its sender's turn. None where that
    ends it."""
    if not stage.is_open:
        return None
    own = None if stage.days is None else business_days.deadline(now, stage.days)
    if own and stage.pauses:
        return own
    return min(filter(None, (own, promised(case))))


def of(case: Case) -> Deadline:
    return until(None if case.closed_at else timezone.localdate(case.due_at))


def until(due: date | None) -> Deadline:
    """How today stands to that day; None is the deadline of what is closed."""
    if due is None:
        return Deadline("closed", "Closed")
    today = timezone.localdate()
    if due < today:
        return Deadline("overdue", f"Overdue by {_days((today - due).days, 'day')}")
    if due == today:
        return Deadline("today", "Due today")
    left = max(business_days.until(today, due), 1)  # a weekend alone lies between
    return Deadline("soon" if left <= SOON else "later", f"Due in {_days(left, 'business day')}")


def soon_ends_at():
    """Until when a deadline counts as soon."""
    return business_days.deadline(timezone.now(), SOON)


def today_ends_at():
    return business_days.end_of(timezone.localdate())


def today_begins_at():
    return business_days.end_of(timezone.localdate() - timedelta(days=1)) + timedelta(seconds=1)


def _days(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
