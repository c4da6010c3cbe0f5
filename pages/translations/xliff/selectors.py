"""Which English of a page is translated, and what of the page goes into a file."""

import re

from lacare_site import languages
from pages.models import SitePage
from pages.translations.texts import hash_of, text_of

from .units import segments_of, targets_of
from .write import Text

FILE_ID = re.compile(r"page-(?P<page>[0-9]{1,9})-(?P<hash>[0-9a-f]{64})")


def english_of(page: SitePage) -> SitePage:
    """The page with the English that a translation is of: what the public reads, or the draft of a page that is not public yet."""
    return page if page.live else page.get_latest_revision_as_object()


def file_id(english: SitePage) -> str:
    """Names the page and the state of its English, so that a file which comes back late is known by it."""
    return f"page-{english.pk}-{hash_of(text_of(english, languages.DEFAULT))}"


def export_of(page: SitePage, code: str) -> Text:
    """The English of a page (of its own type) with the newest text that it has in language `code`, be it a draft."""
    english, draft = english_of(page), page.get_latest_revision_as_object()
    segments = segments_of(english)
    targets = {name: targets_of(english, draft, code, name, segments[name]) for name in segments}
    return Text(file_id(english), page.url or "", english.heading_en, segments, targets)
