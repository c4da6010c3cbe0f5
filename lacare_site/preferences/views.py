"""The two things that a visitor may choose: the size of the text, and not to see a notice again.

Plain forms, without a CSRF cookie (which every page would have to set): a browser's own word for where the request comes from
takes its place, see lacare_site/security/origin.py.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lacare_site import addresses
from lacare_site.security.origin import same_origin_or_silent

from . import cookies


def back(request: HttpRequest) -> HttpResponseRedirect:
    """Back to the page of this site that `next` names, else to the home page. Never to another host."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    response = HttpResponseRedirect(address if is_ours else _home(request))
    response.status_code = 303
    return response


def _home(request: HttpRequest) -> str:
    """The home page in the language of the page that the request comes from, where the browser names it."""
    try:
        came_from = urlsplit(request.headers.get("Referer", "")).path
    except ValueError:
        came_from = ""
    code, _path = addresses.split_language(came_from)
    return addresses.in_language("/", code)


@csrf_exempt
@require_POST
@never_cache
@same_origin_or_silent
def set_text_size(request: HttpRequest) -> HttpResponse:
    """POST `size` (100, 125, 150 or 200) and `next`; 400 for another size."""
    size = request.POST.get("size", "")
    if size not in map(str, cookies.TEXT_SIZES):
        return HttpResponseBadRequest("No such text size.", content_type="text/plain")
    response = back(request)
    cookies.remember_text_size(response, int(size))
    return response


@csrf_exempt
@require_POST
@never_cache
@same_origin_or_silent
def close_notice(request: HttpRequest) -> HttpResponse:
    """POST `notice` (a Notice.closing_id) and `next`; 400 for what cannot be one."""
    closing_id = request.POST.get("notice", "")
    if not cookies.CLOSING_ID.fullmatch(closing_id):
        return HttpResponseBadRequest("No such notice.", content_type="text/plain")
    response = back(request)
    cookies.remember_closed_notice(request, response, closing_id)
    return response
