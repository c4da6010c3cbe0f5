"""What of a translation a visitor gets: the text with a word on who has reviewed it, or English where it must not be shown.

45 CFR 92.201(c)(3): machine translation of critical text is reviewed by a qualified human translator before it is relied on.
"""

from contextvars import ContextVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import get_language

from lacare_site import languages
from pages import translated
from pages.notices.models import Notice
from pages.standing_texts.models import StandingText

from . import catalogues, ledger, untranslated
from .models import Translation
from .texts import text_of

# By kind, id and language; None for a text without an entry.
_entries: ContextVar[dict[tuple[int, int, str], Translation | None] | None] = ContextVar("ledger_entries", default=None)


def forget(**_kwargs) -> None:
    _entries.set(None)


def prepare(instances: list, all_critical: bool = False) -> None:
    """Reads what the ledger says of these texts in the active language, for `translated.of` and `note`.

    Critical texts (all of them, or those with `is_critical`) that nobody has signed are withheld, unless the setting
    SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS says otherwise.
    """
    code = get_language() or languages.DEFAULT
    if code == languages.DEFAULT or not instances:
        return
    entries = _entries_of(instances, code)
    for instance in instances:
        entry = entries[ledger.kind_of(instance).pk, instance.pk, code]
        instance.translation = entry
        instance.english_fields, instance.english_blocks = untranslated.english_parts(instance, code)
        is_critical = all_critical or getattr(instance, "is_critical", False)
        is_unsigned = entry is None or not entry.is_reviewed
        instance.shows_english_only = is_critical and is_unsigned and not settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS


def withheld(code: str, to_page: str = "", of_all: bool = False):
    """An expression for queries of SitePage: whether the page's text in that language is withheld, as `prepare` decides it.

    Another model has SitePage's columns at `to_page` ("sitepage__"), and the same key. A query `of_all` pages reads what is signed at once;
    one of a few asks for each.
    """
    from pages.models import SitePage

    if code == languages.DEFAULT or settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS:
        return Value(False)
    signed = Translation.objects.filter(content_type=ledger.kind_of(SitePage), language=code, state=Translation.State.REVIEWED)
    is_signed = Q(pk__in=signed.values("object_id")) if of_all else Exists(signed.filter(object_id=OuterRef("pk")))
    return Q(**{f"{to_page}is_critical": True}) & ~is_signed


def withheld_languages(instance, is_critical: bool) -> frozenset[str]:
    """The codes of the languages in which a text is withheld, as `prepare` decides it of the active one; a query where the text is critical
    and `prepare` has not read of it."""
    if settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS or not is_critical:
        return frozenset()
    known, kind = _entries.get() or {}, ledger.kind_of(instance).pk
    if (kind, instance.pk, get_language()) in known:
        entries = {code: entry for code in languages.BY_CODE if (entry := known.get((kind, instance.pk, code)))}
    else:
        entries = ledger.entries_of(instance)
    signed = {code for code, entry in entries.items() if entry.is_reviewed}
    return frozenset(languages.BY_CODE) - {languages.DEFAULT} - signed


def _entries_of(instances: list, code: str) -> dict[tuple[int, int, str], Translation | None]:
    known = _entries.get() or {}
    asked = {(ledger.kind_of(instance).pk, instance.pk, code) for instance in instances}
    if missing := asked - set(known):
        # In all languages, since a page also says in which of them it may be read.
        condition = Q(content_type__in={kind for kind, _id, _code in missing}, object_id__in={pk for _kind, pk, _code in missing})
        if not known:
            # Notices and standing texts are few and stand on many pages: they come along with what is asked for first.
            condition |= Q(content_type__in=[ledger.kind_of(model) for model in (Notice, StandingText)], language=code)
        rows = Translation.objects.filter(condition).defer("source_text")
        known = known | dict.fromkeys(missing) | {(row.content_type_id, row.object_id, row.language): row for row in rows}
        _entries.set(known)
    return known


# What is read of a page, standing text or notice; what else is translated stands in search engines, cards and links.
READ_FIELDS = ("heading", "lead", "title", "text", "body")


def note(instance, field: str = "") -> dict | None:
    """What a page, standing text or notice says of its own language: `kind` (english, draft or reviewed), and of a translation
    `is_machine` (and nobody has signed it), `is_stale`, `is_partial`, and by whom it was reviewed and when: `reviewed_at`,
    `reviewer_name`, `qualification`.

    None for English, and where there is no text. A text that the ledger does not know counts as a machine's. With `field` it is said
    of that part alone.
    """
    if (get_language() or languages.DEFAULT) == languages.DEFAULT:
        return None
    names = [name for name in READ_FIELDS if name in translated.field_names(type(instance)) and field in ("", name)]
    found = [text for name in names if (text := translated.of(instance, name))]
    if not found:
        return None
    if all(text.is_fallback for text in found):
        return {"kind": "english"}
    entry = getattr(instance, "translation", None)
    if entry is None or not entry.text_hash:
        entry = Translation(state=Translation.State.MACHINE, origin=Translation.Origin.MACHINE)
    return {
        "kind": "reviewed" if entry.is_reviewed else "draft",
        "is_machine": entry.origin == Translation.Origin.MACHINE and not entry.reviewed_at,
        "is_stale": entry.state == Translation.State.STALE,
        "is_partial": any(text.is_fallback for text in found) or _is_english_in_part(instance, names),
        **_signature(entry),
    }


def _is_english_in_part(instance, names: list[str]) -> bool:
    """Whether blocks of these fields are English that was copied and not translated."""
    texts = (text_of(instance, code) for code in (languages.DEFAULT, get_language()))
    english, own = ({name: text for name, text in found.items() if name in names} for found in texts)
    return bool(untranslated.places(english, own))


def words_are_signed(code: str) -> bool:
    """Whether a qualified reviewer has signed the words of the site in that language as they are; those of English need nobody."""
    review = None if code == languages.DEFAULT else catalogues.reviews([code]).get(code)
    return code == languages.DEFAULT or bool(review and review.is_reviewed)


def form_note() -> dict | None:
    """What a page with a form says, as `note` does, of the words of the site in its own language. A query.

    What they say comes of machines, until a reviewer has signed the catalogue as it is.
    """
    code = get_language() or languages.DEFAULT
    if code == languages.DEFAULT:
        return None
    review = catalogues.reviews([code]).get(code)
    if review and review.is_reviewed:
        return {"kind": "reviewed", **_signature(review)}
    return {"kind": "draft", "is_machine": True}


def _signature(signed) -> dict:
    return {name: getattr(signed, name) for name in ("reviewed_at", "reviewer_name", "qualification")}
