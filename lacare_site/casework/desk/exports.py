"""What leaves a desk as a file: a list as a spreadsheet, a case as a dossier."""

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe

from lacare_site.casework import audit, selectors
from lacare_site.casework.desk import dossiers, searches, spreadsheets
from lacare_site.casework.desk.access import case_for, kind_for


@require_safe
def spreadsheet(request: HttpRequest, kind: str) -> FileResponse:
    """The list as it is filtered."""
    case_kind = kind_for(request.user, kind)
    cases = selectors.find(case_kind, searches.filters_of(request, case_kind), request.user)
    file, count = spreadsheets.write(case_kind, cases)
    audit.record(request.user, "desk.exported", case_kind.key, {"cases": count})
    name = f"{case_kind.key}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=spreadsheets.XLSX)


@require_safe
def dossier(request: HttpRequest, kind: str, reference: str) -> FileResponse:
    """All that stands in a case, as a zip."""
    case_kind, case = case_for(request.user, kind, reference)
    file, count = dossiers.write(case_kind, case)
    audit.record(request.user, "case.exported", case.reference, {"documents": count})
    return FileResponse(file, as_attachment=True, filename=f"{case.reference}.zip", content_type="application/zip")
