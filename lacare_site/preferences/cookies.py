"""What a visitor has chosen, kept in two cookies of the visitor's own browser and nowhere else.

Both are set only when a visitor chooses something, and last a year.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

TEXT_SIZES = (100, 125, 150, 200)  # percent
TEXT_SIZE_COOKIE = "text_size"
CLOSED_NOTICES_COOKIE = "closed_notices"
MOST_CLOSED_NOTICES = 20
YEAR = 365 * 24 * 60 * 60  # seconds
CLOSING_ID = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")


def text_size(request: HttpRequest) -> int:
    """The chosen size in percent; 100 where nothing, or nothing of ours, was chosen."""
    value = request.COOKIES.get(TEXT_SIZE_COOKIE, "")
    return int(value) if value in map(str, TEXT_SIZES) else 100


def closed_notices(request: HttpRequest) -> list[str]:
    """The notice versions that the visitor has closed, the latest last (see Notice.closing_id)."""
    values = request.COOKIES.get(CLOSED_NOTICES_COOKIE, "")[:500].split("-")
    return [value for value in values if CLOSING_ID.fullmatch(value)][-MOST_CLOSED_NOTICES:]


def remember_text_size(response: HttpResponse, size: int) -> None:
    if size == 100:
        response.delete_cookie(TEXT_SIZE_COOKIE, samesite="Lax")
    else:
        _remember(response, TEXT_SIZE_COOKIE, str(size))


def remember_closed_notice(request: HttpRequest, response: HttpResponse, closing_id: str) -> None:
    closed = [value for value in closed_notices(request) if value != closing_id]
    _remember(response, CLOSED_NOTICES_COOKIE, "-".join([*closed, closing_id][-MOST_CLOSED_NOTICES:]))


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)
