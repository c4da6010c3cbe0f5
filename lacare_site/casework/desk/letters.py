"""Letters: a template fills in what the case says, staff amend it, and what is kept is what is printed."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from lacare_site import languages
from lacare_site.casework import audit, registry, rights, services
from lacare_site.casework.desk.access import DeskMixin, case_for
from lacare_site.casework.models import CaseEvent
from lacare_site.organisation import ORGANISATION

EMPTY_LINES = re.compile(r"\n\s*\n\s*\n")


class LetterView(DeskMixin, TemplateView):
    template_name = "casework/letter_form.html"
    error = ""

    def dispatch(self, request, *args, **kwargs):
        self.kind, self.case = case_for(request.user, kwargs["kind"], kwargs["reference"])
        self.letter = next((letter for letter in self.kind.letters if letter.key == kwargs["key"]), None)
        if self.letter is None or not rights.may_work(request.user, self.kind):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.letter not in self.kind.letters_for(self.case):
            raise Http404
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            event = services.keep_letter(self.case, self.letter, request.user, request.POST.get("text", ""))
        except services.Refused as refusal:
            self.error = str(refusal)
            return self.render_to_response(self.get_context_data(), status=409)
        return redirect("case_kept_letter", self.kind.key, self.case.reference, event.pk)

    @cached_property
    def language(self) -> str:
        return self.kind.language_of(self.letter, self.case)

    def get_page_title(self):
        return self.letter.label

    def crumbs(self):
        desk, case = reverse("case_desk", args=[self.kind.key]), reverse("case", args=[self.kind.key, self.case.reference])
        return [(desk, self.kind.title), (case, self.case.reference)]

    def get_context_data(self, **kwargs):
        audit.record(self.request.user, "letter.opened", self.case.reference, {"letter": self.letter.key})
        text = self.request.POST.get("text") if self.request.method == "POST" else self._filled_in()
        return super().get_context_data(**kwargs) | {
            "letter": self.letter,
            "case": self.case,
            "text": text,
            "error": self.error,
            "language": languages.get(self.language),
            "case_language": languages.get(self.case.language),
            "then": self._stage_then(),
        }

    def _stage_then(self) -> str:
        """Where the case stands once this letter is kept; "" where it stays."""
        step = self.kind.workflow.by_letter(self.case.stage, self.letter.key)
        return self.kind.workflow.stages[step.target].label if step else ""

    def _filled_in(self) -> str:
        with translation.override(self.language):
            context = {
                "case": self.case,
                "subject": self.kind.subject(self.case),
                "kind": self.kind,
                "last_step": self.case.events.filter(kind=CaseEvent.Kind.STAGE).last(),
                "today": timezone.localdate(),
                "to_fill_in": registry.TO_FILL_IN,
                "organisation": ORGANISATION,
                **self.letter.context(self.case),
            }
            template = get_template(f"letters/{self.letter.key}.txt").template
            text = template.render(Context(context, autoescape=False)).strip()
        return EMPTY_LINES.sub("\n\n", text)  # what a template leaves out leaves its lines behind


@require_safe
def kept_letter(request: HttpRequest, kind: str, reference: str, event: int) -> HttpResponse:
    """The letter as a page to print; with ?print=large in large letters."""
    case_kind, case = case_for(request.user, kind, reference)
    letter = get_object_or_404(case.events.filter(kind=CaseEvent.Kind.LETTER), pk=event)
    audit.record(request.user, "letter.read", case.reference, {"letter": letter.pk})
    context = {"kind": case_kind, "case": case, "letter": letter, "language": languages.get(letter.language or case.language)}
    context |= {"enclosed": case_kind.enclosed(case), "is_large": request.GET.get("print") == "large"}
    return render(request, "casework/letter.html", context)
