"""What a visitor sees when there is no page to show, in the language of the address that was asked for.

400, 403 and 404 are rendered in the site's frame. 500 and 503 may mean that nothing works any more, so they are files written
beforehand (decision 10): `write_files` writes them, `server_error` serves them and asks no database.
"""

import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext

from lacare_site import addresses, languages, whole_files
from lacare_site.organisation import ORGANISATION

FILED = (500, 503)
RETRY_AFTER = 30  # seconds


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        # Asked for under a name that is not ours: there is no page of ours to show.
        return HttpResponse("This server does not answer for this host.", status=400, content_type="text/plain")
    return _in_frame(request, 400)


def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    return _in_frame(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _in_frame(request, 403)


def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return _in_frame(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database or its pool did not answer, which passes; else 500, which is a fault of ours."""
    is_away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    status = 503 if is_away else 500
    response = HttpResponse(_filed_text(status, _language_of(request)), status=status, headers={"Cache-Control": "no-store"})
    if is_away:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def write_files(context: dict) -> None:
    """Writes 500 and 503 in every language, each replaced at one stroke. `context` is what the templates show."""
    shown = context | {"organisation": ORGANISATION}
    folder().mkdir(parents=True, exist_ok=True)
    for language in languages.LANGUAGES:
        with translation.override(language.code):
            for status in FILED:
                whole_files.write(file_of(status, language.code), render_to_string(f"{status}.html", shown).encode())


def are_written() -> bool:
    return folder().is_dir()


def file_of(status: int, language: str) -> Path:
    return folder() / f"{status}.{language}.html"


def folder() -> Path:
    return settings.DATA_DIR / "error_pages"


def _language_of(request: HttpRequest) -> str:
    if request.path_info.startswith(addresses.UNTOUCHED):
        return languages.DEFAULT
    return addresses.split_language(request.path_info)[0]


def _in_frame(request: HttpRequest, status: int) -> HttpResponse:
    with translation.override(_language_of(request)):
        return render(request, f"{status}.html", status=status)


def _filed_text(status: int, code: str) -> str:
    try:
        return file_of(status, code).read_text(encoding="utf-8")
    except OSError:
        language = languages.get(code)
        with translation.override(code):
            return format_html(
                '<!doctype html><html lang="{}" dir="{}"><meta charset="utf-8"><title>{}</title><h1>{}</h1><p>{}</p></html>',
                language.tag,
                language.direction,
                ORGANISATION.name,
                gettext("Something went wrong on our side"),
                gettext("It was not you. Please try again in a few minutes. If you need care or an answer now, call us."),
            )
