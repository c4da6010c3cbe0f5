"""How a case stands to its deadline, in words; colours only repeat them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from lacare_site.casework import business_days, clocks, registry
from lacare_site.casework.models import Case
from lacare_site.casework.workflow import Stage

SOON = 2  # business days


@dataclass(frozen=True)
class Deadline:
    state: str  # overdue, today, soon, later, none, closed
    words: str


def of_stage(case: Case, stage: Stage, entered_at: datetime) -> datetime | None:
    """The deadline of a case that entered a stage then: its own, but never later than a clock that runs. While it is its sender's turn,
    those that pause do not count. None where the stage ends the case, and where nothing runs."""
    if not stage.is_open:
        return None
    own = None if stage.days is None else business_days.deadline(entered_at, stage.days)
    halts = {clock.key for clock in registry.get(case.kind).clocks if clock.pauses} if own and stage.pauses else ()
    return min(filter(None, (own, *(row.due_at for row in clocks.running(case) if row.key not in halts))), default=None)


def of(case: Case) -> Deadline:
    """Hours are told where the deadline is no end of a day."""
    due_at, now = case.due_at and timezone.localtime(case.due_at), timezone.localtime()
    if case.closed_at or not due_at:
        return Deadline("closed", "Closed") if case.closed_at else Deadline("none", "No deadline")
    if due_at == business_days.end_of(due_at.date()):
        return until(due_at.date())
    if due_at < now and due_at.date() == now.date():
        return Deadline("overdue", f"Overdue since {date_format(due_at, 'g:i A')}")
    found = until(due_at.date())
    return found if found.state == "overdue" else Deadline(found.state, f"{found.words}, {date_format(due_at, 'g:i A')}")


def until(due: date | None) -> Deadline:
    """How today stands to that day; None is the deadline of what is closed."""
    if due is None:
        return Deadline("closed", "Closed")
    today = timezone.localdate()
    if due < today:
        return Deadline("overdue", f"Overdue by {_days((today - due).days, 'day')}")
    if due == today:
        return Deadline("today", "Due today")
    left = business_days.until(today, due)
    if not left:
        return Deadline("today", "Due before the next business day")
    return Deadline("soon" if left <= SOON else "later", f"Due in {_days(left, 'business day')}")


def soon_ends_at() -> datetime:
    """Until when a deadline counts as soon."""
    return business_days.deadline(timezone.now(), SOON)


def today_ends_at() -> datetime:
    """Until when a deadline cannot wait for the next business day."""
    return business_days.end_of(business_days.add(timezone.localdate(), 1) - timedelta(days=1))


def _days(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
