"""Answering what staff found missing: one page for each thing, and one button when all are answered."""

import contextlib

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lacare_site.casework.models import Case

from . import codes, deficiencies, holder, personal_numbers, registry, shown_forms
from .document_views import ACCEPTED, ITEM, REMOVE, handle, with_policy
from .draft_views import address, context_of
from .form_page import form_page, takes_uploads


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=deficiencies.LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 6})
    )


@takes_uploads
@form_page
def show(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One thing that is missing: POST keeps the answer, or adds and removes a file that belongs to it."""
    form_kind = registry.get(kind)
    code = holder.code_of(request)
    case = Case.objects.filter(kind=kind, code_hash=codes.hash_of(code)).first() if code else None
    if case is None:
        return HttpResponseRedirect(address(form_kind, "status"))
    asked = case.deficiencies.filter(pk=number).first()
    if asked is None:
        raise Http404("There is no such question.")
    if not deficiencies.open_for(case):
        return HttpResponseRedirect(address(form_kind, "status"))
    form = AnswerForm(
        request.POST if request.method == "POST" and "answer" in request.POST else None, initial={"answer": asked.answer}
    )
    faults: dict[str, str] = {}
    if request.method == "POST" and request.keeps_typed:
        shown_forms.unchecked(form)
    elif request.method == "POST" and {ITEM, REMOVE} & request.POST.keys():
        if done := handle(request, case, {asked.item}, faults, lambda key: f"{request.path}#files"):
            return done
    elif request.method == "POST":
        form.full_clean()
        personal_numbers.refuse_in(form)
        if form.is_valid():
            with contextlib.suppress(deficiencies.Closed):
                deficiencies.answer(asked, form.cleaned_data["answer"])
            return HttpResponseRedirect(address(form_kind, "status"))
    files = case.attachments.filter(item=asked.item, replaced_at=None, removed_at=None).order_by("pk")
    known = context_of(request, form_kind, _("Answer"), asked=asked, form=form, files=files, accepted=ACCEPTED)
    known["faults"] = shown_forms.faults(form) if form.is_bound else []
    known["file_fault"] = faults.get(asked.item, "")
    if known["file_fault"]:
        known["faults"].append(shown_forms.Fault(known["file_fault"], "file-answer", _("File")))
    return with_policy(TemplateResponse(request, "intake/answer.html", known))
