"""The sign-off of a translation, public or a draft, by a qualified reviewer, on the form of its language."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from lacare_site import languages
from pages.translations import ledger
from pages.translations.models import DraftSignature, Translation
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
    """What the form of a language says of the review; `form` only where it can be signed. `is_draft`: not all of it is public as it is here."""

    entry: Translation | None
    obstacle: str
    form: SignOffForm | None
    is_draft: bool = False


def of(draft, beside, live, code: str, user, posted: SignOffForm | None = None) -> SignOff:
    """`beside` is whose English stands beside the draft."""
    entry = ledger.entries_of(draft).get(code)
    shown, public = _hashes(draft, beside, code), _hashes(live, live, code)
    is_draft = shown != public
    obstacle = _obstacle(entry, draft, code, shown, is_draft, user)
    form = posted or (None if obstacle else SignOffForm(initial=shown))
    return SignOff(entry, obstacle, form, is_draft)


def _hashes(text, english, code: str) -> dict[str, str]:
    return {"text_hash": hash_of(text_of(text, code)), "source_hash": hash_of(text_of(english, languages.DEFAULT))}


def _obstacle(entry: Translation | None, draft, code: str, shown: dict[str, str], is_draft: bool, user) -> str:
    if not shown["text_hash"]:
        return "There is no translation to sign yet."
    if entry and entry.is_reviewed and not is_draft:
        return "The published translation has been reviewed."
    signed = DraftSignature.objects.filter(entry=entry, **shown).first() if entry else None
    if signed:
        date = date_format(timezone.localtime(signed.reviewed_at), "M j, Y")
        return f"{signed.reviewer_name} signed this on {date}. It counts as reviewed once exactly this text and this English are public."
    if user.pk in ledger.writers_of(draft, code):
        return "You wrote this translation. Somebody else has to review it."
    return ""
