"""Markdown of content files to the rich text that Wagtail stores."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import escape
from markdown_it import MarkdownIt

from pages.contacts.models import ContactLine

from .files import ContentError, PageGone

LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
PHONE = re.compile(r"\{phone:([a-z-]+)\}")
PARAGRAPH_IN_ITEM = re.compile(r"<li>\s*<p>(.*?)</p>\s*(?=</li>|<ul>|<ol>)", re.DOTALL)

AS_THE_EDITOR_WRITES = (
    ("\n", ""),
    ("<strong>", "<b>"),
    ("</strong>", "</b>"),
    ("<em>", "<i>"),
    ("</em>", "</i>"),
    ("&quot;", '"'),
)

_markdown = MarkdownIt("zero").enable(["heading", "list", "emphasis", "link", "escape", "entity", "newline"])
# A line that goes on in the next one is one line, also where a link or bold words begin it.
_markdown.add_render_rule("softbreak", lambda *_args: " ")


def to_rich_text(markdown: str, page_id: Callable[[str], int]) -> str:
    """HTML with Wagtail's own tags for page links and telephone numbers.

    `page_id` gives the id of the page at an address of this site, or raises ContentError. Of a link to a page that is gone
    (PageGone), the words stay.
    """
    html = _markdown.render(markdown or "")
    html = PARAGRAPH_IN_ITEM.sub(r"<li>\1", html)
    # As the editor writes it, so that saving a page without a change leaves its text as it is.
    for written, stored in AS_THE_EDITOR_WRITES:
        html = html.replace(written, stored)
    html = LINK.sub(lambda match: _link(match[1], match[2], page_id), html)
    return PHONE.sub(_phone, html)


def _link(href: str, words: str, page_id: Callable[[str], int]) -> str:
    if href.startswith("https://"):
        return f'<a href="{href}">{words}</a>'
    if href.startswith("mailto:"):
        return f'<a href="mailto:{_email(href.removeprefix("mailto:"))}">{words}</a>'
    try:
        return f'<a linktype="page" id="{page_id(href)}">{words}</a>'
    except PageGone:
        return words


def _email(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        raise ContentError(f"{address!r} is no e-mail address.") from None
    return address


def _phone(match: re.Match) -> str:
    key = match[1]
    if not ContactLine.objects.filter(key=key).exists():
        raise ContentError(f"No telephone line has the key {key!r}.")
    return f'<embed embedtype="phone" key="{escape(key)}"/>'
