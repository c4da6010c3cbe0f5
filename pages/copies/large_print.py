"""A tree (`reading`) as plain HTML for a sheet of paper: its words, headings, lists and links, and nothing of the screen's layout."""

from html import escape
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe

from .addresses import written_out
from .reading import VOID, Element

KEPT = ("datetime", "dir", "href", "hreflang", "id", "lang", "rel", "start")


def as_html(element: Element) -> SafeString:
    """What stands in the element, safe to be shown: every text and attribute is escaped here."""
    return mark_safe("".join(map(_written, element.children)).strip())  # noqa: S308


def _written(node: Element | str) -> str:
    if isinstance(node, str):
        return escape(" " if node.isspace() else node, quote=False)
    attributes = {name: node.attributes[name] for name in KEPT if name in node.attributes}
    if address := written_out(node):
        parts = urlsplit(address)
        attributes["data-address"] = f"{parts.netloc}{address.partition(parts.netloc)[2]}" if parts.netloc else address
    opening = "".join([node.tag, *(f' {name}="{escape(value)}"' for name, value in attributes.items())])
    return f"<{opening}>" if node.tag in VOID else f"<{opening}>{''.join(map(_written, node.children))}</{node.tag}>"
