"""In which languages a notice is read: in a text of their own, or in English."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from lacare_site import languages
from pages.translations import ledger, sources
from pages.translations.models import DraftSignature, Translation
from pages.translations.texts import hash_of, text_of

from .models import Notice

State = Translation.State


@dataclass(frozen=True)
class Reach:
    """What visitors in one language read. `why` says why it is not a whole text of their own that is up to date; "" where it is."""

    language: languages.Language
    why: str = ""

    def __str__(self):
        return f"{self.language.name} ({self.why})" if self.why else self.language.name


def of(notice: Notice, entries: dict[str, Translation]) -> list[Reach]:
    """The languages of a published notice in their order, by its entries of the ledger."""
    return [Reach(language, _why(language.code, entries.get(language.code))) for language in notice.shown_languages]


def missing(notice: Notice, is_minor_edit: bool = False) -> list[Reach]:
    """The languages in which visitors would not read this text as it is, were its English published now. A translation that a reviewer
    has signed beside this English is reviewed from then on."""
    english = text_of(notice, languages.DEFAULT)
    entries = ledger.entries_of(notice) if notice.pk else {}
    signatures = {signed.entry_id: signed for signed in DraftSignature.objects.filter(entry__in=entries.values())}
    # The other languages keep the texts that are public. Of what is not, publishing the English brings back those that were, and no new ones.
    kept = Notice.objects.get(pk=notice.pk) if entries and notice.live else notice
    for code, entry in entries.items():
        text, signed = text_of(kept, code), signatures.get(entry.pk)
        if not text or entry.text_hash != hash_of(text):
            entry.state = State.MISSING
        elif signed and signed.is_of(entry.text_hash, hash_of(english)):
            entry.state = State.REVIEWED
        elif not is_minor_edit and sources.outdated(entry, text, english):
            entry.state = State.STALE
    return [reach for reach in of(notice, entries) if reach.why]


def entries_of(notices: Iterable[Notice]) -> dict[int, dict[str, Translation]]:
    """The entries of several notices, by notice and language; one query."""
    found = {notice.pk: {} for notice in notices}
    rows = Translation.objects.filter(content_type=ledger.kind_of(Notice), object_id__in=found).defer("source_text")
    for entry in rows:
        found[entry.object_id][entry.language] = entry
    return found


def _why(code: str, entry: Translation | None) -> str:
    if code == languages.DEFAULT:
        return ""
    if entry is None or entry.state == State.MISSING:
        return "no translation: English is shown"
    is_withheld = not entry.is_reviewed and not settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS
    shown = ": English is shown" if is_withheld else ""
    if entry.state == State.STALE:
        return f"out of date{shown}"
    if is_withheld:
        return f"not signed{shown}"
    return "translated in part" if entry.is_partial else ""
