"""What a spreadsheet would compute where it opens a file of plain texts (CSV), as OWASP's "CSV Injection" lists it."""

import re

from lacare_site.intake.fields import is_telephone

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # some spreadsheets take the wide ones for the others
SIGN, AMOUNT = "[+＋－-]", r"[$€£]?\d[\d.,]*%?"
NUMBER = re.compile(f"{SIGN}{AMOUNT}")
# People write -n/a, or words behind a dash or an amount. Words have no pipe (a program), no equals sign, and no bracket of a function.
WORDS = re.compile(rf"{SIGN}+(?:n/?a|(?:{AMOUNT})?\s(?:[^|=\"(]|(?<=\s)\()*)", re.IGNORECASE)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run more than a sum of numbers: words behind a dash are none, though it may show an error for them."""
    return _is_computed(text) and not WORDS.fullmatch(text)


def as_text(text: str) -> str:
    """The text as it may stand in a CSV file: before all that is computed the apostrophe by which spreadsheets know a text."""
    return f"'{text}" if _is_computed(text) else text


def _is_computed(text: str) -> bool:
    """Numbers and telephone numbers with a sign in front are not: of them nothing becomes but a number; nor are signs alone."""
    plain = text.lstrip()
    return plain.startswith(STARTS) and any(map(str.isalnum, plain)) and not NUMBER.fullmatch(plain) and not is_telephone(plain)
