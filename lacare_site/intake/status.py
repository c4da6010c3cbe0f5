"""How a case stands, for whoever has its number and its code."""

import contextlib
from datetime import timedelta

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lacare_site.casework import services as casework
from lacare_site.casework.models import Case, CaseEvent
from lacare_site.security import limits

from . import codes, deficiencies, holder, receipts, registry, shown_forms, typed_page
from .form_page import FORM_ID, form_page

PER_ADDRESS, PER_ALL, WINDOW = 20, 3000, timedelta(hours=1)
LEAVE, WITHDRAW, CONFIRM, SEND_ANSWERS = "leave", "withdraw", "confirm", "send_answers"


UNKNOWN = gettext_lazy("Number and code do not belong together. Please compare both with your receipt.")


class AskForm(forms.Form):
    reference = forms.CharField(
        label=gettext_lazy("Your number"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )
    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("Seven groups of four signs, from your receipt. Spaces and hyphens do not matter."),
        max_length=codes.LONGEST_INPUT,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )


@form_page
def show(request: HttpRequest, kind: str) -> HttpResponse:
    """GET asks for number and code, or shows the case whose code this browser holds. POST gives them, leaves, or withdraws."""
    form_kind = registry.get(kind)
    page = form_kind.place()
    case = _held_case(request, kind)
    if request.method == "POST" and LEAVE in request.POST:
        response = HttpResponseRedirect(request.path)
        holder.leave(response, form_kind)
        return response
    if "reference" not in request.POST and holder.is_another(request):  # a number and its code say themselves which case is meant
        return typed_page.show_another(request, form_kind, [])
    if case and request.method == "POST" and SEND_ANSWERS in request.POST and not request.keeps_typed:
        with contextlib.suppress(deficiencies.Closed, casework.Refused):
            deficiencies.send_answers(case)
        return HttpResponseRedirect(request.path)
    if case and request.method == "POST" and WITHDRAW in request.POST and not request.keeps_typed:
        return _withdraw(request, form_kind, page, case)
    if case and (request.method != "POST" or request.keeps_typed or "reference" not in request.POST):
        return _case(request, page, case)
    if request.method != "POST":
        return _ask(request, page, AskForm())
    if "reference" not in request.POST:
        return _gone(request, page)
    form = AskForm(request.POST)
    if request.keeps_typed:
        return _ask(request, page, shown_forms.unchecked(form))
    if not form.is_valid():
        return _ask(request, page, form)
    if not _may_ask(request, kind):
        form.add_error(None, _("Too many numbers and codes were tried. Please try again in an hour, or call us."))
        response = _ask(request, page, form)
        response.status_code = 429
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return response
    code = codes.read(form.cleaned_data["code"])
    if find(kind, form.cleaned_data["reference"], code) is None:
        form.add_error(None, UNKNOWN)
        return _ask(request, page, form)
    response = HttpResponseRedirect(request.path)
    holder.hold(response, code, form_kind)
    return response


def find(kind: str, reference: str, code: str) -> Case | None:
    """The case of that kind, if number and code are both its own. An unknown number and a wrong code take the same way."""
    case = Case.objects.filter(kind=kind, code_hash=codes.hash_of(code)).first()
    matches = constant_time_compare(codes.signs_of(reference), codes.signs_of(case.reference if case else "-"))
    return case if case and matches else None


def _held_case(request: HttpRequest, kind: str) -> Case | None:
    code = holder.code_of(request)
    return Case.objects.filter(kind=kind, code_hash=codes.hash_of(code)).first() if code else None


def _may_ask(request: HttpRequest, kind: str) -> bool:
    scope = f"status.{kind}"
    is_within = limits.hit(scope, limits.address_of(request), PER_ADDRESS, WINDOW)
    return is_within and limits.global_hit(scope, PER_ALL, WINDOW)


def _withdraw(request: HttpRequest, kind: registry.FormKind, page, case: Case) -> HttpResponse:
    transition = kind.case_kind.workflow.transitions.get(kind.withdrawal)
    if transition is None or case.stage not in transition.sources:
        return HttpResponseRedirect(request.path)
    if CONFIRM not in request.POST:
        return _case(request, page, case, asks_to_withdraw=True)
    with contextlib.suppress(casework.Refused):  # somebody was faster: the page shows how it stands
        casework.move(case, transition, None)
    return HttpResponseRedirect(request.path)


def _ask(request: HttpRequest, page, form: AskForm) -> HttpResponse:
    context = {"page": page, "form": form, "faults": shown_forms.faults(form), "form_id": FORM_ID, "is_private": True}
    return TemplateResponse(request, "intake/status_ask.html", context | {"heading": _("See how it stands")})


def _gone(request: HttpRequest, page) -> HttpResponse:
    """The time of the case was over while its status stood open: what an unknown number gets."""
    form = shown_forms.unchecked(AskForm({}))
    form.add_error(None, UNKNOWN)
    return _ask(request, page, form)


@transaction.atomic
def _case(request: HttpRequest, page, case: Case, *, asks_to_withdraw: bool = False) -> HttpResponse:
    """It is rendered here: until then the case stays."""
    case = Case.objects.select_for_update().filter(pk=case.pk).first()
    if case is None:
        return _gone(request, page)
    kind = registry.get(case.kind)
    transition = kind.case_kind.workflow.transitions.get(kind.withdrawal)
    letters = case.events.filter(kind=CaseEvent.Kind.LETTER).order_by("-pk")
    moves = case.events.filter(kind__in=[CaseEvent.Kind.RECEIVED, CaseEvent.Kind.STAGE]).order_by("pk")
    context = receipts.context(case, "") | {
        "page": page,
        "form_id": FORM_ID,
        "heading": case.reference,
        "lead": kind.name,
        "stage": kind.stage_of(case),
        "answer_by": deficiencies.answer_by(case),
        "is_paused": kind.case_kind.workflow.stages[case.stage].pauses,
        "history": [(event.at, kind.stages[event.to_stage]) for event in moves if event.to_stage in kind.stages],
        "letters": letters,
        "may_withdraw": transition is not None and case.stage in transition.sources,
        "asks_to_withdraw": asks_to_withdraw,
    }
    if kind.answered:
        asked = list(case.deficiencies.all())
        is_open = set(deficiencies.open_in(case).values_list("pk", flat=True))
        context["asked"] = [(one, reverse(f"{kind.key}_answer", args=[one.pk]) if one.pk in is_open else "") for one in asked]
        context["may_send_answers"] = deficiencies.may_send(case)
    return TemplateResponse(request, "intake/status.html", context).render()
