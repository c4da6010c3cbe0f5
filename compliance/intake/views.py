"""Filing a report, on one address: written, looked at once more, sent, and its receipt kept. Every POST ends in a redirect to itself.

What is shown follows from the filing alone: `step` is "write", "review" or "sent". A POST names the step that it belongs to; one that
comes late (a second click, a page of yesterday) changes nothing, but what is written while it waits to be sent, in another tab, counts.
"""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from compliance import attachments, filings, hints, thread, words
from compliance.filings import FILING, Held
from compliance.public_page import LEAVE_AT_ONCE, NEUTRAL, busy, leave_at_once, public_page, show
from lacare_site.intake import codes, shown_forms, tokens
from lacare_site.intake.form_page import FORM_ID
from lacare_site.intake.shown_forms import Fault
from lacare_site.security import limits

from .forms import LONGEST, ReportForm
from .services import receipt_of, send

TOKEN = "report_misconduct"  # noqa: S105  (the name of the form that a token is for)
MOST, WINDOW = 600, timedelta(hours=1)  # reports begun, by everybody together
FILES_ID = "report-files"
WRITE, REVIEW, SENT = "write", "review", "sent"
COMPLAINTS = {"early": tokens.TOO_FAST, "late": tokens.TOO_LATE}


@public_page(FILING)
def report(request: HttpRequest) -> HttpResponse:
    held = filings.find(request, FILING)
    if request.method != "POST":
        return _leave(request, held) if LEAVE_AT_ONCE in request.GET else _show(request, held)
    if not thread.recipients() and not (held and held.values["step"] == SENT):
        return HttpResponseRedirect(request.path)
    if held is None and not limits.global_hit("report.begin", MOST, WINDOW):
        return busy(request)
    if held and held.values["step"] == SENT and "download" in request.POST:
        return _download(request, held)
    response = HttpResponseRedirect(request.path)
    request.takes_files = attachments.are_within_limits(request.FILES.getlist("files"))
    with transaction.atomic():
        held = filings.lock(held) if held else None
        step = held.values["step"] if held else WRITE
        posted = request.POST.get("step", WRITE)
        if posted == step or (posted, step) == (WRITE, REVIEW):
            held = TAKES[posted](request, held)
            if held:
                held.save()
                filings.hold(response, held)
            else:
                filings.release(request, response, FILING)
    return response


def _leave(request: HttpRequest, held: Held | None) -> HttpResponse:
    """A report in progress is gone with it. A receipt is not: it stays for its half hour."""
    if held and held.values["step"] == SENT:
        return HttpResponseRedirect(NEUTRAL)
    return leave_at_once(request, held, FILING)


def _take_writing(request: HttpRequest, held: Held | None) -> Held | None:
    form = ReportForm(request.POST)
    typed = {name: [value[: 2 * LONGEST] for value in request.POST.getlist(name)] for name in form.fields if name in request.POST}
    if request.keeps_typed and not held and not request.FILES.getlist("files") and not _has_words(typed):
        return None
    # The text has come along, but not the files: without a word, the report would go without them.
    has_ended = held is None and filings.is_stale(request, FILING)
    held = held or filings.begin(FILING, {"step": WRITE})
    held.values |= {"step": WRITE, "typed": typed, "complaint": "", "is_checked": False, "has_ended": has_ended}
    held.values["refused"] = attachments.take_all(held, request)
    if number := request.POST.get("remove"):
        attachments.remove(held, number)
    elif not request.keeps_typed and not has_ended:
        held.values |= {"is_checked": True, "complaint": "" if held.values.get("is_person") else _complaint(request)}
        held.values["is_person"] = not held.values["complaint"]
        if form.is_valid() and held.values["is_person"] and not held.values["refused"]:
            held.values |= {"step": REVIEW, "has_failed": False}
    return held


def _take_review(request: HttpRequest, held: Held) -> Held:
    attachments.choose_originals(held, request.POST.getlist("original"))
    if number := request.POST.get("remove"):
        attachments.remove(held, number)
    elif "change" in request.POST and not request.keeps_typed:
        held.values |= {"step": WRITE, "is_checked": False}
    elif "send" in request.POST and not request.keeps_typed:
        form = _form(held)
        if not form.is_valid():  # an officer has left meanwhile
            held.values |= {"step": WRITE, "is_checked": True}
            return held
        try:
            sent = send(held, form.cleaned_data["category"], form.values, form.cleaned_data.get("officers", []))
        except attachments.CopyFailed:
            held.values["has_failed"] = True
            return held
        held.row.files.all().delete()
        held.values = {"step": SENT, "due_on": sent.due_on.isoformat()}
    return held


