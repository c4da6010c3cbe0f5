"""Publishing many pages at once, which Wagtail offers, publishes the drafts of all languages: refused."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pages.models import SitePage


def refuse_bulk_publishing(request: HttpRequest, action_type: str, objects, _action) -> HttpResponse | None:
    """For Wagtail's hook before something is done to many objects at once."""
    pages = [each for each in objects if isinstance(each.specific_deferred, SitePage)] if action_type == "publish" else []
    if not pages:
        return None
    messages.error(
        request,
        "Not published: this would publish the drafts of all languages. Open each page and publish the language that is ready.",
    )
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
