"""The sign-off of a translation by a qualified reviewer, on the form of its language."""

from dataclasses import dataclass

from django import forms

from lacare_site import languages
from pages.translations import ledger
from pages.translations.models import Translation
from pages.translations.texts import hash_of, text_of


class SignOffForm(forms.Form):
    """The hashes are those of the texts that the reviewer has before them: if either changes meanwhile, the ledger refuses."""

    qualification = forms.CharField(
        label="Your qualification",
        max_length=255,
        help_text="Such as: certified translator, American Translators Association, English into Spanish.",
        error_messages={"required": "State your qualification."},
    )
    text_hash = forms.CharField(widget=forms.HiddenInput, required=False)
    source_hash = forms.CharField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class SignOff:
    """What the form of a language says of the review; `form` only where it can be signed."""

    entry: Translation | None
    obstacle: str
    form: SignOffForm | None


def of(draft, code: str, user, posted: SignOffForm | None = None) -> SignOff:
    entry = ledger.entries_of(draft).get(code)
    shown = {"text_hash": hash_of(text_of(draft, code)), "source_hash": hash_of(text_of(draft, languages.DEFAULT))}
    obstacle = _obstacle(entry, shown, user)
    form = posted or (None if obstacle else SignOffForm(initial=shown))
    return SignOff(entry, obstacle, form)


def _obstacle(entry: Translation | None, shown: dict[str, str], user) -> str:
    if entry is None or not entry.text_hash:
        return "There is no published translation to sign yet."
    if entry.is_reviewed and entry.text_hash == shown["text_hash"]:
        return "The published translation has been reviewed."
    if entry.state == Translation.State.STALE:
        return "The English has changed since this was translated: bring the translation up to date first."
    if entry.text_hash != shown["text_hash"]:
        return "You see a draft, which differs from the published translation. Only what is published can be signed."
    if entry.source_hash != shown["source_hash"]:
        return "The English beside it is a draft. A translation is signed against the published English."
    if entry.is_written_by(user):
        return "You wrote this translation. Somebody else has to review it."
    return ""
