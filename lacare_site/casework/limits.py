"""By when something has to have happened with a case: how long, in which unit, and which rule asks for it. Dated data, kept in the
setting CASE_RULES."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from lacare_site.casework import business_days


class Unit(StrEnum):
    HOURS = "hour"
    CALENDAR_DAYS = "calendar day"
    BUSINESS_DAYS = "business day"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What one clock of a case is measured by: `count` of `unit`. Days count from the day after receipt, to the end of the last by the
    plan's clock; hours from the very second, and for an urgent case from when it was found to be one.

    It holds for cases received from the day `since` on: for urgent ones if `is_urgent`, else for the others; for the tracks that `tracks`
    names, without any for all that no other limit names. `source` is the rule that asks for it; `is_checked` says whether somebody has
    read its text. `warn_at` are the shares of the time after which those who supervise are told of a clock that has not been met: (0.5,
    0.9); 0 is at once. `extension` are the calendar days by which it may be extended once.
    """

    clock: str
    count: int
    unit: Unit
    is_urgent: bool = False
    tracks: tuple[str, ...] = ()
    since: date = date.min
    source: str = ""
    is_checked: bool = True
    warn_at: tuple[float, ...] = ()
    extension: int = 0

    @property
    def is_of_days(self) -> bool:
        return self.unit != Unit.HOURS

    def after(self, start: datetime, more: int = 0) -> datetime:
        """When it is over; `more` of the unit are added."""
        count = self.count + more
        if self.unit == Unit.HOURS:
            return start.astimezone(UTC) + timedelta(hours=count)  # hours that pass, whatever the clock on the wall does
        if self.unit == Unit.CALENDAR_DAYS:
            return business_days.end_of(timezone.localdate(start) + timedelta(days=count))
        return business_days.deadline(start, count)

    def extended(self, end: datetime) -> datetime:
        return business_days.end_of(timezone.localdate(end) + timedelta(days=self.extension))

    def passed(self, start: datetime, end: datetime) -> int:
        """How many of the unit lie between, as `after` counts them."""
        if self.unit == Unit.HOURS:
            return int((end - start) / timedelta(hours=1))
        first, last = timezone.localdate(start), timezone.localdate(end)
        return (last - first).days if self.unit == Unit.CALENDAR_DAYS else business_days.until(first, last)


def find(limits: Iterable[Limit], clock: str, day: date, track: str, *, is_urgent: bool) -> Limit | None:
    """The newest that holds for such a case received on that day; one that names its track goes before one that names none."""
    fitting = [
        limit
        for limit in limits
        if (limit.clock, limit.is_urgent) == (clock, is_urgent) and limit.since <= day and track in (limit.tracks or [track])
    ]
    return max(fitting, key=lambda limit: (bool(limit.tracks), limit.since), default=None)
