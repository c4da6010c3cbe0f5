"""The addresses of a page's copies (pages/copies/)."""

from django import template

from lacare_site import addresses
from pages import links
from pages.copies.addresses import has_copies, of

register = template.Library()


@register.simple_tag(takes_context=True)
def copy_url(context, version: str) -> str:
    """The address of the shown page's copy, "large_print" or "plain_text", in the active language and with the same part of its list; ""
    where it has none."""
    path = addresses.split_language(links.page_url(context["page"].url_path))[1]
    return of(version, path) + addresses.kept_query(context["request"].GET) if has_copies(path) else ""
