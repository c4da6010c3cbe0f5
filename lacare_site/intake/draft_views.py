"""The pages of a form of several steps: begin, the code, come back, the list of steps, a step, review and sending."""

import contextlib
from datetime import timedelta
from functools import partial, wraps

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lacare_site.casework.models import Case
from lacare_site.security import limits
from lacare_site.typed_text import number

from . import codes, drafts, holder, personal_numbers, receipts, registry, shown_forms, steps, tokens, typed_page
from .form_page import FORM_ID, form_page, takes_long_texts
from .models import Draft

STARTS, TRIES, PER_ALL, WINDOW = 10, 20, 2000, timedelta(hours=1)
TO_START = timedelta(seconds=1)  # that a person takes to find the button; nothing is typed before
DOWNLOAD, LATER, ADD, DROP, ANOTHER, LEAVE = "download", "later", "add", "drop", "another", "leave"
READ = "read"  # what stood in the draft when the page was shown on which it is signed
FROM_REVIEW = "from_review"  # a step that was opened to mend it leads back to where everything is read once more


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("Seven groups of four signs. Spaces and hyphens do not matter."),
        max_length=codes.LONGEST_INPUT,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )


def address(kind: registry.FormKind, name: str, **arguments) -> str:
    return reverse(f"{kind.key}_{name}", kwargs=arguments)


def context_of(request: HttpRequest, kind: registry.FormKind, heading: str, **further) -> dict:
    """What every page below a form's own page knows; `about` it is there with a `draft` or a `case`."""
    page = further.get("page") or kind.place()
    addresses = {name: address(kind, name) for name in ("draft", "code", "resume", "documents", "review", "status")}
    known = {"page": page, "kind": kind, "form_id": FORM_ID, "heading": heading, "is_private": True, "addresses": addresses}
    if owner := further.get("draft") or further.get("case"):
        known["about"] = kind.about(owner)
    return known | further


def begin_context(request: HttpRequest, kind: registry.FormKind) -> dict:
    """What intake/begin.html knows. 404 while the form's page is not live: then nobody begins."""
    page = kind.page()
    if page is None:
        raise Http404("This form is not open.")
    token = tokens.new(kind.key)
    return context_of(request, kind, "", page=page, closure=kind.draft.closure(), start_url=address(kind, "start"), token=token)


def front(request: HttpRequest, kind: registry.FormKind) -> HttpResponse:
    """The form's own page of the tree, with the ways into the form; its token is nobody else's, so that it must not be kept."""
    known = begin_context(request, kind) | {"is_private": False, "form_id": ""}
    return TemplateResponse(request, "intake/front.html", known)


def with_draft(view=None, *, typed=lambda request, kind, **known: []):
    """Gives the view the FormKind and the draft whose code this browser holds. Without one it leads to where the code is asked for;
    with the code of what was sent already, to the receipt. Whoever has typed something is shown it instead, also where the page was
    another draft's: `typed` gives what came with a POST, and is told whether the draft `is_sent`."""
    if view is None:
        return partial(with_draft, typed=typed)

    @form_page
    @wraps(view)
    def held(request, kind, **arguments):
        form_kind = registry.get(kind)
        if holder.is_another(request) and LEAVE not in request.POST:
            return typed_page.show_another(request, form_kind, typed(request, form_kind, is_sent=False, **arguments))
        code = holder.code_of(request)
        draft = drafts.find(kind, code) if code else None
        with contextlib.suppress(drafts.Gone):
            if draft:
                return view(request, form_kind, draft, **arguments)
        is_sent = bool(code) and Case.objects.filter(kind=kind, code_hash=codes.hash_of(code)).exists()
        if request.method == "POST" and (answers := typed(request, form_kind, is_sent=is_sent, **arguments)):
            return typed_page.show(request, context_of(request, form_kind, ""), answers, is_sent=is_sent)
        return HttpResponseRedirect(address(form_kind, "receipt" if is_sent else "resume"))

    return held


def _typed_in_step(request: HttpRequest, kind: registry.FormKind, step: str, **_known) -> typed_page.Answers:
    asked = kind.draft.step(step)
    return typed_page.of_step(asked, request) if asked else []


