"""What the form of a page or snippet says of its languages: the state of each translation, and whether there is a draft of it."""

from dataclasses import dataclass

from lacare_site import languages
from pages.translations import ledger
from pages.translations.models import DraftSignature, Translation
from pages.translations.texts import hash_of, text_of


@dataclass(frozen=True)
class LanguageState:
    language: languages.Language
    state: str  # of Translation.State; "" for English, which is no translation
    label: str
    has_draft: bool  # the draft has another text than the public one
    is_draft_signed: bool
    is_review_asked: bool
    url: str  # "" where the user may not open it
    is_current: bool


def of(draft, live, current: str, url_of, may_open) -> list[LanguageState]:
    """The languages of a page or snippet in their order; `url_of(code)` is the address of a language's form, `may_open(code)` who gets it."""
    entries = ledger.entries_of(draft)
    is_public = getattr(live, "live", True)
    english = {hash_of(text_of(each, languages.DEFAULT)) for each in ((live, draft) if is_public else (draft,))}
    signatures = DraftSignature.objects.filter(entry__in=entries.values(), source_hash__in=english)
    signed = {signed.entry_id: signed.text_hash for signed in signatures}
    found = []
    for language in languages.LANGUAGES:
        code, entry = language.code, entries.get(language.code)
        if code == languages.DEFAULT:
            state, label, public = "", "Original", hash_of(text_of(live, code)) if is_public else ""
        else:
            state = entry.state if entry else Translation.State.MISSING
            label, public = Translation.State(state).label, entry.text_hash if entry else ""
            label += ", in part" if entry and entry.is_partial else ""
        own = hash_of(text_of(draft, code))
        has_draft, is_signed = own != public, bool(entry) and signed.get(entry.pk) == own
        is_review_asked = bool(entry and entry.review_asked_at)
        url = url_of(code) if may_open(code) else ""
        found.append(LanguageState(language, state, label, has_draft, is_signed, is_review_asked, url, code == current))
    return found
