"""The list of reports and their figures: neither holds content, and neither needs a key."""

from calendar import month_abbr

from django.core.paginator import Paginator
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from compliance.casework import keyring, selectors, sharing
from compliance.casework.desk.access import TITLE, OfficerView
from compliance.casework.selectors import Filters
from compliance.models import Report
from compliance.officers import officers
from lacare_site.casework import audit, deadlines
from lacare_site.casework.desk.accounts import name_of

REPORTS_ON_A_SHEET = 50


class DeskView(OfficerView):
    template_name = "compliance/casework/desk.html"
    page_title = TITLE

    def crumbs(self):
        return []

    def get_header_buttons(self):
        return [
            HeaderButton("Statistics", url=reverse("compliance_statistics"), icon_name="table"),
            HeaderButton("Keys", url=reverse("compliance_keys"), icon_name="key"),
        ]

    def get_context_data(self, **kwargs):
        user, filters = self.request.user, Filters.of(self.request.GET)
        sheet = Paginator(selectors.find(filters, user), REPORTS_ON_A_SHEET).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        key = keyring.of(user)
        opened = set(sharing.readable(key).values_list("pk", flat=True)) if key else set()
        audit.record(user, "compliance.listed", "reports", {"reports": len(sheet)})
        others = [(str(officer.pk), name_of(officer)) for officer in officers() if officer != user]
        return super().get_context_data(**kwargs) | {
            "title": TITLE,
            "has_key": key is not None,
            "is_confirmed": key is None or key.confirmed,
            "sheet": sheet,
            "rows": [
                {
                    "report": report,
                    "deadline": deadlines.until(report.due_on),
                    "is_waiting": report.last_author is None,
                    "is_mine_to_read": report.pk in opened,
                    "assigned_to": name_of(report.assigned_to),
                }
                for report in sheet
            ],
            "query": query.urlencode(),
            "filters": [
                ("state", "State", filters.state, selectors.STATES.items()),
                ("category", "Category", filters.category, [("", "All"), *Report.Category.choices]),
                ("assigned", "Assigned to", filters.assigned, [*selectors.ASSIGNED.items(), *others]),
                ("due", "Due", filters.due, selectors.DUE.items()),
                ("waiting", "Reporter", filters.waiting, selectors.WAITING.items()),
            ],
            "is_filtered": filters != Filters(),
        }


class StatisticsView(OfficerView):
    template_name = "compliance/casework/statistics.html"
    page_title = "Statistics"

    def get_context_data(self, **kwargs):
        user = self.request.user
        years, asked = selectors.years(user), self.request.GET.get("year", "")
        year = next((year for year in years if str(year) == asked), years[0])
        figures, load = selectors.figures(user, year), selectors.load(user)
        return super().get_context_data(**kwargs) | {
            "years": years,
            "year": year,
            "figures": figures,
            "months": list(zip(month_abbr[1:], figures.received, figures.closed, strict=True)),
            "totals": (sum(figures.received), sum(figures.closed)),
            "categories": [(label, figures.categories.get(value, 0)) for value, label in Report.Category.choices],
            "outcomes": [(label, figures.outcomes.get(value, 0)) for value, label in Report.Outcome.choices],
            "load": [(label, load.get(value, 0)) for value, label in Report.Stage.choices if value != Report.Stage.CLOSED],
            "overdue": load["overdue"],
        }
