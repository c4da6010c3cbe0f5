"""What visitors told of pages, for whoever may change these pages: the list under Reports, and one report with the way to its page."""

import django_filters
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse, reverse_lazy
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from lacare_site import languages
from pages.page_reports import selectors, services
from pages.page_reports.models import PageReport

OPEN, CLOSED = "open", "closed"


def as_text(value: str) -> str:
    """What no spreadsheet's program takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


class PageReportFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label="State", choices=[(OPEN, "Open"), (CLOSED, "Done")], method="of_state", empty_label="All"
    )

    class Meta:
        model = PageReport
        fields = ["subject", "language"]

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data if data else {"state": OPEN}, *args, **kwargs)

    def of_state(self, reports, _name, state):
        return reports.filter(done_on__isnull=state == OPEN)


class PageReportsView(ReportView):
    """The reports on pages that this user may change; those that are open, unless others are asked for."""

    model = PageReport
    page_title = "Was this page right?"
    header_icon = "comment"
    index_url_name = "page_reports"
    index_results_url_name = "page_reports_results"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    filterset_class = PageReportFilters
    no_results_message = "No visitor tells of a mistake."
    columns = [
        TitleColumn(
            "page", label="Page", accessor="page.title", get_url=lambda report: reverse("page_report_read", args=[report.pk])
        ),
        Column("subject", label="About", accessor="get_subject_display"),
        Column("language", label="Read in", accessor="language_name"),
        Column("received_on", label="Received"),
        Column("done_on", label="Done"),
    ]
    list_export = ["page.title", "get_subject_display", "language_name", "text", "received_on", "done_on"]
    # Anybody may have written it: no program takes the text of a CSV for a formula (OWASP, CSV injection). Those of XLSX are texts anyhow.
    custom_field_preprocess = {"text": {SpreadsheetExportMixin.FORMAT_CSV: as_text}}
    export_headings = {"page.title": "Page", "get_subject_display": "About", "language_name": "Read in", "text": "What it says"}

    def get_queryset(self):
        self.queryset = selectors.of(self.request.user)
        return super().get_queryset().order_by("received_on", "pk")


def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One report, with the way to its page's editor in the language that it was read in. POST marks it as done, or opens it again."""
    if not user_has_any_page_permission(request.user):
        return permission_denied(request)
    report = get_object_or_404(selectors.of(request.user), pk=pk)
    if request.method == "POST":
        if "reopen" in request.POST:
            services.reopen(report)
            return redirect("page_report_read", pk)
        services.close(report, request.user)
        messages.success(request, f"The report on “{report.page.title}” is done.")
        return redirect("page_reports")
    edit_url = reverse("wagtailadmin_pages:edit", args=[report.page_id])
    known = {
        "report": report,
        "page_title": PageReportsView.page_title,
        "edit_url": edit_url if report.language == languages.DEFAULT else f"{edit_url}?lang={report.language}",
        "list_url": reverse("page_reports"),
    }
    return render(request, "pages/admin/page_report.html", known)


class PageReportsMenuItem(MenuItem):
    def __init__(self):
        super().__init__(
            PageReportsView.page_title,
            reverse_lazy("page_reports"),
            name="page-reports",
            icon_name=PageReportsView.header_icon,
            order=110,
        )

    def is_shown(self, request):
        return user_has_any_page_permission(request.user)


def page_report_urls() -> list:
    return [
        path("reports/page-reports/", PageReportsView.as_view(), name="page_reports"),
        path("reports/page-reports/results/", PageReportsView.as_view(results_only=True), name="page_reports_results"),
        path("reports/page-reports/<int:pk>/", read, name="page_report_read"),
    ]
