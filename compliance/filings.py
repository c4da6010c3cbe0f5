"""What a reporter is in the middle of: ciphertext in a row, and its key in a cookie of the reporter's browser and nowhere else (decision 20).

The row is found by a hash that follows from the cookie's secret too, under another label. It ends with the quarter of an hour that begins
half an hour after the last step; no exact time stands anywhere.
"""

import hashlib
import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from lacare_site import addresses, transactions

from . import sealing
from .models import Filing

QUARTER = 15 * 60  # seconds
LASTS = 30 * 60


@dataclass(frozen=True)
class Place:
    """A page that a reporter works on, by its English path. Its cookie is sent to the addresses at and below that path alone."""

    name: str
    path: str

    def cookie(self, language: str) -> str:
        """By language, as its path is: one answer can take the cookie from one language and give it to another."""
        return f"{self.name}-{language}"


FILING = Place("report", "/compliance/report")
FOLLOWING = Place("receipt", "/compliance/report/receipt")


@dataclass
class Held:
    """A row in the clear. `secret` is what the cookie holds, `values` what was sealed."""

    place: Place
    secret: str
    row: Filing
    values: dict

    @property
    def key(self) -> bytes:
        return _derived(self.place, self.secret, "key").digest()

    @property
    def submission_key(self) -> str:
        """What makes one report of whatever is sent twice; it leads back neither to the cookie nor to the row."""
        return _derived(self.place, self.secret, "submission").hexdigest()

    def save(self) -> None:
        """Seals the values as they are now, for another half an hour."""
        self.row.sealed, self.row.ends_in = sealing.encrypt_values(self.key, self.values), _quarter(LASTS)
        self.row.save()

    def drop(self) -> None:
        self.row.delete()


def find(request: HttpRequest, place: Place) -> Held | None:
    """What the cookie of this browser opens; None where there is none, or its time is over."""
    secret = _secret(request, place)
    token_hash = _derived(place, secret, "row").hexdigest()
    row = Filing.objects.filter(token_hash=token_hash, ends_in__gte=_quarter()).first() if secret else None
    return _opened(place, secret, row)


def lock(held: Held) -> Held | None:
    """The same as it stands now, kept from everybody else until the transaction ends; None if it is gone."""
    transactions.require("A report in progress")
    return _opened(held.place, held.secret, Filing.objects.select_for_update().filter(pk=held.row.pk).first())


def begin(place: Place, values: dict) -> Held:
    """A fresh one, for a browser that gets its cookie by `hold`."""
    secret = secrets.token_urlsafe(sealing.KEY)
    held = Held(place, secret, Filing(token_hash=_derived(place, secret, "row").hexdigest()), values)
    held.save()
    return held


def is_stale(request: HttpRequest, place: Place) -> bool:
    """Whether this browser has a cookie that opens nothing any more."""
    return bool(_secret(request, place)) and find(request, place) is None


def hold(response: HttpResponse, held: Held) -> None:
    _set(response, held.place, held.secret, get_language())


def release(request: HttpRequest, response: HttpResponse, place: Place) -> None:
    """Takes the cookie back, if this browser has one."""
    if _secret(request, place):
        path = addresses.in_language(place.path, get_language())
        response.delete_cookie(place.cookie(get_language()), path=path, samesite="Strict")


def move(request: HttpRequest, response: HttpResponse, place: Place, language: str) -> None:
    """Gives the cookie to the same page in another language."""
    if secret := _secret(request, place):
        release(request, response, place)
        _set(response, place, secret, language)


def sweep() -> int:
    """Deletes what has ended, for the worker's housekeeping; gives the number of rows."""
    return Filing.objects.filter(ends_in__lt=_quarter()).delete()[1].get("compliance.Filing", 0)


def _set(response: HttpResponse, place: Place, secret: str, language: str) -> None:
    response.set_cookie(
        place.cookie(language),
        secret,
        path=addresses.in_language(place.path, language),
        samesite="Strict",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _secret(request: HttpRequest, place: Place) -> str:
    return request.COOKIES.get(place.cookie(get_language()), "")[:200]


def _opened(place: Place, secret: str, row: Filing | None) -> Held | None:
    if row is None:
        return None
    held = Held(place, secret, row, {})
    try:
        held.values = sealing.decrypt_values(held.key, row.sealed)
    except sealing.Unopened:
        return None
    return held


def _derived(place: Place, secret: str, label: str):
    return hashlib.sha256(f"compliance {place.name} {label} {secret}".encode())


def _quarter(later: int = 0) -> int:
    return int(time.time() + later) // QUARTER
