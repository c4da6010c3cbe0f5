"""Keeping the ledger: what publishing a text does to the states of its translations, and the sign-off of a reviewer."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from lacare_site import languages

from . import authors
from .models import TRANSLATION_LANGUAGES, Translation
from .texts import hash_of, text_of

KEPT_FIELDS = [
    "state", "is_partial", "origin", "changed_at", "changed_by", "writer_ids", "text_hash", "source_hash", "source_text", "draft_hash", "draft_origin",
    "reviewed_at", "reviewer", "reviewer_name", "qualification",
]  # fmt: skip


# After a text has been published, signed or has lost its signature; `sender` is its model, `object_id` its id.
entries_changed = Signal()


class LedgerError(Exception):
    """A sign-off that must not be; the message says why."""


@dataclass(frozen=True)
class Publication:
    """How a text comes to be published: out of whose head, whether the English changed in meaning, and by whom (of a text without
    versions, which say so themselves).
    """

    user: object = None
    origin: str = Translation.Origin.HUMAN
    is_minor_edit: bool = False


BY_HAND = Publication()
_publication: ContextVar[Publication] = ContextVar("publication", default=BY_HAND)


@contextmanager
def publishing(**how):
    """`with publishing(origin="machine"):` says of everything that is published inside where it comes from."""
    token = _publication.set(Publication(**how))
    try:
        yield
    finally:
        _publication.reset(token)


def kind_of(instance) -> ContentType:
    """Pages of all types count as one kind, so that a list of pages finds its entries without asking for the types."""
    from pages.models import SitePage

    return ContentType.objects.get_for_model(SitePage if isinstance(instance, SitePage) else instance)


def entries_of(instance) -> dict[str, Translation]:
    """The entries of a text by language."""
    found = Translation.objects.filter(content_type=kind_of(instance), object_id=instance.pk)
    return {entry.language: entry for entry in found}


@transaction.atomic
def update(instance, user=None) -> None:
    """Brings the entries of a text that has just been published up to date.

    English changed: translations that did not change with it are out of date, unless it was a minor edit. A translation changed: it
    translates the English of now, and nobody has reviewed it yet. Its author is who first saved it, whoever publishes it; its writers are
    all who have written in it since it was signed last.
    """
    how = _publication.get()
    publisher = how.user or user
    english = text_of(instance, languages.DEFAULT)
    english_hash = hash_of(english)
    kind, known, entries = kind_of(instance), entries_of(instance), []
    for code, _name in TRANSLATION_LANGUAGES:
        entry = known.get(code) or Translation(content_type=kind, object_id=instance.pk, language=code)
        text = text_of(instance, code)
        text_hash = hash_of(text)
        if text_hash != entry.text_hash:
            if text_hash == entry.draft_hash:
                origin = entry.draft_origin
            else:
                is_copy = not entry.text_hash and _is_a_machines_elsewhere(code, text_hash)
                origin = Translation.Origin.MACHINE if is_copy else _origin(entry, how.origin)
            entry.origin = origin if text else ""
            written = set() if entry.reviewed_at or not entry.text_hash else set(entry.writer_ids)
            entry.text_hash, entry.changed_at = text_hash, timezone.now()
            is_by_hand = text and how.origin == Translation.Origin.HUMAN and authors.has_versions(instance)
            if is_by_hand:
                entry.changed_by_id, writers = authors.of(instance, code, entry.signed_hash)
            else:
                entry.changed_by_id = publisher and publisher.pk
                writers = {entry.changed_by_id} - {None}
            entry.writer_ids = sorted(written | writers) if text else []
            entry.source_hash, entry.source_text = (english_hash, english) if text else ("", {})
            _forget_review(entry)
            if entry.draft_origin == Translation.Origin.MACHINE:
                entry.draft_hash = entry.draft_origin = ""  # `origin` says it from now on
        elif text and how.is_minor_edit and entry.state != Translation.State.STALE:
            entry.source_hash, entry.source_text = english_hash, english
        entry.is_partial = bool(text) and bool(set(english) - set(text))
        entry.state = _state(entry, english_hash)
        entries.append(entry)
    Translation.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["content_type", "object_id", "language"], update_fields=KEPT_FIELDS
    )
    entries_changed.send(sender=kind.model_class(), object_id=instance.pk)


def _origin(entry: Translation, written_by: str) -> str:
    """Whose words a text is that is about to take the place of the one in `entry`, if a person or a machine has written it.

    What somebody has changed in a machine's text is still a machine's: until a reviewer has signed it, or it has been emptied and
    written anew.
    """
    before = "" if entry.reviewed_at else entry.origin
    is_machine = Translation.Origin.MACHINE in (before, entry.draft_origin, written_by)
    return Translation.Origin.MACHINE if is_machine else Translation.Origin.HUMAN


def _is_a_machines_elsewhere(code: str, text_hash: str) -> bool:
    """Whether just this text stands on another page as a machine's: a page that has been copied starts with the texts of the other."""
    known = Translation.objects.filter(language=code, text_hash=text_hash, origin=Translation.Origin.MACHINE)
    return known.filter(reviewed_at=None).exists()


