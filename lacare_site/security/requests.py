"""How a request is read, what is refused or hidden before anything else looks at it, and the mark of views that only read."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParserError
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.http import parse_header_parameters
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lacare_site import addresses

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
# Bytes of a POST outside the admin: the public forms are short.
LARGEST_PUBLIC_BODY = 100 * 1024
# Of a POST to a view marked with `takes_long_texts`.
LARGEST_LONG_FORM = 1024 * 1024
# Of a POST to a view marked with `takes_uploads`. A file may be 25 MB; a larger one is read to its end, so that its sender is told.
LARGEST_UPLOAD = 100 * 1024 * 1024
# Where those are who sign in. Documents, too: a collection of theirs may be for staff alone.
ADMIN = "/admin/"
FOR_STAFF = (ADMIN, "/documents/")
# What both hosts have, where staff have a host of their own.
SHARED = ("/static/", "/media/", "/documents/", "/healthz", "/favicon.ico")


class Request(WSGIRequest):
    """One that no head can break, where Django lets some errors of the parser through.

    All text is UTF-8, as browsers send it, whatever `charset` is named: some that Python knows are no text at all ("hex"), others give
    signs that no database keeps (lone surrogates).
    """

    def _set_content_type_params(self, meta):
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (TypeError, ValueError):
            self.content_type, self.content_params = "", {}

    def parse_file_upload(self, META, post_data):
        try:
            return super().parse_file_upload(META, post_data)
        except TypeError as error:
            raise MultiPartParserError("The head of a part cannot be read.") from error


def is_staff_host(host: str) -> bool:
    """Whether a Host header, in whatever spelling, names the host that staff have of their own."""
    staff = urlsplit(settings.STAFF_URL)
    default = {"https": "443", "http": "80"}.get(staff.scheme)
    domain, port = split_domain_port(host.lower())
    return bool(staff.hostname) and (domain.rstrip("."), port or default) == (staff.hostname, str(staff.port or default))


class RequestGuard:
    """Refuses hosts that are not ours (400), methods that nothing here has (405) and bodies that no public form has (413). Where staff have
    a host of their own, the admin is there alone, and nothing else is (404).

    Public pages do not see the cookies of staff: they cannot depend on them, and Django does not answer a senseless one with a
    cookie of its own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host()  # or DisallowedHost, which lacare_site/errors.py answers
        is_for_one_host = settings.STAFF_URL and not request.path_info.startswith(SHARED)
        if is_for_one_host and is_staff_host(host) != request.path_info.startswith(ADMIN):
            raise Http404
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS, "Method not allowed.", content_type="text/plain")
        length = self._length(request)
        if not request.path_info.startswith(ADMIN) and length > LARGEST_PUBLIC_BODY and length > self._largest(request):
            return HttpResponse("Too large.", status=413, content_type="text/plain")
        if not request.path_info.startswith(FOR_STAFF):
            for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
                request.COOKIES.pop(name, None)
        return self.get_response(request)

    @staticmethod
    def _largest(request: HttpRequest) -> int:
        """The most bytes that the view of this address takes."""
        with translation.override(addresses.split_language(request.path_info)[0]):
            try:
                view = resolve(request.path_info).func
            except Resolver404:
                return LARGEST_PUBLIC_BODY
        if getattr(view, "takes_uploads", False):
            return LARGEST_UPLOAD
        return LARGEST_LONG_FORM if getattr(view, "takes_long_texts", False) else LARGEST_PUBLIC_BODY

    @staticmethod
    def _length(request: HttpRequest) -> int:
        length = request.META.get("CONTENT_LENGTH") or "0"
        return int(length) if length.isdecimal() else 0


def reads_only(view):
    """For public views that change nothing: GET and HEAD, else 405.

    They need no CSRF token, and without this mark Django would answer a POST with 403 "token missing" instead of 405.
    """

    @csrf_exempt
    @require_safe
    @wraps(view)
    def reading(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    reading.reads_only = True
    return reading
