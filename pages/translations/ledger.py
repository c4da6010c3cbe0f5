"""Keeping the ledger: what publishing a text does to the states of its translations, and the sign-off of a reviewer."""

from collections.abc import Collection
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from lacare_site import languages

from . import authors, sources, untranslated
from .models import TRANSLATION_LANGUAGES, DraftSignature, Translation
from .texts import hash_of, text_of

KEPT_FIELDS = [
    "state", "is_partial", "origin", "changed_at", "changed_by", "writer_ids", "text_hash", "part_hashes", "source_text", "draft_hash",
    "draft_origin", "review_asked_at", "reviewed_at", "reviewer", "reviewer_name", "qualification", "signed_hash",
]  # fmt: skip


# After a text has been published, signed or has lost its signature; `sender` is its model, `object_id` its id.
entries_changed = Signal()


class LedgerError(Exception):
    """What the ledger does not enter; the message says why."""


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
    return {entry.language: entry for entry in _entries(instance)}


def _entries(instance):
    return Translation.objects.filter(content_type=kind_of(instance), object_id=instance.pk)


@transaction.atomic
def update(instance, user=None, is_minor_edit: bool = False) -> None:
    """Brings the entries of a text that has just been published up to date.

    English changed: what translates another English is out of date, unless it was a minor edit. A translation changed: what changed in it
    translates the English that its writer had before them, and nobody has reviewed it yet, unless a reviewer has signed just this as a
    draft. Its author is who first saved it, whoever publishes it; its writers are all who have written in it since it was signed last.
    """
    how = _publication.get()
    publisher = how.user or user
    is_minor_edit = is_minor_edit or how.is_minor_edit
    english = text_of(instance, languages.DEFAULT)
    kind, changed = kind_of(instance), []
    # Locked, so that a signature which is being given meanwhile is either seen here or sees what changes here.
    known = {entry.language: entry for entry in _entries(instance).select_for_update()}
    signatures = {signed.entry_id: signed for signed in DraftSignature.objects.filter(entry__in=known.values())}
    for code, _name in TRANSLATION_LANGUAGES:
        entry = known.get(code) or Translation(content_type=kind, object_id=instance.pk, language=code)
        before = _kept(entry)
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
            new = sources.new_places(entry, text, english)
            if text and how.origin == Translation.Origin.HUMAN and authors.has_versions(instance):
                writing = authors.of(instance, code, entry.signed_hash, instance.live_revision_id, new)
                entry.changed_by_id, writers, beside = writing.author_id, writing.writer_ids, writing.english
            else:
                entry.changed_by_id = publisher and publisher.pk
                writers, beside = {entry.changed_by_id} - {None}, {}
            entry.source_text = sources.source_text(entry, text, english, new, beside)
            entry.text_hash, entry.changed_at = text_hash, timezone.now()
            entry.writer_ids = sorted(written | writers) if text else []
            _forget_review(entry)
            if entry.draft_origin == Translation.Origin.MACHINE:
                entry.draft_hash = entry.draft_origin = ""  # `origin` says it from now on
        elif text and is_minor_edit and entry.state != Translation.State.STALE:
            entry.source_text = sources.source_of(text, english)
        entry.part_hashes = sources.part_hashes(text)
        entry.is_partial = bool(text) and bool(set(english) - set(text) or untranslated.places(english, text))
        signed = signatures.get(entry.pk)
        if signed and signed.is_of(text_hash, hash_of(english)):
            _enter_review(entry, signed, text, english)
            signed.delete()
        entry.state = _state(entry, text, english)
        if entry.pk is None or _kept(entry) != before:
            changed.append(entry)
    Translation.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["content_type", "object_id", "language"], update_fields=KEPT_FIELDS
    )
    entries_changed.send(sender=kind.model_class(), object_id=instance.pk)


def _kept(entry: Translation) -> list:
    return [getattr(entry, Translation._meta.get_field(name).attname) for name in KEPT_FIELDS]


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


def _state(entry: Translation, text: dict, english: dict) -> str:
    if not text:
        return Translation.State.MISSING
    if sources.outdated(entry, text, english):
        return Translation.State.STALE
    if entry.reviewed_at:
        return Translation.State.REVIEWED
    if untranslated.is_copy(english, text):
        return Translation.State.MISSING
    return Translation.State.MACHINE if entry.origin == Translation.Origin.MACHINE else Translation.State.HUMAN


