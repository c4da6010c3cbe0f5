"""An officer's private key while they work (decision 21): under a random key that only a cookie of their browser holds.

It locks by a button, at signing out, and after 15 minutes without anything done.
"""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from nacl import exceptions
from nacl.secret import SecretBox

from compliance import sealing
from compliance.casework import keyring
from compliance.casework.officers import Refused
from compliance.models import RecipientKey, UnlockedKey
from lacare_site.casework import audit
from lacare_site.security import limits

COOKIE = "compliance_key"
LASTS = timedelta(minutes=15)
TRIES = ("compliance.unlock", 5, timedelta(minutes=15))


@dataclass(frozen=True)
class Unlocked:
    """A key in use. It shows its private half nowhere, should it ever be printed."""

    recipient: RecipientKey
    private: bytes = field(repr=False)
    ends_at: datetime


def count_try(user) -> None:
    """Whatever tells whether a passphrase is that of the officer's key. Raises Refused after too many."""
    scope, most, per = TRIES
    if not limits.hit(scope, user.get_username(), most, per):
        minutes = -(-limits.wait(scope, user.get_username(), most, per) // timedelta(minutes=1))
        raise Refused(f"Too many tries. Try again in {minutes} minute{'s' * (minutes != 1)}.")


@sensitive_variables()
def private_key(user, passphrase: str) -> tuple[RecipientKey, bytes]:
    """The officer's key and its private half. Raises Refused for a wrong passphrase, after too many tries, and without a key."""
    scope, _most, per = TRIES
    key = keyring.of(user)
    if key is None:
        raise Refused("You have no key yet.")
    count_try(user)
    try:
        private = sealing.unwrap(key.wrapped, keyring.plain(passphrase[: keyring.LONGEST]))
    except sealing.Unopened:
        audit.record(user, "compliance.unlock.failed", "own key")
        raise Refused("This is not the passphrase of your key.") from None
    limits.forget(scope, user.get_username(), per)
    return key, private


@sensitive_variables()
def unlock(user, passphrase: str) -> str:
    """Unlocks the officer's key; gives what the cookie holds. Raises like `private_key`."""
    key, private = private_key(user, passphrase)
    secret = secrets.token_bytes(sealing.KEY)
    with transaction.atomic():
        UnlockedKey.objects.create(
            recipient=key,
            token_hash=_derived(secret, b"row").hex(),
            wrapped=SecretBox(_derived(secret, b"key")).encrypt(private),
            ends_at=timezone.now() + LASTS,
        )
        audit.record(user, "compliance.unlocked", "own key")
    return urlsafe_b64encode(secret).decode()


@sensitive_variables()
def of(request: HttpRequest) -> Unlocked | None:
    """The key that this browser has unlocked for whoever is signed in, which stays unlocked for another 15 minutes."""
    secret = _secret(request)
    now = timezone.now()
    row = UnlockedKey.objects.filter(
        token_hash=_derived(secret, b"row").hex(),
        ends_at__gt=now,
        recipient__officer=request.user,
        recipient__retired_on=None,
    ).select_related("recipient__officer")
    if not secret or (found := row.first()) is None:
        return None
    try:
        private = SecretBox(_derived(secret, b"key")).decrypt(bytes(found.wrapped))
    except (exceptions.CryptoError, ValueError):
        return None
    # Conditional: what was locked meanwhile stays locked.
    row.update(ends_at=now + LASTS)
    return Unlocked(found.recipient, private, now + LASTS)


def lock(user) -> None:
    """In every browser of this account."""
    UnlockedKey.objects.filter(recipient__officer=user).delete()


def sweep() -> int:
    """For the worker's housekeeping."""
    return UnlockedKey.objects.filter(ends_at__lte=timezone.now()).delete()[0]


def give_cookie(response: HttpResponse, value: str) -> None:
    response.set_cookie(COOKIE, value, path=_path(), httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE)


def take_cookie(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=_path(), samesite="Strict")


def lock_at_sign_out(sender, user, **kwargs) -> None:
    if user:
        lock(user)


def connect() -> None:
    user_logged_out.connect(lock_at_sign_out, dispatch_uid="compliance.lock")


def _path() -> str:
    return reverse("compliance_desk")


def _secret(request: HttpRequest) -> bytes:
    try:
        secret = urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return b""
    return secret if len(secret) == sealing.KEY else b""


def _derived(secret: bytes, label: bytes) -> bytes:
    """What is kept of the secret to find the row by tells nothing of the key that opens it."""
    return hashlib.blake2b(secret, digest_size=sealing.KEY, person=label).digest()
