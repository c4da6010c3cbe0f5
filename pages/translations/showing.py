"""What of a translation a visitor gets: the text with a word on who has reviewed it, or English where it must not be shown.

45 CFR 92.201(c)(3): machine translation of critical text is reviewed by a qualified human translator before it is relied on.
"""

from django.conf import settings
from django.utils.translation import get_language

from lacare_site import languages
from pages import translated

from . import ledger
from .models import Translation


def prepare(instances: list, all_critical: bool = False) -> None:
    """Reads, in one query, what the ledger says of these texts in the active language, for `translated.of` and `note`.

    Critical texts (all of them, or those with `is_critical`) that nobody has signed are withheld, unless the setting
    SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS says otherwise.
    """
    code = get_language() or languages.DEFAULT
    if code == languages.DEFAULT or not instances:
        return
    kinds = {ledger.kind_of(instance).pk for instance in instances}
    ids = [instance.pk for instance in instances]
    rows = Translation.objects.filter(content_type__in=kinds, object_id__in=ids, language=code).defer("source_text")
    found = {(row.content_type_id, row.object_id): row for row in rows}
    for instance in instances:
        entry = found.get((ledger.kind_of(instance).pk, instance.pk))
        instance.translation = entry
        is_critical = all_critical or getattr(instance, "is_critical", False)
        is_unsigned = entry is None or not entry.is_reviewed
        instance.shows_english_only = is_critical and is_unsigned and not settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS


def note(page) -> dict | None:
    """What a page says of its own language: `kind` (english, machine, human, stale or reviewed), `is_partial`, `reviewed_at`.

    None for English pages.
    """
    if (get_language() or languages.DEFAULT) == languages.DEFAULT:
        return None
    entry = getattr(page, "translation", None)
    if translated.of(page, "heading").is_fallback or entry is None:
        return {"kind": "english", "is_partial": False, "reviewed_at": None}
    is_partial = bool(hasattr(page, "body") and translated.of(page, "body").is_fallback)
    return {"kind": entry.state, "is_partial": is_partial, "reviewed_at": entry.reviewed_at}
