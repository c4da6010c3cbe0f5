"""What proves that a form was opened in a browser a moment ago, by somebody who took the time to read it.

A token is the form's name, a random key and the time, signed. The key becomes the `submission_key` of what is sent, which is unique:
so a token is good for one submission, and whoever sends it again (a double click, a reload) gets the same receipt.
"""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy

FIELD = "form_token"
# What a person leaves empty, since nobody sees it, and a program fills in.
HONEYPOT = "website"
TOO_LATE = gettext_lazy("This page was open for a long time. Nothing is lost: please press “%(button)s” again.")
TOO_FAST = gettext_lazy("That was faster than a person types. Nothing is lost: please press “%(button)s” again.")
SHORTEST = timedelta(seconds=3)
LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class Token:
    """A token of ours. `is_early`: faster than anybody types; `is_late`: the form was open for too long."""

    key: uuid.UUID
    text: str
    is_early: bool = False
    is_late: bool = False

    @property
    def is_timely(self) -> bool:
        return not self.is_early and not self.is_late


def new(form: str, key: uuid.UUID | None = None) -> str:
    """A token for the form of that name."""
    return _signer().sign_object([form, (key or uuid.UUID(bytes=secrets.token_bytes(16))).hex])


def read(text: str, form: str, shortest: timedelta | None = None) -> Token | None:
    """The token that a form has sent; None where it is none of ours, or another form's. `shortest` is the time that a person takes, where
    it is not SHORTEST."""
    try:
        name, key = _signer().unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    if not constant_time_compare(name, form):
        return None
    return Token(
        uuid.UUID(key),
        text,
        is_early=not _is_older(text, SHORTEST if shortest is None else shortest),
        is_late=_is_older(text, LONGEST),
    )


def complaint(token: Token | None, post: Mapping[str, str], button: str) -> str:
    """Why a form that came with this token is not taken, in words that name the button to be pressed again; "" where it is."""
    if token is None or token.is_late:
        return TOO_LATE % {"button": button}
    return TOO_FAST % {"button": button} if token.is_early or post.get(HONEYPOT) else ""


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="lacare_site.intake.tokens")


def _is_older(text: str, age: timedelta) -> bool:
    try:
        _signer().unsign(text, max_age=age)
    except signing.SignatureExpired:
        return True
    return False
