"""The page of one report, and what is done there: each form of it names its action."""

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from compliance import sealing, thread, words
from compliance.casework import services, unlocking
from compliance.casework.deadlines import WHAT_IS_DUE, next_of
from compliance.casework.desk.access import OfficerView, ReportMixin
from compliance.casework.desk.forms import PassphraseForm
from compliance.casework.desk.passphrases import UnlockView, kept_fields
from compliance.casework.officers import Refused, acts_as_head
from compliance.models import Entry, Report
from compliance.officers import officers
from lacare_site import languages, typed_text
from lacare_site.casework import audit, deadlines
from lacare_site.casework.deadlines import Deadline
from lacare_site.casework.desk.accounts import name_of

PARTS = {**words.QUESTIONS, "text": "", "corrective_action": "Corrective action"}

# What a second click would write once more: the kind of entry, and its fields.
WRITTEN = {
    "answer": (Entry.Kind.MESSAGE, ("text",)),
    "note": (Entry.Kind.NOTE, ("text",)),
    "decide": (Entry.Kind.OUTCOME, ("text", "corrective_action")),
}


class ReportView(ReportMixin, OfficerView):
    template_name = "compliance/casework/report.html"
    needs_key = True
    refused = None  # the action that was refused, and why

    @method_decorator(sensitive_variables())
    def ask_for_passphrase(self):
        if self.request.method != "POST" or not kept_fields(self.request):
            return super().ask_for_passphrase()
        context = {
            "form": PassphraseForm(),
            "explanation": "Your key was locked meanwhile. What you wrote is kept: unlock, and you see it again.",
            "button": UnlockView.button,
            "kept": kept_fields(self.request),
            "next": self.request.path,
            "action_url": reverse("compliance_unlock"),
        }
        return render(self.request, "compliance/casework/passphrase.html", self.frame() | context, status=409)

    def frame(self) -> dict:
        return OfficerView.get_context_data(self)

    def render_to_response(self, context, **kwargs):
        """The report in the clear, also where a step was refused: each time it is in the log."""
        audit.record(self.request.user, "compliance.read", self.report.reference)
        return super().render_to_response(context, **kwargs)

    @method_decorator(sensitive_variables())
    def post(self, request, *args, **kwargs):
        action = request.POST.get("action", "")
        try:
            done = act(self.report, self.unlocked, action, request)
        except Refused as refusal:
            self.refused = {"action": action, "why": str(refusal)} | {
                name: request.POST.get(name, "") for name in ("text", "corrective_action", "outcome")
            }
            self.find(self.report.reference)  # which may be gone
            return self.render_to_response(self.get_context_data(), status=409)
        messages.success(request, done)
        is_shut_out = self.report.recusals.filter(officer=request.user).exists()
        return redirect("compliance_desk") if is_shut_out else redirect("compliance_report", self.report.reference)

    def get_page_title(self):
        return self.report.reference

    def get_header_buttons(self):
        return [HeaderButton("Export", url=reverse("compliance_export", args=[self.report.reference]), icon_name="download")]

    @method_decorator(sensitive_variables())
    def get_context_data(self, **kwargs):
        user, report = self.request.user, self.report
        seen = services.state(report)  # before its entries are read: what comes between counts as not seen
        readers = services.readers(report)
        shut_out = [recusal.officer_id for recusal in report.recusals.all()]
        found = contents(report, self.unlocked)
        report = found["report"]
        return super().get_context_data(**kwargs) | {
            **found,
            "refused": self.refused,
            "assigned_to": name_of(report.assigned_to),
            "is_head": acts_as_head(user, report),
            "readers": [(reader.pk, name_of(reader)) for reader in readers],
            "may_be_shut_out": [(each.pk, name_of(each)) for each in officers() if each.pk not in shut_out],
            "outcomes": Report.Outcome.choices,
            "seen": seen,
        }


