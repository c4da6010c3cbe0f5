"""Drafts: begun, saved step by step by several people at once, sent once, or forgotten after a while."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lacare_site.casework import services as casework
from lacare_site.casework.models import Case

from . import codes, files, steps
from .models import Draft, DraftStep

SECOND_CLICK = timedelta(minutes=1)


@dataclass(frozen=True)
class Closure:
    """A time in which nobody can begin a form. `opens_on` is the first day after it; None where nobody has said when it ends."""

    since: date
    opens_on: date | None


@dataclass(frozen=True, kw_only=True)
class DraftForm:
    """What a form of several steps is made of; a FormKind has one as `draft`.

    `sign` is the form at the end, such as a name and a confirmation. `store(case, values, signature)` writes what was sent and the
    mails, in the transaction that opens the case: `values` holds `Filled.cleaned` by step. `opening(values)`
    gives what casework.open_case is told of it, such as `contact_email`, or a `language` that is not the one in which it was signed. `faults(values, draft)` gives further sentences that stand in the way of sending. `closure()` says
    since when and until when no new ones are taken; None while they are. `originals(draft)` gives replaced files that are sent all the
    same, since it was we who wrote what took their place. `other` is how the form names what comes along that no item asks for; its key is "".
    """

    steps: tuple[steps.Step, ...]
    items: tuple[steps.Item, ...]
    sign: type[forms.Form]
    store: Callable[[Case, dict, dict], None]
    opening: Callable[[dict], Mapping]
    other: steps.Item = steps.OTHER
    faults: Callable[[dict, Draft], list[str]] = lambda values, draft: []
    closure: Callable[[], Closure | None] = lambda: None
    originals: Callable[[Draft], QuerySet] = lambda draft: draft.attachments.none()

    def step(self, key: str) -> steps.Step | None:
        return next((step for step in self.steps if step.key == key), None)


class Conflict(Exception):
    """Somebody else has saved the step since it was read, or what was read is not there: `stored` is what stands there now."""

    def __init__(self, stored: DraftStep):
        super().__init__()
        self.stored = stored


class Used(Exception):
    """The key began another draft already."""


class Gone(Exception):
    """The draft was sent meanwhile, or its time is over."""


def start(kind: str, language: str, key: uuid.UUID) -> str:
    """Begins a draft under the key of a form's token, and gives the code by which its writers come back. A second click finds the same
    draft. Raises Used for a key of longer ago: the draft may be another person's by now."""
    code = codes.of_key(key, kind)
    if Case.objects.filter(submission_key=key).exists():
        raise Used
    about = {"kind": kind, "code_hash": codes.hash_of(code), "language": language, "expires_at": _expiry(kind)}
    draft, _is_new = Draft.objects.get_or_create(submission_key=key, defaults=about)
    if draft.created_at < timezone.now() - SECOND_CLICK:
        raise Used
    return code


def find(kind: str, code: str) -> Draft | None:
    """The draft of a code, unless it was sent or its time is over."""
    return Draft.objects.filter(kind=kind, code_hash=codes.hash_of(code), expires_at__gt=timezone.now()).first()


def filled(draft: Draft, form: DraftForm) -> dict[str, steps.Filled]:
    """All steps with what was typed so far."""
    kept = {row.step: row for row in draft.steps.all()}
    return {step.key: steps.Filled(step, kept[step.key].data if step.key in kept else None) for step in form.steps}


@transaction.atomic
def save(draft: Draft, step: str, data: dict, seen: int) -> DraftStep:
    """Stores a step that was read at version `seen` (0 for a step that nobody had saved). Raises Conflict and Gone.

    What is stored already is no conflict, so that a double click does no harm.
    """
    touch(draft)
    stored = DraftStep.objects.filter(draft=draft, step=step).first()
    if stored is None and seen:
        raise Conflict(DraftStep(draft=draft, step=step, data={"fields": {}, "rows": {}}, version=0))
    if stored is None:
        return DraftStep.objects.create(draft=draft, step=step, data=data)
    if stored.data == data:
        return stored
    if stored.version != seen:
        raise Conflict(stored)
    stored.data, stored.version = data, stored.version + 1
    stored.save(update_fields=["data", "version"])
    return stored


