"""Codes that a person holds and we do not: to come back to a draft, to see how a case stands.

130 bits that nobody can guess in Crockford's base 32, which has no letters that are mistaken for figures, and two signs of check:
`7K3M-Q9XT-…`, seven groups of four. Only the SHA-256 is kept; so much chance needs no slow hash. A code never stands in an
address, a log or a mail. Whoever holds both the database and the site's secret key could work a code out from the key of its form: to
them it opens nothing that they have not.
"""

import hashlib
import uuid

from django.utils.crypto import salted_hmac

from lacare_site.casework.references import ALPHABET
from lacare_site.typed_text import with_plain_digits

READ_AS = str.maketrans("OILU", "011V")
SIGNS = 26
CHECK_SIGNS = 2
CHECK_PRIME = 1021  # the largest below 32²: any one wrong sign, and any two that changed places, change the remainder
GROUP = 4
LONGEST_INPUT = 200


def of_key(key: uuid.UUID, kind: str) -> str:
    """The code of what a form of that kind began or sent, whose token held this random key."""
    return derived(key.hex, kind)


def derived(secret: str, purpose: str) -> str:
    """The code that always belongs to this secret, such as a form's token: sending the form again gives the same code again."""
    digest = salted_hmac(f"lacare_site.intake.codes {purpose}", secret, algorithm="sha256").digest()
    return _written(int.from_bytes(digest, "big") >> (len(digest) * 8 - SIGNS * 5))


def read(typed: str) -> str:
    """A code as somebody has typed it (any case, spaces and hyphens, O for 0, full-width, digits of any script), in its written form; "" if it is none."""
    signs = signs_of(typed[:LONGEST_INPUT])
    written = _written(_number(signs[:SIGNS]))  # of what is no code, too: the time shall not tell which it was
    return written if written.replace("-", "") == signs else ""


def signs_of(typed: str) -> str:
    """The letters and digits of a number or a code that somebody has typed, as they are compared."""
    return "".join(sign for sign in with_plain_digits(typed).upper() if sign.isalnum()).translate(READ_AS)


def hash_of(code: str) -> str:
    """What is kept of a code in its written form."""
    return hashlib.sha256(code.encode()).hexdigest()


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number * 32 + max(ALPHABET.find(sign), 0)
    return number


def _signs(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _written(number: int) -> str:
    signs = _signs(number, SIGNS) + _signs(number % CHECK_PRIME, CHECK_SIGNS)
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))
