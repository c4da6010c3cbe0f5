"""The words of the site itself, those of its forms above all: they stand in message catalogues, and a reviewer signs a language's as a whole."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale

from .ledger import LedgerError, signature_of
from .models import CatalogueReview
from .texts import hash_of


@cache
def texts(code: str) -> dict[str, str]:
    """What the catalogue in use says in a language, by the English; where a text has a plural, each form on a line of its own."""
    compiled = Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES" / "django.mo"
    return {_english(entry): _translation(entry) for entry in polib.mofile(str(compiled))}


def _english(entry: polib.MOEntry) -> str:
    context = f"[{entry.msgctxt}]" if entry.msgctxt else ""
    return "\n".join(part for part in (context, entry.msgid, entry.msgid_plural) if part)


def _translation(entry: polib.MOEntry) -> str:
    forms = entry.msgstr_plural
    return "\n".join(forms[number] for number in sorted(forms)) if forms else entry.msgstr


@cache
def text_hash(code: str) -> str:
    return hash_of(texts(code))


def reviews(codes: Iterable[str]) -> dict[str, CatalogueReview]:
    """The last signature of each of these languages that has one, with `is_reviewed`: whether all words of now are among those that were
    signed."""
    found = {review.language: review for review in CatalogueReview.objects.filter(language__in=codes).defer("texts")}
    for code, review in found.items():
        review.is_reviewed = review.text_hash == text_hash(code) or not _changed(review)
    return found


def changed(code: str) -> set[str]:
    """The English of the texts that are new, or say something else, since the last signature; empty where there was none."""
    review = CatalogueReview.objects.filter(language=code).first()
    return _changed(review) if review else set()


def _changed(review: CatalogueReview) -> set[str]:
    return {english for english, text in texts(review.language).items() if review.texts.get(english) != text}


def sign(code: str, reviewer, qualification: str, signed_hash: str) -> None:
    """A qualified reviewer signs that the words of the site in that language say what the English says.

    `signed_hash` is that of the words that the reviewer has read: if they are others by now, LedgerError says so.
    """
    if signed_hash != text_hash(code):
        raise LedgerError("The text has changed since you opened it. Read it again.")
    signature = signature_of(reviewer, qualification) | {"text_hash": signed_hash, "texts": texts(code)}
    CatalogueReview.objects.update_or_create(language=code, defaults=signature)
