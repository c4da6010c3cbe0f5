"""Business days: Monday to Friday without the holidays of the United States (5 U.S.C. 6103), by the plan's own clock."""

from calendar import FRIDAY, MONDAY, SATURDAY, SUNDAY, THURSDAY
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
# (month, weekday, which of the month), the last one as -1.
BY_WEEKDAY = ((1, MONDAY, 3), (2, MONDAY, 3), (5, MONDAY, -1), (9, MONDAY, 1), (10, MONDAY, 2), (11, THURSDAY, 4))


def is_business_day(day: date) -> bool:
    return day.weekday() <= FRIDAY and day not in _holidays(day.year)


def add(day: date, count: int) -> date:
    """The last of `count` business days that follow `day`, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def until(start: date, end: date) -> int:
    """Business days after `start` up to and with `end`; negative when `end` lies before."""
    if end < start:
        return -until(end, start)
    return sum(is_business_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


def end_of(day: date) -> datetime:
    """The last second of that day by the plan's clock."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def deadline(start: datetime, count: int) -> datetime:
    return end_of(add(timezone.localdate(start), count))


@cache
def _holidays(year: int) -> set[date]:
    """Those of the year as observed: on Friday for a Saturday, on Monday for a Sunday. New Year's Day of the next may fall into it."""
    fixed = [_observed(date(year, month, day)) for month, day in FIXED] + [_observed(date(year + 1, 1, 1))]
    return {*fixed, *(_nth(year, *rule) for rule in BY_WEEKDAY)}


def _observed(day: date) -> date:
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    if number < 0:
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
