"""The list of a desk."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from lacare_site.casework import audit, deadlines, rights, selectors
from lacare_site.casework.desk import searches
from lacare_site.casework.desk.access import DeskMixin, kind_for
from lacare_site.casework.desk.accounts import name_of
from lacare_site.casework.selectors import Filters

CASES_ON_A_SHEET = 50


class DeskView(DeskMixin, TemplateView):
    template_name = "casework/desk.html"

    def dispatch(self, request, *args, **kwargs):
        self.kind = kind_for(request.user, kwargs["kind"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return searches.keep(request, self.kind.key, searches.WORDS, searches.choices(self.kind))

    def get_page_title(self):
        return self.kind.title

    def get_header_buttons(self):
        query = self.request.GET.urlencode()
        export = reverse("case_export", args=[self.kind.key]) + (f"?{query}" if query else "")
        return [
            HeaderButton("Statistics", url=reverse("case_statistics", args=[self.kind.key]), icon_name="table"),
            HeaderButton("Export this list", url=export, icon_name="download"),
        ]

    def get_context_data(self, **kwargs):
        filters = searches.filters_of(self.request, self.kind)
        cases = selectors.find(self.kind, filters, self.request.user)
        sheet = Paginator(cases, CASES_ON_A_SHEET).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        # What was searched for may name a person, and stays out of the log.
        audit.record(self.request.user, "desk.listed", self.kind.key, {"cases": len(sheet)})
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "filters": filters,
            "sheet": sheet,
            "rows": [self._row(case) for case in sheet],
            "query": query.urlencode(),
            "selects": self._selects(filters),
            "is_filtered": filters != Filters(),
        }

    def _selects(self, filters: Filters) -> list[tuple]:
        """(name, label, [(value, words)], chosen) of each."""
        stages = [(selectors.OPEN, "Open"), (selectors.CLOSED, "Closed"), ("all", "All")]
        stages += [(stage.key, stage.label) for stage in self.kind.workflow.stages.values()]
        workers = [(str(user.pk), name_of(user)) for user in rights.workers(self.kind) if user != self.request.user]
        selects = [
            ("stage", "Stage", stages, filters.stage),
            ("assigned", "Assigned to", [*selectors.ASSIGNED.items(), *workers], filters.assigned),
            ("due", "Due", selectors.DUE.items(), filters.due),
        ]
        if self.kind.knows_urgency:
            selects.append(("urgent", "Urgency", selectors.URGENT.items(), filters.urgent))
        for facet in self.kind.facets:
            selects.append((facet.key, facet.label, [("", "All"), *facet.choices()], filters.facets.get(facet.key, "")))
        return selects

    def _row(self, case) -> dict:
        return {
            "case": case,
            "url": reverse("case", args=[self.kind.key, case.reference]),
            "summary": self.kind.summary(case),
            "stage": self.kind.workflow.stages[case.stage].label,
            "deadline": deadlines.of(case),
            "assigned_to": name_of(case.assigned_to),
        }
