"""The figures of a desk: how many cases came and ended, and which clocks were met in time; as a page and as a spreadsheet."""

from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from lacare_site.casework import audit, figures
from lacare_site.casework.desk import spreadsheets
from lacare_site.casework.desk.access import DeskMixin, kind_for


class StatisticsView(DeskMixin, TemplateView):
    template_name = "casework/statistics.html"
    page_title = "Statistics"

    def get(self, request, *args, **kwargs):
        self.kind = kind_for(request.user, kwargs["kind"])
        self.period = figures.period_of(self.kind, request.GET)
        return super().get(request, *args, **kwargs)

    def crumbs(self):
        return [(reverse("case_desk", args=[self.kind.key]), self.kind.title)]

    def get_header_buttons(self):
        query = f"?year={self.period.year}&quarter={self.period.quarter or ''}"
        export = reverse("case_statistics_export", args=[self.kind.key]) + query
        return [HeaderButton("Export these figures", url=export, icon_name="download")]

    def get_context_data(self, **kwargs):
        load, stages = figures.load(self.kind), self.kind.workflow.stages.values()
        found = figures.of(self.kind, self.period)
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "years": figures.years(self.kind),
            "quarters": figures.QUARTERS.items(),
            "year": self.period.year,
            "quarter": str(self.period.quarter or ""),
            "figures": found,
            "headings": figures.headings(self.kind),
            "day": "day" if figures.counts_calendar_days(self.kind) else "business day",
            "outcomes": [(stage.label, found.outcomes.get(stage.key, 0)) for stage in stages if not stage.is_open],
            "load": [(stage.label, load.get(stage.key, 0)) for stage in stages if stage.is_open],
            "overdue": load["overdue"],
        }


@require_safe
def spreadsheet(request: HttpRequest, kind: str) -> FileResponse:
    """The figures of the period that was chosen."""
    case_kind = kind_for(request.user, kind)
    period = figures.period_of(case_kind, request.GET)
    name = f"{case_kind.key}-statistics-{period.year}" + (f"-q{period.quarter}" if period.quarter else "")
    audit.record(request.user, "statistics.exported", case_kind.key, {"year": period.year, "quarter": period.quarter})
    file = spreadsheets.write_figures(case_kind, figures.of(case_kind, period))
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=spreadsheets.XLSX)
