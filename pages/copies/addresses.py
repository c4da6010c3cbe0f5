"""Where the copies of a page lie, and how the addresses of links are written out for whoever cannot follow them."""

from django.conf import settings

from .reading import Element


def written_out(link: Element) -> str:
    """The address that a link leads to, to be read or typed; "" where it is a place on the same page, a telephone number, or what the
    link says already."""
    href = link.attributes.get("href", "")
    if href.startswith("/"):
        return f"{settings.BASE_URL}{href}"
    address = href.removeprefix("mailto:").partition("?")[0] if href.startswith("mailto:") else href
    is_to_read = href.startswith(("http:", "https:", "mailto:"))
    return address if is_to_read and address != link.text else ""