def _signature(request: HttpRequest, kind: registry.FormKind, *, is_sent: bool) -> typed_page.Answers:
    """A second click finds the draft sent: then the receipt is the answer."""
    return [] if is_sent else typed_page.of_form(kind.draft.sign(request.POST))


@form_page
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """POST begins a draft; GET leads to the form's own page, which has the button."""
    form_kind = registry.get(kind)
    known = begin_context(request, form_kind)
    if request.method != "POST":
        return HttpResponseRedirect(known["page"].url)
    token = tokens.read(request.POST.get(tokens.FIELD, ""), kind, TO_START)
    if token and not token.is_late:
        known["token"] = token.text
    if known["closure"] or request.keeps_typed:
        return TemplateResponse(request, "intake/start.html", known)
    if complaint := tokens.complaint(token, request.POST, _("Start now")):
        return TemplateResponse(request, "intake/start.html", known | {"faults": [shown_forms.Fault(complaint)]})
    if ANOTHER not in request.POST and _would_lose(request, kind, token):
        return TemplateResponse(request, "intake/start.html", known | {"would_lose": True})
    if not _within(request, f"draft.start.{kind}", STARTS):
        return _too_often(request, "intake/too_often.html", known | {"heading": _("Please wait a little")})
    try:
        code = drafts.start(kind, get_language(), token.key)
    except drafts.Used:
        faults = [shown_forms.Fault(tokens.TOO_LATE % {"button": _("Start now")})]
        return TemplateResponse(request, "intake/start.html", known | {"faults": faults, "token": tokens.new(kind)})
    response = HttpResponseRedirect(address(form_kind, "code"))
    holder.hold(response, code, form_kind)
    return response


def _would_lose(request: HttpRequest, kind: str, token: tokens.Token) -> bool:
    """Whether the browser holds the code of another draft in which something stands: perhaps nobody else has it."""
    held = drafts.find(kind, holder.code_of(request))
    return bool(held) and held.submission_key != token.key and (held.steps.exists() or held.attachments.exists())


@with_draft
def show_code(request: HttpRequest, kind: registry.FormKind, draft: Draft) -> HttpResponse:
    """The code, to be written down; POST gives it as a file."""
    code = holder.code_of(request)
    known = context_of(request, kind, _("Your code"), code=code, draft=draft)
    # Whoever has just begun is led to the first question, everybody else to what they have done so far.
    known["next_url"] = address(kind, "draft") if draft.steps.exists() else address(kind, "step", step=kind.draft.steps[0].key)
    if request.method == "POST" and DOWNLOAD in request.POST and not request.keeps_typed:
        text = render_to_string("intake/code_copy.html", known, request)
        return HttpResponse(text, headers={"Content-Disposition": f'attachment; filename="{kind.case_kind.prefix}.html"'})
    return TemplateResponse(request, "intake/code.html", known)


@form_page
def resume(request: HttpRequest, kind: str) -> HttpResponse:
    """Asks for the code; a right one leads to the draft, or to the status of what was sent."""
    form_kind = registry.get(kind)
    form = CodeForm(request.POST if request.method == "POST" else None)
    known = context_of(request, form_kind, _("Come back with your code"), form=form)
    if request.method == "POST" and request.keeps_typed:
        shown_forms.unchecked(form)
    elif request.method == "POST" and form.is_valid():
        if not _within(request, f"draft.resume.{kind}", TRIES):
            form.add_error(None, _("Too many codes were tried. Please try again in an hour, or call us."))
            return _too_often(request, "intake/resume.html", known | {"faults": shown_forms.faults(form)})
        code = codes.read(form.cleaned_data["code"])
        found = drafts.find(kind, code)
        sent = Case.objects.filter(kind=kind, code_hash=codes.hash_of(code)).first()
        if found or sent:
            response = HttpResponseRedirect(address(form_kind, "draft" if found else "status"))
            holder.hold(response, code, form_kind)
            return response
        form.add_error("code", _("We find nothing with this code. Compare it with what you wrote down."))
    return TemplateResponse(request, "intake/resume.html", known | {"faults": shown_forms.faults(form) if form.is_bound else []})


