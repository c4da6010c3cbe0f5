"""Where the copies of a page lie, and how the addresses of links are written out for whoever cannot follow them."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lacare_site import languages

from .reading import Element

# The route of those who report: its page leaves no trace and has a way out at once, which a copy would not have.
REPORT = "report_misconduct"


def has_copies(path: str) -> bool:
    """Whether the page at this English path, if there is one, has copies. Where a form answers at its address, they are of its text alone."""
    with translation.override(languages.DEFAULT):
        return path != reverse(REPORT)


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
