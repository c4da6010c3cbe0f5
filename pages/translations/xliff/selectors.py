"""Which English of a page is translated, and what of the page goes into a file."""

import re
from collections.abc import Iterable

from lacare_site import languages
from pages.models import SitePage
from pages.translations.texts import hash_of, text_of

from .units import segments_of, targets_of
from .write import Text

FILE_ID = re.compile(r"page-(?P<page>[0-9]{1,9})-(?P<english>[0-9a-f]{64})(?P<translation>(?:-[0-9a-f]{16})+)")


def english_of(page: SitePage) -> SitePage:
    """The page with the English that a translation is of: what the public reads, or the draft of a page that is not public yet."""
    return page if page.live else page.get_latest_revision_as_object()


def file_id(english: SitePage, translation: dict[str, str]) -> str:
    """Names the page, the state of its English and that of its translation, so that a file which comes back late is known by it."""
    return "-".join(["page", str(english.pk), hash_of(text_of(english, languages.DEFAULT)), *translation.values()])


def field_hashes(draft: SitePage, code: str, names: Iterable[str]) -> dict[str, str]:
    """By field the beginning of the hash of what a draft has in language `code`, enough to tell two texts apart."""
    text = text_of(draft, code)
    return {name: hash_of({name: text.get(name, "")})[:16] for name in names}


def export_of(page: SitePage, code: str) -> Text:
    """The English of a page (of its own type) with the newest text that it has in language `code`, be it a draft."""
    english, draft = english_of(page), page.get_latest_revision_as_object()
    segments = segments_of(english)
    targets = {name: targets_of(english, draft, code, name, segments[name]) for name in segments}
    return Text(file_id(english, field_hashes(draft, code, segments)), page.url or "", english.heading_en, segments, targets)