@sensitive_variables()
@transaction.atomic  # so that a colleague does not give the report new keys meanwhile
def contents(report: Report, unlocked: unlocking.Unlocked) -> dict:
    """What stands in a report at one moment, for its page and its archive. Without a key to this report, only what is no content."""
    try:
        keys = {
            scope: thread.key_for(report, scope, unlocked.private, unlocked.recipient)
            for scope in (thread.THREAD, thread.INTERNAL)
        }
        entries = {scope: [_shown(entry) for entry in thread.read(report, scope, key)] for scope, key in keys.items()}
    except sealing.Unopened:
        entries = None
    # Locked by now: what colleagues have done since it was found, they did before its entries were read.
    report = Report.objects.select_related("assigned_to").filter(pk=report.pk).first() or report
    closed = report.stage == Report.Stage.CLOSED
    deadline: Deadline = deadlines.until(report.due_on)
    return {
        "report": report,
        "language": languages.get(report.language),
        "deadline": deadline,
        "what_is_due": "" if closed else WHAT_IS_DUE[next_of(report)],
        "is_readable": entries is not None,
        "thread": entries[thread.THREAD] if entries else [],
        "internal": entries[thread.INTERNAL] if entries else [],
        "recusals": [
            {"recusal": recusal, "who": name_of(recusal.officer)} for recusal in report.recusals.select_related("officer")
        ],
    }


@sensitive_variables()
def _shown(opened: thread.OpenEntry) -> dict:
    entry, values = opened.entry, opened.values
    named = values.get("named")
    return {
        "entry": entry,
        "who": name_of(entry.author) or "Reporter",
        "parts": [
            (label, str(words.CHOICES.get(name, {}).get(values[name], values[name])))
            for name, label in PARTS.items()
            if values.get(name)
        ],
        "named": named if isinstance(named, dict) else None,
        "files": [{"file": file, "facts": facts} for file, facts in opened.files],
    }


@sensitive_variables()
@transaction.atomic
def act(report: Report, unlocked: unlocking.Unlocked, action: str, request: HttpRequest) -> str:
    """Does what a form of the page asks for; gives the sentence that says so. Raises Refused."""
    posted = request.POST
    text = posted.get("text", "")
    try:
        # Shutting out locks more than the report, and first.
        if action != "recuse" and services.has_changed(report, posted.get("seen", "")):
            kind, names = WRITTEN.get(action, (None, ()))
            if kind and services.is_written(report, unlocked, kind, {name: posted.get(name, "").strip() for name in names}):
                return "This stands in the report already."
            raise Refused(
                "Somebody has written in this report or moved it since you opened it. Look at it once more, and send again."
            )
        if action == "answer":
            services.answer(report, unlocked, text)
            return "Your answer stands in the thread. The reporter reads it when they come back."
        if action == "note":
            services.note(report, unlocked, text)
            return "The note is kept."
        if action == "begin":
            services.begin(report, unlocked)
            return "The inquiry has begun."
        if action == "decide":
            services.decide(report, unlocked, posted.get("outcome", ""), text, posted.get("corrective_action", ""))
            return "The outcome is kept."
        if action == "close":
            services.close(report, unlocked)
            return f"{report.reference} is closed."
        if action == "reopen":
            services.reopen(report, unlocked)
            return f"{report.reference} is open again."
        if action in ("hold", "release"):
            services.set_hold(report, unlocked, text, is_held=action == "hold")
            return "The report is under legal hold." if action == "hold" else "The legal hold has ended."
        if action == "assign":
            to = _officer(posted.get("to", "")) if posted.get("to") else None
            services.assign(report, unlocked, to)
            return f"{report.reference} is assigned to {name_of(to) or 'nobody'}."
        if action == "recuse":
            officer = _officer(posted.get("to", ""))
            services.recuse(report, unlocked, officer)
            return f"{name_of(officer)} is shut out of {report.reference}. What they have read, they have read."
    except sealing.Unopened:
        raise Refused("Your key does not open this report. Ask another officer to share it with you.") from None
    raise Refused("This step does not exist.")


def _officer(typed: str):
    officer = officers().filter(pk=typed_text.number(typed)).first()
    if officer is None:
        raise Refused("Choose an officer.")
    return officer