def _forget_review(entry: Translation) -> None:
    entry.reviewed_at = entry.reviewer = None
    entry.reviewer_name = entry.qualification = ""


def _enter_review(entry: Translation, signed: DraftSignature, text: dict, english: dict) -> None:
    entry.reviewed_at, entry.reviewer = signed.reviewed_at, signed.reviewer
    entry.reviewer_name, entry.qualification = signed.reviewer_name, signed.qualification
    entry.source_text, entry.signed_hash, entry.review_asked_at = sources.source_of(text, english), signed.text_hash, None
    entry.state = Translation.State.REVIEWED


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


def writers_of(draft, code: str) -> set[int]:
    """The ids of all who have written in the text of a draft since it was signed last: none of them signs it."""
    entry = entries_of(draft).get(code)
    if not authors.has_versions(draft) or (entry and entry.text_hash == hash_of(text_of(draft, code))):
        return set(entry.writer_ids) if entry else set()
    public = set() if entry is None or entry.reviewed_at else set(entry.writer_ids)
    return public | authors.of(draft, code, entry.signed_hash if entry else "").writer_ids


def signature_of(reviewer, qualification: str) -> dict[str, object]:
    """What every signature says of who signs, and that it is now."""
    if not qualification.strip():
        raise LedgerError("State your qualification.")
    return {
        "reviewed_at": timezone.now(),
        "reviewer": reviewer,
        "reviewer_name": reviewer.get_full_name() or reviewer.get_username(),
        "qualification": qualification.strip(),
    }


@transaction.atomic
def sign_off(draft, code: str, reviewer, qualification: str, text_hash: str, source_hash: str) -> bool:
    """A qualified reviewer signs that a text says what its English says; gives whether the public text is reviewed by that.

    `text_hash` and `source_hash` are those of the texts that the reviewer has read: if either has changed meanwhile, or the reviewer
    has written in the text since it was signed last, LedgerError says so. What is not public as it was read is so once it is.
    """
    place = {"content_type": kind_of(draft), "object_id": draft.pk, "language": code}
    entry, _is_new = Translation.objects.select_for_update().get_or_create(**place)
    if not text_hash:
        raise LedgerError("There is no text to sign.")
    public = type(draft)._base_manager.get(pk=draft.pk)
    text, english = text_of(public, code), text_of(public, languages.DEFAULT)
    is_known = source_hash in (hash_of(english), hash_of(text_of(draft, languages.DEFAULT)))
    if text_hash != hash_of(text_of(draft, code)) or not is_known:
        raise LedgerError("The text has changed since you opened it. Read it again.")
    if reviewer.pk in writers_of(draft, code):
        raise LedgerError("You wrote this text. Somebody else has to review it.")
    signature = signature_of(reviewer, qualification)
    signed = DraftSignature(entry=entry, text_hash=text_hash, source_hash=source_hash, **signature)
    DraftSignature.objects.filter(entry=entry).delete()
    is_public = entry.text_hash == text_hash and signed.is_of(hash_of(text), hash_of(english))
    if is_public:
        _enter_review(entry, signed, text, english)
    else:
        signed.save()
    entry.review_asked_at = None
    entry.save()
    entries_changed.send(sender=entry.content_type.model_class(), object_id=entry.object_id)
    return is_public


@transaction.atomic
def confirm(instance, codes: Collection[str], source_hash: str) -> None:
    """Says of a published text that its English of now, which has `source_hash`, says what the translations into these languages say.

    As after a minor edit they are up to date, and who has reviewed them still has. LedgerError if the English is another.
    """
    entries = list(_entries(instance).select_for_update().filter(language__in=codes))
    instance = type(instance)._base_manager.get(pk=instance.pk)  # as it is public now, once no publication holds the entries
    english = text_of(instance, languages.DEFAULT)
    if hash_of(english) != source_hash:
        raise LedgerError("The English has changed again. Read what has changed.")
    for entry in entries:
        text = text_of(instance, entry.language)
        if hash_of(text) == entry.text_hash:
            entry.source_text, entry.part_hashes = sources.source_of(text, english), sources.part_hashes(text)
            entry.state = _state(entry, text, english)
            entry.save(update_fields=["source_text", "part_hashes", "state"])
    entries_changed.send(sender=kind_of(instance).model_class(), object_id=instance.pk)
