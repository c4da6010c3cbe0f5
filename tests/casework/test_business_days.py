"""Deadlines count business days, by the plan's own clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacare_site.casework import business_days

# As published by the Office of Personnel Management.
HOLIDAYS = {
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_holidays_of_a_year(year):
    closed = {date.fromisoformat(f"{year}-{day}") for day in HOLIDAYS[year].split()}
    days = [date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    assert {day for day in days if day.weekday() < 5 and not business_days.is_business_day(day)} == closed


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-20 09:00", "2026-11-24"),  # Friday: Monday, Tuesday
        ("2026-11-21 09:00", "2026-11-24"),  # Saturday: the same
        ("2026-11-25 23:30", "2026-11-30"),  # the day before Thanksgiving: Friday, Monday
        ("2026-12-31 12:00", "2027-01-05"),
    ],
)
def test_two_business_days_end_with_the_second(received, due):
    los_angeles = ZoneInfo("America/Los_Angeles")
    found = business_days.deadline(datetime.fromisoformat(received).replace(tzinfo=los_angeles), 2)
    assert found.astimezone(los_angeles).isoformat(" ")[:19] == f"{due} 23:59:59"


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_counting_there_and_back(day, count):
    assert business_days.until(day, business_days.add(day, count)) == count
