"""A form of one page: shown, checked, sent once, and answered with its receipt.

The answer to the POST is the receipt itself, under the same address: no cookie and no address has to carry what the receipt says, and
a browser that sends the form again gets the same receipt.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lacare_site.casework.models import Case
from lacare_site.security import limits

from . import codes, personal_numbers, receipts, registry, shown_forms, tokens
from .form_page import FORM_ID

PER_ADDRESS, PER_ALL, WINDOW = 10, 600, timedelta(hours=1)
DOWNLOAD, SHOW = "download", "show"


@dataclass(frozen=True, kw_only=True)
class SinglePage:
    """`send(cleaned, key, language, code_hash)` opens the case and stores what was sent in one transaction that is already open.
    `is_same(case, cleaned)` says whether a case holds exactly this."""

    kind: str
    form: type[forms.Form]
    template: str
    send: Callable[[dict, uuid.UUID, str, str], Case]
    is_same: Callable[[Case, dict], bool]


def answer(request: HttpRequest, form_page: SinglePage) -> HttpResponse:
    """The answer to GET and POST of the form's address; 404 while its page is not live."""
    kind = registry.get(form_page.kind)
    page = kind.page()
    if page is None:
        raise Http404("This form is not open.")
    if request.method != "POST":
        return _show(request, form_page, page, form_page.form(), tokens.new(kind.key))
    token = tokens.read(request.POST.get(tokens.FIELD, ""), kind.key)
    earlier = Case.objects.filter(kind=kind.key, submission_key=token.key).first() if token else None
    if earlier and {DOWNLOAD, SHOW} & request.POST.keys():
        return _receipt(request, page, earlier, token)
    form = form_page.form(request.POST)
    if request.keeps_typed:
        return _show(request, form_page, page, shown_forms.unchecked(form), token.text if token else tokens.new(kind.key))
    form.full_clean()
    personal_numbers.refuse_in(form)
    if form.errors:
        return _show(request, form_page, page, form, token.text if token else tokens.new(kind.key))
    if earlier and form_page.is_same(earlier, form.cleaned_data):
        return _receipt(request, page, earlier, token)
    if complaint := _complaint(request, token, earlier):
        form.add_error(None, complaint)
        # A key once used is used up; else it stays, so that two clicks remain one request.
        key = token.key if token and not earlier else None
        text = token.text if token and not earlier and not token.is_late else tokens.new(kind.key, key)
        return _show(request, form_page, page, form, text)
    scope = f"form.{kind.key}"
    if not limits.hit(scope, limits.address_of(request), PER_ADDRESS, WINDOW) or not limits.global_hit(scope, PER_ALL, WINDOW):
        return _wait(request, form_page, page, form, token)
    code_hash = codes.hash_of(codes.of_key(token.key, kind.key))
    with transaction.atomic():
        case = form_page.send(form.cleaned_data, token.key, get_language(), code_hash)
    return _receipt(request, page, case, token)


def _complaint(request: HttpRequest, token: tokens.Token | None, earlier: Case | None) -> str:
    """Why this form cannot be sent as it is, though every field is right; "" where it can."""
    if earlier:
        text = _(
            "You have sent this form already, under the number %(reference)s. Press “Send” again to send what stands here now as a new one."
        )
        return text % {"reference": earlier.reference}
    return tokens.complaint(token, request.POST, _("Send"))


def _wait(request: HttpRequest, form_page: SinglePage, page, form, token: tokens.Token) -> HttpResponse:
    form.add_error(
        None, _("There are too many requests right now. Nothing is lost: please press “Send” again in an hour, or call us.")
    )
    response = _show(request, form_page, page, form, token.text)
    response.status_code = 429
    response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


def _show(request: HttpRequest, form_page: SinglePage, page, form: forms.Form, token: str) -> HttpResponse:
    context = {"page": page, "form": form, "faults": shown_forms.faults(form), "token": token, "form_id": FORM_ID}
    kind = registry.get(form_page.kind).case_kind
    context["answer_by"] = timezone.localdate(kind.limit(kind.clocks[-1], timezone.localdate()).after(timezone.now()))
    return TemplateResponse(request, form_page.template, context)


def _receipt(request: HttpRequest, page, case: Case, token: tokens.Token) -> HttpResponse:
    code = codes.of_key(token.key, case.kind)
    if DOWNLOAD in request.POST:
        return receipts.download(request, case, code)
    context = receipts.context(case, code) | {"page": page, "token": token.text, "form_id": FORM_ID}
    return TemplateResponse(request, "intake/receipt.html", context)
