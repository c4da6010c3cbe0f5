"""Dates in full, as the site writes them; Django's own English formats shorten the months."""

DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, g:i a"
TIME_FORMAT = "g:i a"