@with_draft
def show_draft(request: HttpRequest, kind: registry.FormKind, draft: Draft) -> HttpResponse:
    """What is done and what is missing. POST leaves the draft on this computer."""
    if request.method == "POST" and LEAVE in request.POST and not request.keeps_typed:
        response = HttpResponseRedirect(kind.place().url)
        holder.leave(response, kind)
        return response
    filled = drafts.filled(draft, kind.draft)
    missing = drafts.missing_documents(draft, kind.draft)
    rows = [(step.step, address(kind, "step", step=key), _state(step)) for key, step in filled.items()]
    has_files = draft.attachments.filter(replaced_at=None, removed_at=None).exists()
    known = context_of(request, kind, kind.name, rows=rows, missing=missing, has_files=has_files, draft=draft)
    known["is_complete"] = all(step.is_complete for step in filled.values()) and not missing
    return TemplateResponse(request, "intake/draft.html", known)


@takes_long_texts
@with_draft(typed=_typed_in_step)
def show_step(request: HttpRequest, kind: registry.FormKind, draft: Draft, step: str) -> HttpResponse:
    """One step. POST stores it, right or wrong, and goes on where it is right."""
    asked = kind.draft.step(step)
    if asked is None:
        raise Http404("There is no such step.")
    stored = draft.steps.filter(step=step).first()
    if request.method != "POST":
        filled = steps.Filled(asked, stored.data if stored else None)
        shows_faults = "check" in request.GET and filled.was_begun
        return _step(request, kind, draft, filled, stored.version if stored else 0, checks=shows_faults)
    data = steps.typed(asked, request.POST, request.POST.get(DROP, ""))
    seen = number(request.POST.get("version", ""))
    filled = steps.Filled(asked, data)
    if request.keeps_typed:
        return _step(request, kind, draft, filled, seen, checks=False)
    mine = stored.data if stored and stored.version == seen else None
    try:
        kept = drafts.save(draft, step, filled.to_keep(mine), seen)
    except drafts.Conflict as conflict:
        theirs = steps.differences(asked, data, conflict.stored.data)
        return _step(request, kind, draft, filled, conflict.stored.version, checks=False, theirs=theirs)
    if {ADD, DROP} & request.POST.keys():
        filled = steps.Filled(asked, steps.with_row_added(asked, data, request.POST.get(ADD, "")))
        return _step(request, kind, draft, filled, kept.version, checks=False)
    holds_number = any(
        form.has_error(name, personal_numbers.CODE) for part in filled.parts for form in part.forms for name in form.errors
    )
    if LATER in request.POST and not holds_number:
        return HttpResponseRedirect(address(kind, "draft"))
    if filled.faults:
        return _step(request, kind, draft, filled, kept.version, checks=True)
    return HttpResponseRedirect(address(kind, "review") if FROM_REVIEW in request.POST else _next_address(kind, step))


@with_draft(typed=_signature)
def review(request: HttpRequest, kind: registry.FormKind, draft: Draft) -> HttpResponse:
    """Everything to read once more, what is still missing, and the signature. POST sends."""
    # One after the other: a second click finds the draft sent, never half of it.
    with transaction.atomic():
        drafts.lock(draft)
        return _review(request, kind, draft)


