"""How often somebody may try to sign in, and how they are told to wait. The numbers stand in settings.SIGN_IN_LIMITS."""

import math
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError

from lacare_site.security import limits


def count(**who: str) -> None:
    """Counts one attempt for each scope: `count(password_account="vera", password_address="192.0.2.1")`.

    Counted before anything is looked up, so that a name nobody has is answered like any other, and many attempts at once do not slip
    through. Raises ValidationError with the time to wait.
    """
    waits = [_wait(scope, name) for scope, name in who.items() if not limits.hit(scope, name, *settings.SIGN_IN_LIMITS[scope])]
    if waits:
        minutes = math.ceil(max(waits) / timedelta(minutes=1))
        raise ValidationError(f"Too many attempts. Try again in {minutes} minute{'s' * (minutes != 1)}.", code="too_many")


def forget(**who: str) -> None:
    """Begins anew after a success."""
    for scope, name in who.items():
        _, per = settings.SIGN_IN_LIMITS[scope]
        limits.forget(scope, name, per)


def _wait(scope: str, name: str) -> timedelta:
    return limits.wait(scope, name, *settings.SIGN_IN_LIMITS[scope])
