"""Coming back with a receipt, on one address: asked for, then the thread, and what is being written into it.

As in filing, every POST ends in a redirect to itself, and what is shown follows from the row alone. `step` is "ask", "thread" or "review"
(a message that may tell who wrote it). The row holds the key of the thread, not the receipt: the slow hash is computed once.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from compliance import attachments, filings, hints, thread, words
from compliance.filings import FOLLOWING, Held
from compliance.models import Report
from compliance.public_page import LEAVE_AT_ONCE, busy, leave_at_once, public_page, show
from lacare_site.intake import codes, shown_forms
from lacare_site.intake.form_page import FORM_ID
from lacare_site.intake.shown_forms import Fault
from lacare_site.security import limits

from .forms import MessageForm, ReceiptForm
from .services import answer, find, key_of

MOST, WINDOW = 3000, timedelta(hours=1)  # receipts tried, and messages, by everybody together
ASK, THREAD, REVIEW = "ask", "thread", "review"
FILES_ID = "report-files"
LONGEST_TEXT = 40_000  # characters that are held; the form says that half of them may be sent
NOTHING_WRITTEN = {"step": THREAD, "text": "", "refused": [], "is_empty": False, "originals": []}
NO_REPORT = {"step": ASK, "typed": "", "is_wrong": True}
UNKNOWN = _("No report belongs to this receipt. Compare it with what you kept.")
EMPTY = _("Write something, or add a file.")


@public_page(FOLLOWING)
def follow_up(request: HttpRequest) -> HttpResponse:
    held = filings.find(request, FOLLOWING)
    if request.method != "POST":
        return leave_at_once(request, held, FOLLOWING) if LEAVE_AT_ONCE in request.GET else _show(request, held)
    if not limits.global_hit("report.receipt", MOST, WINDOW):
        return busy(request)
    if held and "download" in request.POST:
        return _download(held, request.POST["download"])
    response = HttpResponseRedirect(request.path)
    request.takes_files = attachments.are_within_limits(request.FILES.getlist("files"))
    with transaction.atomic():
        held = filings.lock(held) if held else None
        report = _report(held)
        if "leave" in request.POST:
            if held:
                held.drop()
            filings.release(request, response, FOLLOWING)
        elif report:
            # A turn is good for one message: a second click brings the first one's.
            if request.POST.get("turn") == held.values["turn"]:
                _take_message(request, held, report)
                held.save()
        elif held and held.values["step"] != ASK and "receipt" not in request.POST:
            # Its time was over meanwhile: the receipt is one of no report by now. What was written waits for another one.
            held.values = NO_REPORT | {"text": request.POST.get("text", held.values["text"])[:LONGEST_TEXT]}
            held.save()
        elif request.POST.get("receipt") or "turn" in request.POST or not request.keeps_typed:
            held = held or filings.begin(FOLLOWING, {})
            if "turn" in request.POST:
                # Half an hour was over while a message was written: it waits for the receipt.
                held.values = {"step": ASK, "has_ended": True, "text": request.POST.get("text", "")[:LONGEST_TEXT]}
            else:
                _take_receipt(request, held)
            held.save()
            filings.hold(response, held)
    return response


def _report(held: Held | None) -> Report | None:
    """That of an open thread, which stays until the transaction ends; None where it was deleted meanwhile, and while the receipt is asked for."""
    key = held.values.get("report") if held else None
    return Report.objects.select_for_update().filter(pk=key).first() if key else None


def _take_receipt(request: HttpRequest, held: Held) -> None:
    typed = request.POST.get("receipt", "")[: codes.LONGEST_INPUT]
    text = held.values.get("text", "")
    held.values = {"step": ASK, "typed": typed if request.keeps_typed else "", "is_wrong": False, "text": text}
    if request.keeps_typed:
        return
    if found := find(typed):
        report, private = found
        held.values = NOTHING_WRITTEN | {"report": report.pk, "private": private.hex(), "text": text}
        held.values["turn"] = secrets.token_hex(8)
    else:
        held.values["is_wrong"] = True


def _take_message(request: HttpRequest, held: Held, report: Report) -> None:
    # From the page for review alone: a second click on the one before has not seen it.
    if held.values["step"] == request.POST.get("step") == REVIEW:
        attachments.choose_originals(held, request.POST.getlist("original"))
    else:
        held.values |= {"step": THREAD, "text": request.POST.get("text", "")[:LONGEST_TEXT]}
        held.values |= {"is_empty": False, "has_failed": False}
        held.values["refused"] = attachments.take_all(held, request)
    if number := request.POST.get("remove"):
        attachments.remove(held, number)
    elif "change" in request.POST and not request.keeps_typed:
        held.values["step"] = THREAD
    elif not request.keeps_typed:
        _send(held, report)


def _send(held: Held, report: Report) -> None:
    """Sends the message; first it is shown once more where it, or a file of it, may tell who wrote it."""
    form, files = MessageForm({"text": held.values["text"]}), attachments.listed(held)
    held.values["is_empty"] = not form.data["text"].strip() and not files
    if held.values["refused"] or held.values["is_empty"] or not form.is_valid():
        held.values["step"] = THREAD
    elif held.values["step"] == THREAD and (_hinted(held, report) or not all(file.is_silent for file in files)):
        held.values["step"] = REVIEW
    else:
        try:
            to_send = attachments.to_send(held)
        except attachments.CopyFailed:
            held.values |= {"step": REVIEW, "has_failed": True}
            return
        answer(report, bytes.fromhex(held.values["private"]), form.cleaned_data["text"], to_send)
        held.row.files.all().delete()
        held.values |= NOTHING_WRITTEN | {"turn": secrets.token_hex(8), "is_sent": True}


def _hinted(held: Held, report: Report) -> list[tuple[str, str]]:
    if report.is_named:
        return []
    texts = [(MessageForm.base_fields["text"].label, held.values["text"])]
    texts += [(file.facts["name"], file.facts["name"]) for file in attachments.listed(held)]
    return [(label, hints.WORDS[key]) for label, text in texts for key in hints.found_in(text)]


@transaction.atomic
def _show(request: HttpRequest, held: Held | None) -> HttpResponse:
    report = _report(held)
    context = {"form_id": FORM_ID, "is_private": True}
    if report is None:
        is_over = held is None and filings.is_stale(request, FOLLOWING)
        response = show(request, "compliance/ask.html", context | _asking(held) | {"is_over": is_over}, held)
        if is_over:
            filings.release(request, response, FOLLOWING)
        return response
    context |= {"report": report, "stage": words.STAGES[report.stage], "turn": held.values["turn"]}
    context["files"] = attachments.listed(held)
    if held.values["step"] == REVIEW:
        context |= {"text": held.values["text"], "hinted": _hinted(held, report)}
        context["has_failed"] = held.values.get("has_failed", False)
        return show(request, "compliance/message_review.html", context, held)
    return show(request, "compliance/thread.html", context | _thread(held, report), held)


def _asking(held: Held | None) -> dict:
    values = held.values if held else {}
    if values.get("step", ASK) != ASK:
        values = NO_REPORT  # it was deleted while its thread was open
    form = ReceiptForm(initial={"receipt": values.get("typed", "")})
    faults = [Fault(UNKNOWN, form["receipt"].auto_id, form["receipt"].label)] if values.get("is_wrong") else []
    return {"form": form, "faults": faults, "has_ended": values.get("has_ended", False)}


def _thread(held: Held, report: Report) -> dict:
    form = MessageForm({"text": held.values["text"]})
    if not held.values["text"]:
        form = MessageForm()
    refused = [(name, attachments.sentence(reason)) for name, reason in held.values["refused"]]
    faults = [Fault(EMPTY, form["text"].auto_id)] if held.values["is_empty"] else []
    opened_entries = thread.read(report, thread.THREAD, key_of(report, bytes.fromhex(held.values["private"])))
    entries = [
        (opened, words.facts(report.category, opened.values) if opened.entry.kind == "report" else [])
        for opened in opened_entries
    ]
    return {
        "entries": entries,
        "is_answered": any(opened.entry.author_id for opened, _facts in entries),
        "form": form,
        "faults": faults + shown_forms.faults(form) + [Fault(text, FILES_ID, name) for name, text in refused],
        "refused": refused,
        "files_id": FILES_ID,
        "is_sent": held.values.get("is_sent", False),
    }


@transaction.atomic
def _download(held: Held, number: str) -> HttpResponse:
    """A file that an officer has sent; 404 for any other."""
    report = _report(held)
    if report is None:
        raise Http404("No such file.")
    key = key_of(report, bytes.fromhex(held.values["private"]))
    for opened in thread.read(report, thread.THREAD, key):
        for row, facts in opened.files:
            if str(row.pk) == number and opened.entry.author_id:
                content = thread.read_file(row, key).content
                headers = {"Content-Disposition": content_disposition_header(True, facts["name"])}
                return HttpResponse(content, content_type="application/octet-stream", headers=headers)
    raise Http404("No such file.")
