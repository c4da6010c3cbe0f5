"""Files of a draft and of an answer: added, replaced and removed, each by a form of its own; with script their way is shown."""

from collections.abc import Callable, Collection
from datetime import timedelta

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from lacare_site.casework.models import Case
from lacare_site.security import limits
from lacare_site.security.headers import PUBLIC_POLICY, policy_text
from lacare_site.typed_text import number

from . import codes, drafts, holder, registry, shown_forms, typed_page, uploads
from .draft_views import address, context_of, with_draft
from .form_page import form_page, takes_uploads
from .models import Attachment, Draft
from .refusals import Unfit

MEGABYTE = 1024 * 1024  # bytes
FILE, ITEM, REPLACES, REMOVE, REVIEW = "file", "item", "replaces", "remove", "review"
# The script sends the file itself, to show how far it is.
POLICY = policy_text(PUBLIC_POLICY | {"connect-src": "'self'"})
# Files, and megabytes of them: an office with many hands behind one address sends fewer, and no address fills the disk.
PER_ADDRESS, PER_ALL, WINDOW = 300, 3000, timedelta(hours=1)
MEGABYTES_PER_ADDRESS, MEGABYTES_PER_ALL = 1500, 15_000
Chosen = tuple[str, Attachment | None, list]
ACCEPTED = ".pdf,.docx,.xlsx,.csv,.pptx,.png,.jpg,.jpeg,.tif,.tiff"


def _sent_files(request: HttpRequest, _kind: registry.FormKind, **_known) -> typed_page.Answers:
    return typed_page.of_files(request)


@takes_uploads
@with_draft(typed=_sent_files)
def show_documents(request: HttpRequest, kind: registry.FormKind, draft: Draft) -> HttpResponse:
    """All documents that are asked for, with the files that are there. POST keeps every file that was chosen, whichever button was pressed,
    removes one, or goes on."""
    faults: dict[str, str] = {}
    if request.method == "POST" and not request.keeps_typed and (done := _act(request, kind, draft, faults)):
        return done
    asked = drafts.asked_items(draft, kind.draft)
    rows = [(item, _files(draft, item.key), faults.get(item.key, "")) for item in kind.draft.items]
    rows = [(item, files, fault) for item, files, fault in rows if files or fault or item in asked]
    rows.append((kind.draft.other, _files(draft, ""), faults.get("", "")))
    known = context_of(request, kind, _("Documents"), rows=rows, accepted=ACCEPTED, draft=draft)
    known["faults"] = [
        shown_forms.Fault(faults[item.key], f"file-{item.key or 'other'}", item.label) for item, _rows, fault in rows if fault
    ]
    return with_policy(TemplateResponse(request, "intake/documents.html", known))


def _act(request: HttpRequest, kind: registry.FormKind, draft: Draft, faults: dict[str, str]) -> HttpResponse | None:
    here = address(kind, "documents")
    items = {item.key: item.is_single for item in (*kind.draft.items, kind.draft.other)}
    chosen = chosen_in(request, draft, {key: f"{FILE}-{key}" for key in items})
    pressed = pressed_in(request, draft, items)
    if limit := limit_of(request):
        faults[chosen[0][0] if chosen else pressed if pressed in items else ""] = limit
        return None
    for item, old, sent in chosen:
        take(sent, draft, item, faults, old, is_single=items[item])
    if faults:
        return None
    if REVIEW in request.POST:
        return HttpResponseRedirect(address(kind, "review"))
    return handle(request, draft, items, chosen, faults, lambda key: f"{here}#item-{key or 'other'}")