def _state(entry: Translation, english_hash: str) -> str:
    if not entry.text_hash:
        return Translation.State.MISSING
    if entry.source_hash != english_hash:
        return Translation.State.STALE
    if entry.reviewed_at:
        return Translation.State.REVIEWED
    return Translation.State.MACHINE if entry.origin == Translation.Origin.MACHINE else Translation.State.HUMAN


def _forget_review(entry: Translation) -> None:
    entry.reviewed_at = entry.reviewer = None
    entry.reviewer_name = entry.qualification = ""


def note_draft(draft, code: str, origin: str, is_whole: bool = True) -> None:
    """Remembers who is said to have translated the text that a draft has in language `code`, until it is published.

    Of a text that is not new as a whole the rest may be a machine's: then all of it counts as a machine's.
    """
    known = entries_of(draft).get(code)
    if known and not is_whole:
        origin = _origin(known, origin)
    Translation.objects.update_or_create(
        content_type=kind_of(draft),
        object_id=draft.pk,
        language=code,
        defaults={"draft_hash": hash_of(text_of(draft, code)), "draft_origin": origin},
    )


def ask_for_review(draft, code: str) -> None:
    """Notes that whoever wrote the text in language `code` wants it reviewed, be it published already or not."""
    Translation.objects.update_or_create(
        content_type=kind_of(draft), object_id=draft.pk, language=code, defaults={"review_asked_at": timezone.now()}
    )


def forget(instance) -> None:
    """Drops the entries of a text that has been deleted."""
    Translation.objects.filter(content_type=kind_of(instance), object_id=instance.pk).delete()


@transaction.atomic
def sign_off(entry_id: int, reviewer, qualification: str, text_hash: str, source_hash: str) -> Translation:
    """A qualified reviewer signs that the published text says what the English says.

    `text_hash` and `source_hash` are those of the texts that the reviewer has read: if either has changed meanwhile, or the reviewer
    has written in the text since it was signed last, LedgerError says so.
    """
    entry = Translation.objects.select_for_update().get(pk=entry_id)
    if not entry.text_hash or entry.state == Translation.State.STALE:
        raise LedgerError("There is no text that translates the present English: bring it up to date first.")
    if (entry.text_hash, entry.source_hash) != (text_hash, source_hash):
        raise LedgerError("The text has changed since you opened it. Read it again.")
    if entry.is_written_by(reviewer):
        raise LedgerError("You wrote this text. Somebody else has to review it.")
    if not qualification.strip():
        raise LedgerError("State your qualification.")
    entry.state, entry.reviewed_at, entry.reviewer = Translation.State.REVIEWED, timezone.now(), reviewer
    entry.reviewer_name = reviewer.get_full_name() or reviewer.get_username()
    entry.qualification, entry.review_asked_at = qualification.strip(), None
    entry.signed_hash = entry.text_hash
    entry.save()
    entries_changed.send(sender=entry.content_type.model_class(), object_id=entry.object_id)
    return entry
