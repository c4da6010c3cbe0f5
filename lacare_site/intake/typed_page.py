"""What was typed into a page that cannot keep it any more: shown once more, to be copied. Nothing typed is lost."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from . import steps
from .form_page import FORM_ID, SHOWN_OTHERWISE
from .registry import FormKind

Answers = Iterable[tuple[str, str]]  # (label, what was typed in words)


def of_step(step: steps.Step, request: HttpRequest) -> Answers:
    groups = steps.Filled(step, steps.typed(step, request.POST)).answers()
    return [(f"{legend}: {label}" if legend else label, words) for legend, answers in groups for label, words in answers if words]


def of_form(form: forms.BaseForm) -> Answers:
    return [(field.label, words) for field in form.visible_fields() if field.data and (words := steps.in_words(field)).strip()]


def of_files(request: HttpRequest) -> Answers:
    """The names of the files that came along."""
    return [(_("File"), file.name) for _name, sent in request.FILES.lists() for file in sent]


def show_another(request: HttpRequest, kind: FormKind, answers: Answers) -> HttpResponse:
    """The same where the browser holds another code by now (holder.is_another); perhaps nothing was typed."""
    back = reverse(f"{kind.key}_{'resume' if kind.draft else 'status'}")
    known = {"page": kind.place(), "kind": kind, "form_id": FORM_ID, "is_private": True, "addresses": {"resume": back}}
    return show(request, known | {"is_another": True}, list(answers), is_sent=False)


def show(request: HttpRequest, known: dict, answers: Answers, *, is_sent: bool) -> HttpResponse:
    """The page with what was typed; 409. `known` is the context of the form's pages, `is_sent` whether it was sent meanwhile."""
    # They go along when somebody asks for the page in another language or size.
    fields = [(name, value) for name, values in request.POST.lists() if name not in SHOWN_OTHERWISE for value in values]
    known |= {"answers": answers, "fields": fields, "is_sent": is_sent}
    heading = _("What you typed") if answers else _("Please look at this")
    return TemplateResponse(request, "intake/typed.html", known | {"heading": heading}, status=409)
