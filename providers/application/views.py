"""The application's own page."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from lacare_site.intake import draft_views
from lacare_site.security.requests import reads_only

from .kinds import FORM_KIND


@reads_only
def show(request: HttpRequest) -> HttpResponse:
    """The page of the tree, with the ways into the application."""
    known = draft_views.context_of(request, FORM_KIND, "", is_open=FORM_KIND.draft.is_open())
    known |= {"is_private": False, "form_id": "", "start_url": draft_views.address(FORM_KIND, "start")}
    return TemplateResponse(request, "providers/application/page.html", known)
