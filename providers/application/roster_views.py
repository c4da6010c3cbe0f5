"""The roster's template, the check of a roster, and the correction of its rows."""

import io
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lacare_site.intake import document_views, draft_views, personal_numbers, registry, shown_forms, typed_page
from lacare_site.intake.models import Draft
from lacare_site.intake.refusals import Unfit
from lacare_site.security import limits
from lacare_site.security.requests import reads_only
from lacare_site.typed_text import number as number_of
from providers.roster import check
from providers.roster import files as sheets

from . import corrections, rosters
from .forms import roster_row
from .models import RosterCheck, RosterRow

ROWS_ON_A_PAGE = 50
# Files of rosters that we write, which takes seconds for a long one; whoever corrects one needs a few.
PER_DRAFT, PER_ADDRESS, WINDOW = 20, 60, timedelta(hours=1)
DOWNLOAD, PUT, REMOVE = "download", "put", "remove"


@reads_only
def template(request: HttpRequest) -> HttpResponse:
    file = io.BytesIO()
    sheets.write_template(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=sheets.TEMPLATE_NAME, content_type=sheets.XLSX_TYPE)


@draft_views.with_draft
def show_check(request: HttpRequest, kind: registry.FormKind, draft: Draft) -> HttpResponse:
    """What is wrong in the roster, row by row, or how far its check is. POST gives the file back with a column of faults."""
    roster = rosters.of(draft)
    if roster is None:
        return HttpResponseRedirect(draft_views.address(kind, "documents") + "#item-roster")
    found = rosters.checked(roster)
    if not found.finished_at:
        known = draft_views.context_of(request, kind, _("Check of the roster"), roster=roster, found=found)
        return document_views.with_policy(TemplateResponse(request, "providers/application/roster_progress.html", known))
    refusal = ""
    if request.method == "POST" and not request.keeps_typed:
        if DOWNLOAD in request.POST:
            if not rosters.present(found).exists():
                raise Http404("There are no faults to give back.")
            if not (refusal := _limit_of(request, draft)):
                file = rosters.with_faults(found, _("Faults"))
                return FileResponse(file, as_attachment=True, filename="roster-checked.xlsx", content_type=sheets.XLSX_TYPE)
        elif PUT in request.POST and not (refusal := _put(request, draft, found)):
            return HttpResponseRedirect(request.path)
    known = draft_views.context_of(request, kind, _("Check of the roster"), roster=roster, found=found, refusal=refusal)
    known["obstacle"] = rosters.obstacle(found)
    known["is_waiting"] = corrections.is_waiting(found)
    known["wrong_rows"] = rosters.wrong(found).count()
    known["all_rows"] = rosters.present(found).count() or found.rows
    known["paged"] = Paginator(rosters.wrong(found), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    known["rows"] = list(rosters.as_checked(found, known["paged"]))
    known["removed"] = list(found.kept.filter(is_removed=True).order_by("number").values_list("number", flat=True))
    return TemplateResponse(request, "providers/application/roster.html", known)


def _typed_in_row(request: HttpRequest, _kind, **_known) -> typed_page.Answers:
    return [] if REMOVE in request.POST else typed_page.of_form(_posted(request))


def _posted(request: HttpRequest) -> roster_row.RosterRow:
    """The columns that came along: those of a roster that may not be there any more."""
    return roster_row.RosterRow(request.POST, request.POST)


@draft_views.with_draft(typed=_typed_in_row)
def show_row(request: HttpRequest, kind: registry.FormKind, draft: Draft, number: int) -> HttpResponse:
    """One row, its cells as fields. POST keeps what was typed, right or wrong, and goes on to the next row with faults."""
    roster = rosters.of(draft)
    found = roster and rosters.checked(roster)
    row = found.kept.filter(number=number).first() if found and found.finished_at else None
    if request.method != "POST":
        return _row(request, kind, found, row) if row else HttpResponseRedirect(reverse("roster_check"))
    form = roster_row.RosterRow(check.places(found.headings), request.POST) if row else _posted(request)
    seen = number_of(request.POST.get("version", ""))
    is_removal = REMOVE in request.POST
    if row is None or request.POST.get("roster") != str(found.pk):
        return _row(request, kind, found, None, shown_forms.unchecked(form))
    if request.keeps_typed:
        return _row(request, kind, found, row, shown_forms.unchecked(form), version=seen)
    form.full_clean()
    if not is_removal and (personal_numbers.refuse_in(form) or not form.is_valid()):
        return _row(request, kind, found, row, form, version=seen)
    try:
        if is_removal:
            row = corrections.remove(draft, found, number, seen)
        else:
            row = corrections.save(draft, found, number, form.cleaned_data, seen)
    except corrections.Replaced:
        return _row(request, kind, found, None, shown_forms.unchecked(form))
    except corrections.Conflict as conflict:
        return _row(request, kind, found, conflict.stored, shown_forms.unchecked(form), has_conflict=True)
    if row.fault_count:
        return _row(request, kind, found, row)
    wrong = rosters.wrong(found)
    if following := wrong.filter(number__gt=number).first() or wrong.first():
        return HttpResponseRedirect(reverse("roster_row", kwargs={"number": following.number}))
    _put(request, draft, found)  # where there is no room for it, the page of the check says so and offers it again
    return HttpResponseRedirect(reverse("roster_check"))


def _limit_of(request: HttpRequest, draft: Draft) -> str:
    """Counts a file that we are to write; why they are too many within an hour, or ""."""
    is_within = limits.hit("roster.file", str(draft.pk), PER_DRAFT, WINDOW)
    is_within = is_within and limits.hit("roster.file.address", limits.address_of(request), PER_ADDRESS, WINDOW)
    return "" if is_within else document_views.too_often()


def _put(request: HttpRequest, draft: Draft, found: RosterCheck) -> str:
    """Puts the corrections into the file; why that cannot be, or ""."""
    if limit := corrections.is_waiting(found) and _limit_of(request, draft):
        return limit
    try:
        corrections.put_into_file(draft, found)
    except Unfit as refusal:
        return str(refusal.sentence)
    return ""


def _row(
    request: HttpRequest,
    kind: registry.FormKind,
    found: RosterCheck | None,
    row: RosterRow | None,
    form: roster_row.RosterRow | None = None,
    *,
    version: int | None = None,
    has_conflict: bool = False,
) -> HttpResponse:
    """The page of a row: as it stands, or with what was typed in `form`. `row` is None where what was typed belongs to a roster that is
    not there any more."""
    number = request.resolver_match.kwargs["number"]
    known = draft_views.context_of(request, kind, _("Row %(number)s of the roster") % {"number": number}, row=row, number=number)
    if row:
        (stored,) = rosters.as_checked(found, [row])
        known |= {"roster": found.pk, "version": row.version if version is None else version}
        known |= {"wrong_rows": rosters.wrong(found).count(), "all_rows": rosters.present(found).count()}
        if has_conflict:
            known["theirs"] = _differences(form, stored.values)
            known["conflict_title"] = _("Somebody else has saved this row meanwhile")
        form = form or roster_row.of(stored)
    known |= {"form": form, "faults": shown_forms.faults(form)}
    return TemplateResponse(request, "providers/application/roster_row.html", known)


def _differences(form: roster_row.RosterRow, theirs: dict[str, str]) -> list[tuple[str, str, str]]:
    """(label, mine, theirs) of the fields that two people have typed differently."""
    fields = [(field.label, field.data or "", theirs[field.name]) for field in form]
    return [(label, mine, other) for label, mine, other in fields if mine.strip() != other]
