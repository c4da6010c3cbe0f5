"""Every page is looked at again once a year: the rule for the date that it states as its next review."""

from datetime import date

from django.utils import timezone


def next_anniversary(updated_on: date | None) -> date:
    """The first anniversary of the last update (of today, where none is given) that is still to come."""
    today = timezone.localdate()
    start = updated_on or today
    year = max(start.year + 1, today.year)
    found = _in_year(start, year)
    return found if found > today else _in_year(start, year + 1)


def _in_year(day: date, year: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28) if is_leap_day else day.replace(year=year)