def _review(request: HttpRequest, kind: registry.FormKind, draft: Draft) -> HttpResponse:
    form = kind.draft.sign(request.POST if request.method == "POST" else None)
    mark = drafts.mark_of(draft)
    read = request.POST.get(READ, mark)
    filled = drafts.filled(draft, kind.draft)
    obstacles = [
        (step.step.title, f"{address(kind, 'step', step=key)}?check=1&{FROM_REVIEW}=1")
        for key, step in filled.items()
        if not step.is_complete
    ]
    documents = address(kind, "documents")
    obstacles += [(what, f"{documents}#item-{key or 'other'}") for what, key in drafts.missing_documents(draft, kind.draft)]
    refusals = [] if obstacles else kind.draft.faults({key: step.cleaned for key, step in filled.items()}, draft)
    if request.method == "POST":
        if request.keeps_typed:
            shown_forms.unchecked(form)
            mark = read  # nobody has been told yet
        elif read != mark:
            form = _unsigned(form)
            form.add_error(
                None,
                _(
                    "Something in this form was changed after you opened this page. Please read all of it once more, then sign and send."
                ),
            )
        else:
            form.full_clean()
            personal_numbers.refuse_in(form)
            if request.POST.get(tokens.HONEYPOT):
                form.add_error(None, tokens.TOO_FAST % {"button": _("Send")})
            if form.is_valid() and not obstacles and not refusals:
                drafts.send(draft, kind.draft, form.cleaned_data, get_language())
                return HttpResponseRedirect(address(kind, "receipt"))
    answers = [(step.step, f"{address(kind, 'step', step=key)}?{FROM_REVIEW}=1", step.answers()) for key, step in filled.items()]
    known = context_of(
        request, kind, _("Review and send"), form=form, answers=answers, obstacles=obstacles, refusals=refusals, draft=draft
    )
    known |= {"read": mark, "typed": typed_page.of_form(form) if form.is_bound else []}
    known["faults"] = shown_forms.faults(form) if form.is_bound else []
    known["files"] = list(draft.attachments.filter(replaced_at=None, removed_at=None).order_by("pk"))
    for file in known["files"]:
        file.asked = kind.items.get(file.item, "")
    return TemplateResponse(request, "intake/review.html", known)


def _unsigned(form: forms.Form) -> forms.Form:
    """The signature with what was typed, and without what was confirmed."""
    data = form.data.copy()
    for name, field in form.fields.items():
        if isinstance(field, forms.BooleanField):
            data.pop(name, None)
    return shown_forms.unchecked(type(form)(data))


@form_page
def receipt(request: HttpRequest, kind: str) -> HttpResponse:
    """The receipt of what the held code was sent as; POST gives it as a file."""
    form_kind = registry.get(kind)
    if holder.is_another(request):
        return typed_page.show_another(request, form_kind, [])
    code = holder.code_of(request)
    case = Case.objects.filter(kind=kind, code_hash=codes.hash_of(code)).first() if code else None
    if case is None:
        return HttpResponseRedirect(address(form_kind, "resume"))
    if request.method == "POST" and DOWNLOAD in request.POST and not request.keeps_typed:
        return receipts.download(request, case, code)
    known = context_of(request, form_kind, form_kind.thanks) | receipts.context(case, code) | {"is_held": True}
    return TemplateResponse(request, "intake/receipt.html", known)


def _step(request, kind, draft, filled: steps.Filled, version: int, *, checks: bool, theirs=()) -> HttpResponse:
    step = filled.step
    known = context_of(request, kind, step.title, step=step, version=version, theirs=theirs, draft=draft)
    known["parts"] = filled.shown_parts if checks else filled.unchecked_parts
    known["faults"] = filled.faults if checks else []
    known["number"] = kind.draft.steps.index(step) + 1
    known["count"] = len(kind.draft.steps)
    known["is_from_review"] = FROM_REVIEW in (request.POST if request.method == "POST" else request.GET)
    if step.context:
        known |= step.context(filled.data)
    return TemplateResponse(request, step.template, known)


def _state(filled: steps.Filled) -> str:
    if not filled.was_begun:
        return "empty"
    return "complete" if filled.is_complete else "begun"


def _next_address(kind: registry.FormKind, step: str) -> str:
    keys = [each.key for each in kind.draft.steps]
    place = keys.index(step) + 1
    return address(kind, "step", step=keys[place]) if place < len(keys) else address(kind, "documents")


def _within(request: HttpRequest, scope: str, most: int) -> bool:
    return limits.hit(scope, limits.address_of(request), most, WINDOW) and limits.global_hit(scope, PER_ALL, WINDOW)


def _too_often(request: HttpRequest, template: str, known: dict) -> HttpResponse:
    headers = {"Retry-After": str(int(WINDOW.total_seconds()))}
    return TemplateResponse(request, template, known, status=429, headers=headers)
