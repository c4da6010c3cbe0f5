"""What people type into forms, before it is kept."""

import re
import unicodedata

# All control characters but tab and newline. No database keeps a NUL in a text, and nobody can see any of them.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters of Korean and a pattern of Braille that leave no mark
LONGEST_NUMBER = 18  # digits, as many as a row's number may have


def without_controls(text: str) -> str:
    """The text with newlines as `\\n`; each other control character becomes a space, so that words do not run together."""
    return CONTROLS.sub(" ", text.replace("\r\n", "\n"))


def with_plain_digits(text: str) -> str:
    """Digits of any script, Arabic, Farsi or Khmer, as 0 to 9, and signs of other widths as the usual ones; without what nobody sees."""
    if text.isascii():  # and is plain: a roster has many such cells
        return text
    signs = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in signs)


def if_seen(text: str) -> str:
    """The text, "" where nothing of it can be seen: a name of such signs would pass for one that was given."""
    return text if any(sign not in BLANK and unicodedata.category(sign)[0] not in "CZ" for sign in text) else ""


def number(text: str) -> int:
    """The number of a hidden field, 0 for whatever is none of ours."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
