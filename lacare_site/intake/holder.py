"""Who holds a code stays in a draft or a case from page to page by one cookie, which is sent to the pages of that form alone.

It holds the code itself, lasts until the browser closes or its holder leaves, and no script and no other site gets it.

All tabs of a browser share the cookie, so that each form says by a mark which code it was shown for (`templates/intake/held.html`): what
was typed for one draft or case never lands in the one that another tab has opened since.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language

from lacare_site import addresses, languages

from . import codes
from .registry import FormKind

COOKIE, MARK = "held_code", "held"


def code_of(request: HttpRequest) -> str:
    """The code that this browser holds, in its written form; "" if it holds none."""
    return codes.read(request.COOKIES.get(COOKIE, ""))


def mark_of(request: HttpRequest) -> str:
    """What the forms of a page send along of the code that the browser holds; it tells nothing of the code. "" where it holds none."""
    code = code_of(request)
    return salted_hmac("lacare_site.intake.holder", code, algorithm="sha256").hexdigest()[:32] if code else ""


def is_another(request: HttpRequest) -> bool:
    """Whether a POST comes from a page that was shown for another code than the one that the browser holds by now."""
    sent, now = request.POST.get(MARK, ""), mark_of(request)
    return request.method == "POST" and bool(sent and now) and not constant_time_compare(sent, now)


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
