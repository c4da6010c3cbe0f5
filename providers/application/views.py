"""The application's own page, the check of its roster, and the roster's template."""

import io

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from lacare_site.intake import draft_views, registry
from lacare_site.intake.models import Draft
from lacare_site.security.requests import reads_only
from providers.roster import files as sheets
from providers.roster.faults import Unreadable

from . import rosters
from .kinds import FORM_KIND

FAULTS_ON_A_PAGE = 100


@reads_only
def show(request: HttpRequest) -> HttpResponse:
    """The page of the tree, with the ways into the application."""
    known = draft_views.context_of(request, FORM_KIND, "", is_open=FORM_KIND.draft.is_open())
    known |= {"is_private": False, "form_id": "", "start_url": draft_views.address(FORM_KIND, "start")}
    return TemplateResponse(request, "providers/application/page.html", known)


@reads_only
def roster_template(request: HttpRequest) -> HttpResponse:
    file = io.BytesIO()
    sheets.write_template(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=sheets.TEMPLATE_NAME, content_type=sheets.XLSX_TYPE)


@draft_views.with_draft
def roster_check(request: HttpRequest, kind: registry.FormKind, draft: Draft) -> HttpResponse:
    """What is wrong in the roster, row by row. POST gives the file back with a column of faults."""
    roster = rosters.of(draft)
    if roster is None:
        return HttpResponseRedirect(draft_views.address(kind, "documents") + "#item-roster")
    found = rosters.checked(roster)
    if request.method == "POST" and "download" in request.POST and not request.keeps_typed:
        try:
            file = rosters.with_faults(roster, _("Faults"))
        except Unreadable as error:
            raise Http404(str(error)) from error
        return FileResponse(file, as_attachment=True, filename="roster-checked.xlsx", content_type=sheets.XLSX_TYPE)
    known = draft_views.context_of(request, kind, _("Check of the roster"), roster=roster, found=found)
    known["obstacle"] = "" if found.is_readable else rosters.obstacle(roster)
    known["paged"] = Paginator(rosters.faults_of(found), FAULTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "providers/application/roster.html", known)
