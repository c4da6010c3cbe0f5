"""How a case stands to its deadline, in words; colours only repeat them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from lacare_site.casework import business_days
from lacare_site.casework.models import Case

SOON = 2  # business days


@dataclass(frozen=True)
class Deadline:
    state: str  # overdue, today, soon, later, closed
    words: str


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
