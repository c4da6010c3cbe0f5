"""The outermost layer of the application: answers from the kept pages, or asks Django and keeps what may be kept."""

import gzip
import hashlib
import threading
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

import brotli
import django.db
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from lacare_site.addresses import LONGEST_PATH, UNTOUCHED
from lacare_site.compression import accepted
from lacare_site.preferences import cookies
from lacare_site.security.requests import Request, is_staff_host

from . import changes, facts, files
from .marks import KEEPS, PART
from .store import Kept, Store

QUALITY = 9  # of brotli: once a page and change, so that it may take its time
CONDITIONS = {
    f"HTTP_{name}" for name in ("IF_MATCH", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "IF_UNMODIFIED_SINCE", "IF_RANGE", "RANGE")
}
PREFERENCES = (cookies.TEXT_SIZE_COOKIE, cookies.CLOSED_NOTICES_COOKIE)

Application = Callable[[dict, Callable], Iterable[bytes]]


class PageCache:
    """A WSGI application around Django's."""

    def __init__(self, application: Application):
        self._application = application
        self._store = Store(settings.PAGE_CACHE_BYTES)
        self._files = files.Writer(settings.PAGE_FILES) if settings.PAGE_FILES else None
        self._generation: changes.Generation | None = None
        self._beginning = threading.Lock()
        self._facts: tuple[Hashable, facts.Facts] | None = None

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if not may_be_kept(environ):
            return self._application(environ, start_response)
        generation = self._now()
        known = self._known(generation) if generation is not None else None
        if known is None:
            return self._application(environ, start_response)
        key = _key(environ, known)
        page = self._store.find(key, generation, timezone.now())
        if page is None and self._store.is_passed_by(key):
            return self._application(environ, start_response)
        made = None
        if page is None:
            with self._store.one_at_a_time(key):
                page = self._store.find(key, generation, timezone.now())
                if page is None:
                    made = _ask(self._application, environ)  # after its generation was read
                    if made.may_be_kept:
                        page = made.to_keep(known.until)
                        self._store.keep(key, generation, page)
                    elif made.is_never_kept and not environ.get("QUERY_STRING"):  # of questions there is no end
                        self._store.pass_by(key, generation)
        if page is None:
            return made.answer(environ, start_response)
        if made and self._files and key == _key_of_all(key[0]):
            self._files.write(generation, key[0], page)
        return _answer(page, environ, start_response)

    def _now(self) -> Hashable | None:
        if self._generation is None:  # not before the process has its work: a thread does not outlive a fork
            with self._beginning:
                self._generation = self._generation or changes.follow()
        return self._generation()

    def _known(self, generation: Hashable) -> facts.Facts | None:
        """The facts of this generation, read once and again when their time is over."""
        if self._facts and self._facts[0] == generation and timezone.now() < self._facts[1].until:
            return self._facts[1]
        try:
            found = facts.current()
        except django.db.Error:
            return None
        self._facts = (generation, found)
        return found


def may_be_kept(environ: dict) -> bool:
    """A page of everybody's is asked for by its address alone, of a host of ours, without a question but for a part of a list."""
    path, question = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING")
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and (not question or bool(PART.fullmatch(question)))
        and not environ.get("SCRIPT_NAME")
        and environ.get("CONTENT_LENGTH", "") in ("", "0")
        and "HTTP_TRANSFER_ENCODING" not in environ
        and len(path) <= LONGEST_PATH
        and not path.startswith(UNTOUCHED)
        and _is_ours(environ)
    )


def _is_ours(environ: dict) -> bool:
    """Django itself refuses another host, sends http on to https, and shows no page where staff have a host of their own."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        if environ.get(name) != value:
            return False
    host = environ.get("HTTP_HOST", "").lower()
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS) and not is_staff_host(host)


def _key(environ: dict, known: facts.Facts) -> tuple:
    """Nothing in it can be invented by a visitor but the path and the part of a list, and of these only what there is is kept."""
    path, question, sent = environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
    if not any(name in sent for name in PREFERENCES):
        return _key_of_all(path, question)
    request = Request(environ)
    return path, question, cookies.text_size(request), known.closable.intersection(cookies.closed_notices(request))


def _key_of_all(path: str, question: str = "") -> tuple:
    """That of visitors without preferences."""
    return path, question, 100, frozenset()


@dataclass
class _Made:
    """What Django answered, and whether its view said that it is the same for all."""

    status: str
    headers: list[tuple[str, str]]
    response: Iterable[bytes]

    @property
    def may_be_kept(self) -> bool:
        names = {name.lower(): value.lower() for name, value in self.headers}
        is_for_one = "set-cookie" in names or names.get("vary", "accept-encoding") != "accept-encoding"
        return self.status.startswith("200 ") and getattr(self.response, "is_same_for_all", False) and not is_for_one

    @property
    def is_never_kept(self) -> bool:
        """A form, say. What is not there, or failed, may be there the next time."""
        return self.status.startswith("200 ")

    def answer(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        start_response(self.status, self.headers)
        if environ["REQUEST_METHOD"] == "GET":
            return self.response
        self.response.close()
        return []

    def to_keep(self, until: datetime) -> Kept:
        plain = b"".join(self.response)
        self.response.close()
        headers = tuple((name, value) for name, value in self.headers if name.lower() not in ("content-length", "etag", "vary"))
        bodies = {"br": brotli.compress(plain, quality=QUALITY), "gzip": gzip.compress(plain, compresslevel=9, mtime=0)}
        return Kept(_stamp(plain), len(plain), headers, bodies, until)


def _ask(application: Application, environ: dict) -> _Made:
    """Asks for the whole page, whatever the visitor has of it already."""
    asked = {name: value for name, value in environ.items() if name not in CONDITIONS} | {KEEPS: True, "REQUEST_METHOD": "GET"}
    begun: list = []
    response = application(asked, lambda status, headers, exc_info=None: begun.extend((status, headers)))
    return _Made(*begun, response)


def _stamp(plain: bytes) -> int:
    """No more bits: some file systems know no time after 2038."""
    return int.from_bytes(hashlib.sha256(plain).digest()[:4]) >> 1


def _answer(page: Kept, environ: dict, start_response: Callable) -> Iterable[bytes]:
    encoding = accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag = page.etag(encoding)
    headers = [*page.headers, ("ETag", etag), ("Vary", "Accept-Encoding")]
    known = {tag.strip().removeprefix("W/") for tag in environ.get("HTTP_IF_NONE_MATCH", "").split(",")}
    if etag in known or "*" in known:
        start_response("304 Not Modified", [header for header in headers if not header[0].lower().startswith("content-type")])
        return []
    body = page.bodies[encoding] if encoding else gzip.decompress(page.bodies["gzip"])  # hardly anybody takes it plain
    if encoding:
        headers.append(("Content-Encoding", encoding))
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
