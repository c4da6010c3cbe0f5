"""Files of a draft and of an answer: added, replaced and removed, each by a form of its own; with script their way is shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from lacare_site.casework.models import Case
from lacare_site.security.headers import PUBLIC_POLICY, policy_text

from . import registry, shown_forms, uploads
from .draft_views import address, context_of, with_draft
from .form_page import takes_uploads
from .models import Attachment, Draft
from .refusals import Unfit
from .steps import Item

FILE, ITEM, REPLACES, REMOVE = "file", "item", "replaces", "remove"
# The script sends the file itself, to show how far it is.
POLICY = policy_text(PUBLIC_POLICY | {"connect-src": "'self'"})
ACCEPTED = ".pdf,.docx,.xlsx,.csv,.pptx,.png,.jpg,.jpeg,.tif,.tiff"


@takes_uploads
@with_draft
def show_documents(request: HttpRequest, kind: registry.FormKind, draft: Draft) -> HttpResponse:
    """All documents that are asked for, with the files that are there. POST adds, replaces or removes one."""
    faults: dict[str, str] = {}
    keys = {item.key for item in kind.draft.items}
    if request.method == "POST" and not request.keeps_typed:
        here = address(kind, "documents")
        if done := handle(request, draft, keys | {""}, faults, lambda key: f"{here}#item-{key or 'other'}"):
            return done
    rows = [(item, _files(draft, item.key), faults.get(item.key, "")) for item in kind.draft.items]
    other = Item("", _("Other files"), _("Anything else that we should know."), is_required=False)
    rows.append((other, _files(draft, ""), faults.get("", "")))
    known = context_of(request, kind, _("Documents"), rows=rows, accepted=ACCEPTED, draft=draft)
    known["faults"] = [
        shown_forms.Fault(faults[item.key], f"file-{item.key or 'other'}", item.label) for item, _rows, fault in rows if fault
    ]
    return with_policy(TemplateResponse(request, "intake/documents.html", known))


def handle(
    request: HttpRequest, owner: Draft | Case, items: set[str], faults: dict[str, str], back_to: Callable[[str], str]
) -> HttpResponse | None:
    """Does what a POST asks for. A redirect, or None with the fault beside its item in `faults`."""
    present = owner.attachments.filter(replaced_at=None, removed_at=None, item__in=items)
    if number := _number(request.POST.get(REMOVE)):
        if found := present.filter(pk=number).first():
            uploads.remove(found)
        return HttpResponseRedirect(back_to(found.item if found else ""))
    item = request.POST.get(ITEM, "")
    if item not in items:
        return HttpResponseRedirect(back_to(""))
    replaces = present.filter(pk=_number(request.POST.get(REPLACES)), item=item).first()
    try:
        sent = request.FILES.getlist(FILE)
        if not sent:
            faults[item] = _("Choose a file first.")
            return None
        for upload in sent:
            uploads.receive(upload, owner, item, replaces)
    except Unfit as refusal:
        faults[item] = f"{upload.name}: {refusal.sentence}"
        return None
    return HttpResponseRedirect(back_to(item))


def with_policy(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _files(owner: Draft, item: str) -> list[Attachment]:
    return list(owner.attachments.filter(item=item, replaced_at=None, removed_at=None).order_by("pk"))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
