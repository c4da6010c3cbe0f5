"""How long what is closed is kept: whole years by the calendar."""

from datetime import date


def until(closed_on: date, years: int) -> date:
    """The last day of it."""
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:  # 29 February
        return closed_on.replace(year=closed_on.year + years, day=28)
