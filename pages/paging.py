"""Long lists are shown in parts: `?page=2` is the second."""

from django.core.paginator import Page, Paginator

from lacare_site.page_cache.marks import shows_part

PER_PAGE = 20
STRAGGLERS = 4  # so few at the end stand with the part before


def part_of(items, request) -> Page:
    """The part of a list or query that the request (None in a preview) asks for; a number that makes no sense gives the nearest part."""
    parts = Paginator(items, PER_PAGE, orphans=min(STRAGGLERS, PER_PAGE - 1))
    if request is None:
        return parts.get_page(None)
    part = parts.get_page(request.GET.get("page"))
    shows_part(request, part.number)
    return part
