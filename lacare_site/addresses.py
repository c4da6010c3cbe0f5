"""One address per page and language.

`/members/id-card` is the English page, `/es/members/id-card` the Spanish one. Every other spelling of an address (a slash at
its end, two slashes, `/en/…`, `/ES/…`) is sent on, for good, to the one that counts.
"""

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect, QueryDict
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.encoding import escape_uri_path

from lacare_site import languages

# Addresses below these are not the visitor's pages and keep their own form.
UNTOUCHED = ("/admin/", "/static/", "/media/", "/documents/")
LONGEST_PATH = 1024  # characters; no page lies deeper, and databases need not be asked
# The question and the part of a list (pages/search/, pages/paging.py), and what an interpreter card is about (members/cards.py).
KEPT_NAMES = ("q", "page", "language", "line", "size")
LONGEST_VALUE = 100  # characters, as many as a question has
SLASHES = re.compile("/{2,}")


class PermanentRedirect(HttpResponseRedirect):
    """308 keeps the method and the body of a POST; for a GET it means what 301 means, which old clients know better."""

    def __init__(self, address: str, method: str):
        super().__init__(address)
        self.status_code = 301 if method in ("GET", "HEAD") else 308


def split_language(path: str) -> tuple[str, str]:
    """Takes a path apart: `/es/members` gives `("es", "/members")`, `/members` gives `("en", "/members")`.

    The language is found in any casing, since people type it so; an unknown one is part of the path.
    """
    first, _, rest = path.lstrip("/").partition("/")
    if first.lower() in languages.BY_CODE:
        return first.lower(), f"/{rest}"
    return languages.DEFAULT, path


def in_language(path: str, code: str) -> str:
    """The address, in language `code`, of the page that `path` names in any language."""
    rest = split_language(path)[1]
    if code == languages.DEFAULT:
        return rest
    return f"/{code}{rest}".rstrip("/")


def canonical(path: str) -> str:
    """The one spelling of a path: no double slashes, none at the end, the language in lower case and never `en`."""
    path = SLASHES.sub("/", f"/{path}")
    if path != "/":
        path = path.rstrip("/") or "/"
    code, rest = split_language(path)
    if code == languages.DEFAULT and rest != path:
        return canonical(rest)  # `/en/…`, with whatever stands behind it
    return in_language(rest, code)


def kept_query(query: QueryDict) -> str:
    """What of an address's query goes along into another language: `?q=nurse`, or "".

    The names that our pages read, and no others: what else stands in an address may be somebody else's, or a secret.
    """
    kept = {name: query[name][:LONGEST_VALUE] for name in KEPT_NAMES if query.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


class AddressMiddleware:
    """Sends on every spelling of an address but the canonical one, and activates the address's language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(UNTOUCHED):
            translation.activate(languages.DEFAULT)
            return self.get_response(request)
        if len(path) > LONGEST_PATH or "\0" in path:
            translation.activate(languages.DEFAULT)
            return HttpResponseNotFound("Not found", content_type="text/plain")
        one_address = "/admin/" if path == "/admin" else canonical(path)
        if one_address != path:
            return PermanentRedirect(self._with_query(request, one_address), request.method)
        code, rest = split_language(path)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        if rest == "/" and code != languages.DEFAULT:
            request.path_info = f"{path}/"  # the URL patterns know a language's home page as "es/"
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", languages.get(code).tag)
        return response

    @staticmethod
    def _with_query(request: HttpRequest, path: str) -> str:
        query = request.META.get("QUERY_STRING", "")
        address = escape_uri_path(get_script_prefix().rstrip("/") + path)
        return f"{address}?{query}" if query else address
