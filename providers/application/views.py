"""The application's own page."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from lacare_site.intake import draft_views
from lacare_site.security.requests import reads_only

from .kinds import FORM_KIND


@reads_only
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """The page of the tree, with the ways into the application, whose token nobody else may get."""
    known = draft_views.begin_context(request, FORM_KIND)
    return TemplateResponse(request, "providers/application/page.html", known | {"is_private": False, "form_id": ""})
