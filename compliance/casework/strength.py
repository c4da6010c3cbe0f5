"""How easy a passphrase is to guess for somebody who has stolen a backup and tries at home, and better ones made by dice."""

import re

from dicewarepy import diceware
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

from compliance.casework import keyring
from lacare_site.organisation import ORGANISATION

SHORTEST = 20  # characters
WORDS = 6  # different ones; by dice each has 13 bits
FEWEST_GUESSES = 16  # as a power of ten, by zxcvbn's estimate; each guess costs the thief an Argon2id
LONGEST_ESTIMATED = 72  # characters, which are all that zxcvbn takes
# What everybody knows of whoever works here adds nothing.
KNOWN = {"compliance", "officer", "report", "passphrase", "password", "reports", "officers"}
PLANS = {ORGANISATION.name, ORGANISATION.short_name, ORGANISATION.legal_name, *dict(ORGANISATION.plans).values()}


def by_dice() -> str:
    return " ".join(diceware(WORDS))


@sensitive_variables()
def check(passphrase: str, user) -> None:
    """Raises ValidationError for a passphrase that is too easy to guess, with the sentence that says what to do."""
    text = keyring.plain(passphrase)
    if len(text) > keyring.LONGEST:
        raise ValidationError(f"Take at most {keyring.LONGEST} characters.")
    if len(text) < SHORTEST and len({word for word in text.lower().split() if len(word) > 1}) < WORDS:
        raise ValidationError(f"Take at least {SHORTEST} characters, or {WORDS} different words.")
    if user.check_password(passphrase) or user.check_password(text):
        raise ValidationError("This is your password. Take something that you use nowhere else.")
    UserAttributeSimilarityValidator().validate(text, user)
    if _guesses(text, user) < FEWEST_GUESSES:
        raise ValidationError(
            "This is easy to guess: it has repeats, rows of keys, names or words that many take. Take words by dice."
        )


@sensitive_variables()
def _guesses(text: str, user) -> float:
    from zxcvbn import zxcvbn  # its lists of words take megabytes, which most processes never need

    names = {user.get_username(), user.first_name, user.last_name, user.email, *PLANS, *KNOWN}
    names |= {word for name in PLANS for word in name.split()}
    wholes = "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True))
    left = re.sub(rf"(?<![^\W\d_])(?:{wholes})(?![^\W\d_])", "", text, flags=re.IGNORECASE)
    return float(zxcvbn(left[:LONGEST_ESTIMATED] or "-")["guesses_log10"])