@form_page
def show_file(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A file as it was sent, for whoever holds the code of its draft or case. A browser only stores it."""
    code = holder.code_of(request)
    if not code:
        return HttpResponseRedirect(address(registry.get(kind), "resume"))
    owned = Q(draft__kind=kind, draft__code_hash=codes.hash_of(code)) | Q(case__kind=kind, case__code_hash=codes.hash_of(code))
    file = get_object_or_404(Attachment.objects.filter(owned, replaced_at=None, removed_at=None), pk=number)
    try:
        content = uploads.open_file(file)
    except (PermissionError, FileNotFoundError):
        raise Http404("This file is not given out.") from None
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type="application/octet-stream")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def chosen_in(request: HttpRequest, owner: Draft | Case, places: dict[str, str]) -> list[Chosen]:
    """Every file that came, whichever button was pressed: (item, the file that it replaces, what was chosen). `places` names the field for
    one file more by item; the field for another in place of a file (which may be gone by now) is called after that."""
    files = owner.attachments.filter(item__in=places)
    fields = [(file.item, None if file.replaced_at or file.removed_at else file, f"{FILE}-{file.pk}") for file in files]
    fields += [(item, None, name) for item, name in places.items()]
    return [(item, old, sent) for item, old, name in fields if (sent := request.FILES.getlist(name))]


def pressed_in(request: HttpRequest, owner: Draft | Case, items: Collection[str]) -> str:
    """The item whose file a button sends; "", which may be one, too, where there is none."""
    replaced = owner.attachments.filter(item__in=items, pk=number(request.POST.get(REPLACES, ""))).first()
    return request.POST.get(ITEM, replaced.item if replaced else "")


def handle(
    request: HttpRequest,
    owner: Draft | Case,
    items: Collection[str],
    chosen: list[Chosen],
    faults: dict[str, str],
    back_to: Callable[[str], str],
) -> HttpResponse | None:
    """What the pressed button asks for, once the `chosen` files are kept: a redirect, or None with the fault beside its item in `faults`."""
    if asked := number(request.POST.get(REMOVE, "")):
        if found := owner.attachments.filter(replaced_at=None, removed_at=None, item__in=items, pk=asked).first():
            uploads.remove(found, owner)
        return HttpResponseRedirect(back_to(found.item if found else ""))
    pressed = pressed_in(request, owner, items)
    if pressed not in items or pressed in {item for item, _old, _sent in chosen}:
        return HttpResponseRedirect(back_to(pressed if pressed in items else ""))
    take([], owner, pressed, faults)
    return None


def take(
    sent: list,
    owner: Draft | Case,
    item: str,
    faults: dict[str, str],
    replaces: Attachment | None = None,
    *,
    is_single: bool = False,
) -> bool:
    """Keeps the files; False with the fault in `faults` where one is refused, or there is none."""
    if not sent:
        faults[item] = _("Choose a file first.")
    for upload in sent:
        try:
            uploads.receive(upload, owner, item, replaces, is_single=is_single)
        except Unfit as refusal:
            faults[item] = f"{upload.name}: {refusal.sentence}"
            break
    return item not in faults


def limit_of(request: HttpRequest) -> str:
    """Counts the files that came, and their megabytes (one at least); why they are too many within an hour, or "". Outside of
    transactions, as all limits."""
    sizes = [min(file.size, uploads.LARGEST_FILE) for _name, sent in request.FILES.lists() for file in sent]
    megabytes, address = sum(-(-size // MEGABYTE) or 1 for size in sizes), limits.address_of(request)
    is_within = not sizes or (
        limits.hit("draft.file", address, PER_ADDRESS, WINDOW, len(sizes))
        and limits.hit("draft.megabyte", address, MEGABYTES_PER_ADDRESS, WINDOW, megabytes)
        and limits.global_hit("draft.file", PER_ALL, WINDOW, len(sizes))
        and limits.global_hit("draft.megabyte", MEGABYTES_PER_ALL, WINDOW, megabytes)
    )
    return "" if is_within else too_often()


def too_often() -> str:
    """Why nothing more is done for an address within the hour."""
    return _("This was asked for very often from your network. Please try again in an hour, or call us.")


def with_policy(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _files(owner: Draft, item: str) -> list[Attachment]:
    return list(owner.attachments.filter(item=item, replaced_at=None, removed_at=None).order_by("pk"))
