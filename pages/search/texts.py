"""The words of a page in one language, as the search keeps and shows them."""

import html
import re
import unicodedata
from dataclasses import dataclass

from wagtail import blocks
from wagtail.rich_text import RichText

from lacare_site import languages
from pages.contacts import selectors as contacts
from pages.documents import selectors as documents
from pages.models.base import SitePage
from pages.standing_texts import selectors as standing_texts
from pages.translations import showing

LONGEST_BODY = 100_000  # characters; PostgreSQL refuses to index a text of more than a megabyte

PHONE_EMBED = re.compile(r'<embed\b[^>]*\bkey="([a-z0-9_-]+)"[^>]*>')
LINE_END = re.compile(r"</(?:p|li|h\d)>|<(?:br|hr)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
PHONE = re.compile(r"\{phone:([a-z0-9_-]+)\}")


@dataclass(frozen=True)
class PageText:
    """`body` has a passage a line, and telephone numbers as `{phone:key}`, so that no old number is ever shown."""

    title: str
    names: str  # the page's other names in this language, by which it is found too
    body: str


def of_page(page: SitePage, code: str) -> PageText | None:
    """The page's text in a language; None where it has none in it (every page has English)."""
    suffix = languages.get(code).field_suffix
    heading, lead, name, summary = (
        getattr(page, f"{field}_{suffix}", "") or "" for field in ("heading", "lead", "meta_title", "summary")
    )
    passages = [lead, summary]
    for block in getattr(page, f"body_{suffix}", None) or ():
        passages += _passages(block.block, block.value, code)
    if not (heading or any(passages)) and code != languages.DEFAULT:
        return None
    if series := getattr(page, "document_series", ""):
        passages += _document_titles(series, code)
    names = [name]
    if code == languages.DEFAULT:
        names.append(page.title)
        if hasattr(page, "meetings"):
            passages += [f"{meeting.title}, {meeting.place}" for meeting in page.meetings.all()]
    lines = [" ".join(line.split()) for passage in passages for line in passage.split("\n")]
    body = unicodedata.normalize("NFC", "\n".join(line for line in lines if line))[:LONGEST_BODY]
    return PageText(heading or page.heading_en or page.title, " ".join(names), body)


def with_numbers(body: str) -> str:
    """The text with the telephone numbers as the registry has them now."""
    lines = contacts.lines()
    return PHONE.sub(lambda match: lines[match[1]].shown if match[1] in lines else "", body)


def _passages(block: blocks.Block, value, code: str) -> list[str]:
    """The texts of a block's value, headings included; what is chosen (icons, lines, pages) is no text of the page."""
    if isinstance(value, RichText):
        return [_plain(value.source)]
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        return [value or ""]
    if isinstance(block, blocks.StructBlock):
        children = [(name, child, value.get(name)) for name, child in block.child_blocks.items()]
        found = [text for _name, child, child_value in children for text in _passages(child, child_value, code)]
        if block.name == "documents":
            found += _document_titles(value["series"], code)
        if block.name == "standing_text":
            found += _standing_text(value["key"], code)
        return found
    if isinstance(block, blocks.ListBlock):
        return [text for item in value for text in _passages(block.child_block, item, code)]
    return []


def _plain(source: str) -> str:
    """Rich text without HTML, a line for each paragraph, heading and list item."""
    text = LINE_END.sub("\n", PHONE_EMBED.sub(r"{phone:\1}", source))
    return html.unescape(TAG.sub("", text))


def _document_titles(series: str, code: str) -> list[str]:
    found = documents.current_of_series(series)
    if code == languages.DEFAULT:
        return [document.title for document in found]
    return [document.title_in_language for document in found if document.language == code]


def _standing_text(key: str, code: str) -> list[str]:
    """Its words; none where its translation is withheld: the page then shows it in English, and has no other text in the language."""
    text = standing_texts.get(key)
    if text is None or showing.withheld_languages(text, is_critical=True) & {code}:
        return []
    suffix = languages.get(code).field_suffix
    return [getattr(text, f"title_{suffix}") or "", _plain(getattr(text, f"text_{suffix}") or "")]
