"""What the head of a page says to search engines."""

from dataclasses import dataclass

from lacare_site import addresses
from pages import links
from pages.seo.addresses import alternates, canonical, heading_fields, languages_of
from pages.translations import showing


@dataclass(frozen=True)
class Head:
    canonical: str
    alternates: list[tuple[str, str]]  # (hreflang, address)


def of(page, number: int = 1) -> Head:
    """The addresses of a page, or of the `number`th part of its list (`?page=2` is a page of its own)."""
    path = addresses.split_language(links.page_url(page.url_path))[1]
    headings = {field: getattr(page, field) for field in heading_fields()}
    stands_in = languages_of(headings, showing.withheld_languages(page, page.is_critical))
    query = f"?page={number}" if number > 1 else ""
    return Head(
        canonical(path, stands_in) + query,
        [(language, address + query) for language, address in alternates(path, stands_in)],
    )
