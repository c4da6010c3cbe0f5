"""Answering what staff found missing: one page for each thing, and one button when all are answered."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lacare_site import typed_text
from lacare_site.casework.models import Case

from . import codes, deficiencies, holder, personal_numbers, registry, shown_forms, typed_page
from .document_views import ACCEPTED, FILE, ITEM, REMOVE, REPLACES, chosen_in, handle, limit_of, take, with_policy
from .draft_views import address, context_of
from .form_page import form_page, takes_uploads
from .models import Deficiency


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=deficiencies.LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 6})
    )


@takes_uploads
@form_page
def show(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One thing that is missing: POST keeps the answer, or adds and removes a file that belongs to it; what is typed stays in every case."""
    form_kind = registry.get(kind)
    if holder.is_another(request):
        return typed_page.show_another(request, form_kind, _typed(request))
    code = holder.code_of(request)
    case = Case.objects.filter(kind=kind, code_hash=codes.hash_of(code)).first() if code else None
    if case is None:
        return _not_kept(request, form_kind, is_sent=False)
    asked = case.deficiencies.filter(pk=number).first()
    if asked is None and request.method == "POST":
        return _not_kept(request, form_kind, is_sent=False)
    if asked is None:
        raise Http404("Nothing was asked under this number.")
    limit = limit_of(request)
    try:
        with deficiencies.held_open(asked) as stored:
            return _answer(request, form_kind, stored, limit)
    except deficiencies.Closed:
        return _not_kept(request, form_kind, is_sent=True)


def _answer(request: HttpRequest, kind: registry.FormKind, asked: Deficiency, limit: str) -> HttpResponse:
    is_typed = request.method == "POST" and "answer" in request.POST
    form = AnswerForm(request.POST if is_typed else None, initial={"answer": asked.answer})
    form.takes_personal_numbers = kind.takes_personal_numbers
    version = typed_text.number(request.POST.get("version", "")) if is_typed else asked.version
    faults = {asked.item: limit} if limit else {}
    theirs = ""
    is_kept = request.method == "POST" and not limit and not request.keeps_typed
    chosen = chosen_in(request, asked.case, {asked.item: FILE}) if is_kept else []
    for item, old, sent in chosen:
        take(sent, asked.case, item, faults, old)
    if request.method == "POST" and not is_kept:
        shown_forms.unchecked(form)
    elif {ITEM, REMOVE, REPLACES} & request.POST.keys():
        done = None if faults else handle(request, asked.case, {asked.item}, chosen, faults, lambda key: f"{request.path}#files")
        if done and not (is_typed and form["answer"].data != asked.answer):
            return done
        shown_forms.unchecked(form)
    elif request.method == "POST":
        form.full_clean()
        personal_numbers.refuse_in(form)
        if not faults and form.is_valid():
            try:
                deficiencies.answer(asked, form.cleaned_data["answer"], version)
                return HttpResponseRedirect(address(kind, "status"))
            except deficiencies.Conflict as conflict:
                theirs, version = conflict.stored.answer, conflict.stored.version
    files = asked.case.attachments.filter(item=asked.item, replaced_at=None, removed_at=None).order_by("pk")
    known = context_of(request, kind, _("Answer"), asked=asked, form=form, version=version, accepted=ACCEPTED, case=asked.case)
    known["files"] = list(files)
    if theirs:
        known["theirs"] = [(form["answer"].label, form["answer"].data, theirs)]
        known["conflict_title"] = _("Somebody else has saved this answer meanwhile")
    known["faults"] = shown_forms.faults(form) if form.is_bound else []
    known["file_fault"] = faults.get(asked.item, "")
    if known["file_fault"]:
        known["faults"].append(shown_forms.Fault(known["file_fault"], "file-answer", _("File")))
    return with_policy(TemplateResponse(request, "intake/answer.html", known))


def _typed(request: HttpRequest) -> typed_page.Answers:
    return [*typed_page.of_form(AnswerForm(request.POST)), *typed_page.of_files(request)]


def _not_kept(request: HttpRequest, kind: registry.FormKind, *, is_sent: bool) -> HttpResponse:
    if request.method == "POST" and (answers := _typed(request)):
        known = context_of(request, kind, "")
        known["addresses"]["resume"] = known["addresses"]["status"]
        return typed_page.show(request, known, answers, is_sent=is_sent)
    return HttpResponseRedirect(address(kind, "status"))
