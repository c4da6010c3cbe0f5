"""Dates in full; Django's own begin with a capital letter, which is wrong inside a sentence, and with a zero before the day."""

DATE_FORMAT = r"j \t\há\n\g n, Y"
DATETIME_FORMAT = r"H:i, \n\gà\y j \t\há\n\g n, Y"
TIME_FORMAT = "H:i"
