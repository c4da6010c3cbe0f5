"""Where the copies of a page lie, and how the addresses of links are written out for whoever cannot follow them."""

from django.conf import settings
from django.urls import resolve, reverse
from django.utils import translation

from lacare_site import languages

from .reading import Element

PAGES = "wagtail_serve"  # the route of the pages that are no more than their text


def has_copies(path: str) -> bool:
    """Whether the page at this English path, if there is one, has copies: a form has none, since it is more than its text."""
    with translation.override(languages.DEFAULT):
        return path == "/" or resolve(path).url_name == PAGES


def of(version: str, path: str) -> str:
    """The address, in the active language, of a copy of the page at this English path: "large_print" or "plain_text"."""
    return reverse(version, args=["" if path == "/" else path])


def written_out(link: Element) -> str:
    """The address that a link leads to, to be read or typed; "" where it is a place on the same page, a telephone number, or what the
    link says already."""
    href = link.attributes.get("href", "")
    if href.startswith("/"):
        return f"{settings.BASE_URL}{href}"
    address = href.removeprefix("mailto:").partition("?")[0] if href.startswith("mailto:") else href
    is_to_read = href.startswith(("http:", "https:", "mailto:"))
    return address if is_to_read and address != link.text else ""
