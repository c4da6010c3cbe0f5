"""What every page of a form has in common: never stored, no cookie of its own, POST from our own pages alone, and nothing typed is
lost when somebody changes the size of the text or the language (decisions 7 and 8).

Header and notices of such a page are buttons of the form named FORM_ID (templates/components/): they send what was typed along.
"""

from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lacare_site import addresses, languages
from lacare_site.errors import permission_denied
from lacare_site.preferences import cookies
from lacare_site.security.origin import is_same_origin

from . import holder, registry
from .uploads import BoundedUploadHandler

FORM_ID = "page-form"
TEXT_SIZE, LANGUAGE, NOTICE = "text_size", "to_language", "close_notice"
# The buttons that ask for the same page, shown otherwise: what a page sends again is without them.
SHOWN_OTHERWISE = frozenset({TEXT_SIZE, LANGUAGE, NOTICE})


class RedirectWithBody(HttpResponseRedirect):
    """The browser sends the same POST to the other address."""

    status_code = 307


def form_page(view):
    """For the views of public forms, whose argument `kind` names the FormKind. They find `request.keeps_typed`: True where a POST only asks for the same page, shown otherwise;
    and templates `request.held_mark`."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if getattr(guarded, "takes_uploads", False):
            request.upload_handlers = [BoundedUploadHandler(request)]
        if request.method == "POST" and is_same_origin(request) is not True:
            response = permission_denied(request)
        elif request.method == "POST" and _is_cut_off(request):
            response = HttpResponse("The request ended too early.", status=400, content_type="text/plain")
        else:
            response = _answer(request, view, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    guarded.is_form_page = True
    return guarded


def takes_uploads(view):
    """Marks a view, outermost, whose POST may bring files: see lacare_site/security/requests.py."""
    view.takes_uploads = True
    return view


def takes_long_texts(view):
    """Marks a view, outermost, whose POST may bring many fields: see lacare_site/security/requests.py."""
    view.takes_long_texts = True
    return view


def _is_cut_off(request: HttpRequest) -> bool:
    """Whether the connection broke before the whole form had come: the rest would be taken for empty fields and files that were not chosen."""
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return False  # nobody reads it
    request.POST  # noqa: B018 which is read by this
    length = request.META.get("CONTENT_LENGTH") or "0"
    # Of a form with files Django itself counts what came, and tells nobody.
    came = len(request.body) if hasattr(request, "_body") else request._stream._pos
    return length.isdecimal() and came < int(length)


def _answer(request: HttpRequest, view, *args, **kwargs) -> HttpResponse:
    wanted = request.POST.get(LANGUAGE, "") if request.method == "POST" else ""
    if wanted in languages.BY_CODE and wanted != get_language():
        response = RedirectWithBody(addresses.in_language(request.path, wanted))
        code = holder.code_of(request) if "kind" in kwargs else ""
        if code:
            holder.hold(response, code, registry.get(kwargs["kind"]), wanted)
        return response
    size, notice = (request.POST.get(name, "") for name in (TEXT_SIZE, NOTICE))
    changes_size = size in map(str, cookies.TEXT_SIZES)
    closes_notice = bool(cookies.CLOSING_ID.fullmatch(notice))
    request.held_mark = holder.mark_of(request)
    request.keeps_typed = bool(wanted) or changes_size or closes_notice
    # The page shows the choice at once, and the browser keeps it.
    if changes_size:
        request.COOKIES[cookies.TEXT_SIZE_COOKIE] = size
    if closes_notice:
        request.COOKIES[cookies.CLOSED_NOTICES_COOKIE] = "-".join([*cookies.closed_notices(request), notice])
    response = view(request, *args, **kwargs)
    if changes_size:
        cookies.remember_text_size(response, int(size))
    if closes_notice:
        cookies.remember_closed_notice(request, response, notice)
    return response
