"""Who has given their password and not yet the code. They are not signed in: only this note in their session knows them."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, get_user_model
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from lacare_site.security.sign_in import second_step

KEY = "password_given"


@dataclass(frozen=True)
class Waiting:
    user: object
    next: str  # where to go afterwards
    key: str  # of the app, should they have to set one up
    replaces: bool  # signed in already, and about to change the app


def begin(request: HttpRequest, user, next_address: str, replaces: bool = False) -> None:
    # Whoever knew the session before the password must not know it afterwards.
    request.session.cycle_key()
    request.session[KEY] = {
        "user": user.pk,
        "backend": getattr(user, "backend", None) or request.session[BACKEND_SESSION_KEY],
        # A key of its own for each sign-in: somebody who only knew the password must not have seen the key that another then uses.
        "key": second_step.new_key(),
        "password": user.get_session_auth_hash(),
        "at": time.time(),
        "next": next_address,
        "replaces": replaces,
    }


def of(request: HttpRequest) -> Waiting | None:
    """Who waits; None where nobody does, it has taken too long, or the password has changed meanwhile."""
    note = request.session.get(KEY)
    if not note or time.time() - note["at"] > settings.SIGN_IN_WAITING.total_seconds():
        return None
    user = get_user_model().objects.filter(pk=note["user"], is_active=True).first()
    if not user or not constant_time_compare(note["password"], user.get_session_auth_hash()):
        return None
    user.backend = note["backend"]
    return Waiting(user, note["next"], note["key"], note["replaces"])


def end(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
