"""Who holds a code stays in a draft or a case from page to page by one cookie, which is sent to the pages of that form alone.

It holds the code itself, lasts until the browser closes or its holder leaves, and no script and no other site gets it.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from lacare_site import addresses, languages

from . import codes
from .registry import FormKind

COOKIE = "held_code"


def code_of(request: HttpRequest) -> str:
    """The code that this browser holds, in its written form; "" if it holds none."""
    return codes.read(request.COOKIES.get(COOKIE, ""))


def hold(response: HttpResponse, code: str, kind: FormKind, language: str | None = None) -> None:
    """From now on the browser sends the code to the addresses of the form in this language."""
    path = addresses.in_language(kind.path, language or get_language())
    response.set_cookie(COOKIE, code, path=path, samesite="Strict", httponly=True, secure=settings.SESSION_COOKIE_SECURE)


def leave(response: HttpResponse, kind: FormKind) -> None:
    """Takes the code off the browser in every language in which its holder may have looked at the form."""
    for language in sorted(languages.BY_CODE, key=lambda code: code == get_language()):
        if COOKIE in response.cookies:
            # A response keeps one cookie under each name; this one is sent for each path.
            response.cookies[f"{COOKIE} {language}"] = response.cookies.pop(COOKIE)
        response.delete_cookie(COOKIE, path=addresses.in_language(kind.path, language), samesite="Strict")
