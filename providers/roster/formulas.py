"""What a spreadsheet would compute where it opens a file of plain texts (CSV), as OWASP's "CSV Injection" lists it."""

import re

from lacare_site.intake.fields import is_telephone

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # some spreadsheets take the wide ones for the others
NUMBER = re.compile(r"[+-]\d[\d.,]*")


def is_formula(text: str) -> bool:
    """Numbers and telephone numbers with a sign in front are none: of them nothing becomes but a number."""
    return text.startswith(STARTS) and len(text) > 1 and not NUMBER.fullmatch(text) and not is_telephone(text)


def as_text(text: str) -> str:
    """The text as it may stand in a CSV file: before a formula the apostrophe by which spreadsheets know a text."""
    return f"'{text}" if is_formula(text) else text