def _take_receipt(request: HttpRequest, held: Held) -> Held | None:
    """The receipt has its page until somebody shows that they have kept it."""
    if "last_group" not in request.POST or request.keeps_typed:
        return held
    typed = "".join(sign for sign in request.POST["last_group"].upper() if sign.isalnum()).translate(codes.READ_AS)
    if secrets.compare_digest(typed.encode(), receipt_of(held).rpartition("-")[2].encode()):
        held.drop()
        return None
    held.values["is_wrong"] = True
    return held


def _has_words(typed: dict) -> bool:
    """Whether anything stands in the form that was not there from the beginning."""
    return any(value for name, values in typed.items() for value in values if name != "is_named")


def _complaint(request: HttpRequest) -> str:
    """A key of COMPLAINTS where a program rather than a person has sent the form."""
    token = tokens.read(request.POST.get(tokens.FIELD, ""), TOKEN)
    if token is None or token.is_late:
        return "late"
    return "early" if token.is_early or request.POST.get(tokens.HONEYPOT) else ""


TAKES = {WRITE: _take_writing, REVIEW: _take_review, SENT: _take_receipt}


def _show(request: HttpRequest, held: Held | None) -> HttpResponse:
    step = held.values["step"] if held else WRITE
    if step != SENT and not thread.recipients():
        return show(request, "compliance/closed.html")
    context = {"form_id": FORM_ID, "step": step, "is_private": bool(held)}
    if step == SENT:
        return show(request, "compliance/sent.html", context | _receipt(held))
    form = _form(held)
    if step == REVIEW and form.is_valid():
        return show(request, "compliance/review.html", context | _review(held, form), held)
    response = show(request, "compliance/report.html", context | _writing(request, held, form), held)
    if not held and filings.is_stale(request, FILING):
        filings.release(request, response, FILING)
    return response


def _form(held: Held | None) -> ReportForm:
    if not held or "typed" not in held.values:
        return ReportForm()
    data = QueryDict(mutable=True)
    for name, values in held.values["typed"].items():
        data.setlist(name, values)
    return ReportForm(data)


def _writing(request: HttpRequest, held: Held | None, form: ReportForm) -> dict:
    values = held.values if held else {}
    refused = [(name, attachments.sentence(reason)) for name, reason in values.get("refused", [])]
    if form.is_bound and not values.get("is_checked"):
        shown_forms.unchecked(form)
    complaint = [Fault(COMPLAINTS[values["complaint"]] % {"button": _("Review and send")})] if values.get("complaint") else []
    return {
        "form": form,
        "faults": complaint + shown_forms.faults(form) + [Fault(text, FILES_ID, name) for name, text in refused],
        "refused": refused,
        "files": attachments.listed(held) if held else [],
        "files_id": FILES_ID,
        "token": tokens.new(TOKEN),
        "is_over": not held and filings.is_stale(request, FILING),
        "has_ended": values.get("has_ended", False),
    }


def _review(held: Held, form: ReportForm) -> dict:
    files, values = attachments.listed(held), form.values
    hinted = []
    if not values["named"]:
        texts = [(form.fields[name].label, value) for name, value in form.cleaned_data.items() if isinstance(value, str)]
        texts += [(file.facts["name"], file.facts["name"]) for file in files]
        hinted = [(label, hints.WORDS[key]) for label, text in texts for key in hints.found_in(text)]
    chosen = set(form.cleaned_data.get("officers", []))
    return {
        "facts": words.facts(form.cleaned_data["category"], values),
        "named_officers": [label for number, label in form.fields["officers"].choices if number in chosen] if chosen else [],
        "shuts_all_out": bool(chosen) and form.shuts_all_out,
        "hinted": hinted,
        "has_failed": held.values.get("has_failed", False),
        "files": files,
    }


def _receipt(held: Held) -> dict:
    return {
        "receipt": receipt_of(held),
        "due_on": date.fromisoformat(held.values["due_on"]),
        "is_wrong": held.values.get("is_wrong", False),
    }


def _download(request: HttpRequest, held: Held) -> HttpResponse:
    """The receipt as a file that any browser opens and prints, under a name that says nothing."""
    text = render_to_string("compliance/receipt_copy.html", {"receipt": receipt_of(held)}, request)
    return HttpResponse(text, headers={"Content-Disposition": 'attachment; filename="receipt.html"'})