def touch(draft: Draft) -> None:
    """Somebody works on the draft: its time begins anew, and everybody else waits until the transaction ends. Raises Gone."""
    if not Draft.objects.filter(pk=draft.pk).update(touched_at=timezone.now(), expires_at=_expiry(draft.kind)):
        raise Gone


def lock(draft: Draft) -> Draft:
    """Keeps everybody else from the draft until the transaction ends. Raises Gone."""
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise Gone
    return locked


def mark_of(draft: Draft) -> str:
    """What stands in the draft, as a short mark that is another one after every change of a step or a file."""
    kept = sorted(draft.steps.values_list("step", "version"))
    files = sorted(draft.attachments.filter(replaced_at=None, removed_at=None).values_list("pk", flat=True))
    return hashlib.sha256(repr((draft.pk, kept, files)).encode()).hexdigest()[:32]


@transaction.atomic
def send(draft: Draft, form: DraftForm, signature: dict, language: str) -> Case:
    """Makes a case of a complete draft, in the language in which it was signed. Raises Gone where that has happened, and ValueError for one that is not complete."""
    draft = lock(draft)
    all_steps = filled(draft, form)
    if not all(step.is_complete for step in all_steps.values()) or missing_documents(draft, form):
        raise ValueError("The draft is not complete.")
    values = {key: step.cleaned for key, step in all_steps.items()}
    opening = {"language": language} | form.opening(values)
    case, _is_new = casework.open_case(draft.kind, submission_key=draft.submission_key, code_hash=draft.code_hash, **opening)
    form.store(case, values, signature)
    originals = list(form.originals(draft).values_list("pk", flat=True))
    files_gone = draft.attachments.exclude(replaced_at=None, removed_at=None).exclude(pk__in=originals)
    files.delete_after_commit(files_gone.values_list("path", flat=True))
    files_gone.delete()
    draft.attachments.update(case=case, draft=None)
    draft.delete()
    return case


def typed_in(draft: Draft) -> dict[str, dict]:
    """What was typed into the fields of each step so far, right or wrong."""
    return {step.step: step.data["fields"] for step in draft.steps.all()}


def asked_items(draft: Draft, form: DraftForm) -> list[steps.Item]:
    """The documents that are asked for, after what was typed so far."""
    typed = typed_in(draft)
    return [item for item in form.items if item.is_asked(typed)]


def missing_documents(draft: Draft, form: DraftForm) -> list[tuple[str, str]]:
    """(what, key of its item) of the required documents that are not there yet, and of every file in which a virus was found."""
    present = list(draft.attachments.filter(replaced_at=None, removed_at=None).order_by("pk"))
    keys = {file.item for file in present}
    asked = [item for item in asked_items(draft, form) if item.is_required and item.key not in keys]
    missing = [(item.label, item.key) for item in asked]
    another = _("a virus was found: please send another file")
    return missing + [(f"{file.name}: {another}", file.item) for file in present if file.state == file.State.INFECTED]


def purge_expired() -> int:
    """Deletes drafts that nobody has come back to, with their files; gives their number."""
    purged = 0
    for key in Draft.objects.filter(expires_at__lt=timezone.now()).values_list("pk", flat=True):
        with transaction.atomic():
            draft = Draft.objects.select_for_update().filter(pk=key, expires_at__lt=timezone.now()).first()
            if draft:
                files.delete_after_commit(draft.attachments.values_list("path", flat=True))
                draft.delete()
                purged += 1
    return purged


def _expiry(kind: str):
    return timezone.now() + timedelta(days=settings.CASE_RULES[kind]["draft_days"])
