"""What every page for reporters has in common, beyond what a form's page has: it leaves no trace, not even when it fails.

An exception is logged by its type and its place in the code. Its text, its variables and the request, which might hold what somebody
wrote, are never logged. Neither is the address that failed, which tells a language.
"""

import logging
import traceback
from functools import wraps

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from lacare_site import errors
from lacare_site.intake.form_page import FORM_ID, LANGUAGE, SHOWN_OTHERWISE, RedirectWithBody, form_page
from lacare_site.preferences import cookies

from . import filings
from .attachments import MemoryUploads

logger = logging.getLogger(__name__)

# Where somebody goes who must leave at once: a site that anybody might be looking at.
NEUTRAL = "https://www.weather.gov/"
LEAVE_AT_ONCE = "leave"


def public_page(place: filings.Place):
    """For the views of reporters. They answer at once, not by a TemplateResponse, whose faults would come later."""

    def decorate(view):
        shown = form_page(sensitive_variables()(sensitive_post_parameters()(view)))

        @wraps(shown)
        def guarded(request: HttpRequest) -> HttpResponse:
            request.encoding = "utf-8"
            request.upload_handlers = [MemoryUploads(request)]
            try:
                response = shown(request)
            except (Http404, PermissionDenied):
                raise
            except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError):
                response = errors.bad_request(request)
            except Exception as error:
                place_in_code = traceback.extract_tb(error.__traceback__)[-1]
                logger.error(
                    "A page for reporters failed: %s at %s:%s", type(error).__name__, place_in_code.filename, place_in_code.lineno
                )
                response = errors.server_error(request)
            if isinstance(response, RedirectWithBody):
                filings.move(request, response, place, request.POST[LANGUAGE])
            for choice in (cookies.TEXT_SIZE_COOKIE, cookies.CLOSED_NOTICES_COOKIE):
                if choice in response.cookies:  # elsewhere it stays for a year
                    response.cookies[choice]["max-age"] = response.cookies[choice]["expires"] = ""
            add_never_cache_headers(response)
            response._has_been_logged = True  # else Django writes a line with the address
            return response

        guarded.takes_uploads = True
        return guarded

    return decorate


def show(request: HttpRequest, template: str, context: dict | None = None, held: filings.Held | None = None) -> HttpResponse:
    """A page whose way out deletes what is `held`, if anything is, and else leads away directly."""
    leave_url = f"{request.path}?{LEAVE_AT_ONCE}=1" if held else NEUTRAL
    return render(request, template, {"leave_url": leave_url, **(context or {})})


def leave_at_once(request: HttpRequest, held: filings.Held | None, place: filings.Place) -> HttpResponse:
    """Leads away. What was typed is gone with it, and the cookie."""
    if held:
        held.drop()
    response = HttpResponseRedirect(NEUTRAL)
    filings.release(request, response, place)
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """More at once than anybody expects: nothing was taken. What was typed stands in the answer, to be sent again."""
    typed = [(name, value) for name, values in request.POST.lists() if name not in SHOWN_OTHERWISE for value in values]
    response = show(request, "compliance/busy.html", {"form_id": FORM_ID, "typed": typed})
    response.status_code = 429
    response.headers["Retry-After"] = "3600"
    return response
