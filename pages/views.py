"""Serving pages: one query finds the page of an address, however deep it lies."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page, Site

from lacare_site.page_cache.marks import same_for_all
from lacare_site.security.requests import reads_only
from pages import links
from pages.models import PolicyEdition


def find_page(path: str) -> Page | None:
    """The live page at a path without language and slashes at its ends, as its own type."""
    for site_root in Site.get_site_root_paths():
        url_path = f"{site_root.root_path}{path}/" if path else site_root.root_path
        page = Page.objects.filter(links.at_addresses([url_path]), live=True).first()
        if page:
            return page.specific
    return None


def shown_page(path: str) -> Page | None:
    """The live page at an English path, ready to be shown, for an app whose own route has taken its address."""
    page = find_page(path.strip("/"))
    if page:
        page.prepare_to_show()
    return page


@same_for_all
@reads_only
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The public page at `path`; 404 where there is none."""
    page = find_page(path.strip("/"))
    if page is None:
        raise Http404("No page has this address.")
    return page.serve(request)


@same_for_all
@reads_only
def edition(request: HttpRequest, page_path: str, day: str) -> HttpResponse:
    """An older edition of a policy, as it stood under the date `day`."""
    page = find_page(page_path)
    try:
        kept = PolicyEdition.objects.select_related("revision").get(page_id=page.pk, policy_date=date.fromisoformat(day))
    except (AttributeError, ValueError, PolicyEdition.DoesNotExist):
        raise Http404("No such edition.") from None
    old = kept.revision.as_object()
    is_old_edition = kept.policy_date != page.policy_date
    old.prepare_to_show()
    # What the ledger says is true of the present text alone.
    old.shows_english_only = is_old_edition or getattr(old, "shows_english_only", False)
    context = old.get_context(request) | {"is_old_edition": is_old_edition, "current_page": page}
    return TemplateResponse(request, old.get_template(request), context)
