"""Dates in full, in the order of Filipino; Django has no formats for Tagalog."""

DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, g:i a"
TIME_FORMAT = "g:i a"
