"""Dates in full; Django's own put a comma before the year and have no format of date with time."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، g:i A"
TIME_FORMAT = "g:i A"
