"""The grievance form's own page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from lacare_site.intake import draft_views
from lacare_site.security.requests import reads_only

from .kinds import FORM_KIND


@reads_only
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    return draft_views.front(request, FORM_KIND)
