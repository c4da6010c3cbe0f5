"""Pages whose address the site itself names are not taken from it, neither alone nor with others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from pages import fixed_addresses


def refuse_to_remove(request: HttpRequest, page: Page, *_destination) -> HttpResponse | None:
    """For Wagtail's hooks before a page is moved or deleted."""
    return _refuse(request, [page], fixed_addresses.holds_named)


def refuse_to_unpublish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """For Wagtail's hook before a page is unpublished."""
    with_pages_below = request.POST.get("include_descendants")
    return _refuse(request, [page], fixed_addresses.holds_named if with_pages_below else fixed_addresses.has_named)


def refuse_together(request: HttpRequest, action_type: str, objects, action) -> HttpResponse | None:
    """For Wagtail's hook before something is done to many objects at once."""
    is_refused = action_type in ("move", "delete", "unpublish") and issubclass(action.models[0], Page)
    if action_type == "unpublish" and not request.POST.get("include_descendants"):
        return _refuse(request, objects, fixed_addresses.has_named) if is_refused else None
    return _refuse(request, objects, fixed_addresses.holds_named) if is_refused else None


def _refuse(request: HttpRequest, pages, is_kept) -> HttpResponse | None:
    kept = [page for page in pages if page.url and is_kept(page.specific.english_url)]
    if not kept:
        return None
    names = ", ".join(f"“{page.get_admin_display_title()}”" for page in kept)
    messages.error(request, f"{names} stays where it is. {fixed_addresses.SENTENCE}")
    return redirect("wagtailadmin_explore", kept[0].get_parent().pk)
