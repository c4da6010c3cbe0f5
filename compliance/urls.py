"""The addresses of those who report. Each stands before the pages' own route."""

from django.urls import path

from compliance import filings
from compliance.follow_up.views import follow_up
from compliance.intake.views import report

urlpatterns = [
    path(filings.FILING.path.lstrip("/"), report, name="report_misconduct"),
    path(filings.FOLLOWING.path.lstrip("/"), follow_up, name="report_receipt"),
]
