"""Keeping what visitors tell of pages, closing it, and forgetting it in time."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from lacare_site.typed_text import without_controls
from pages.models import SitePage
from pages.page_reports.models import PageReport


def take(page: SitePage, cleaned: dict, form_key: uuid.UUID, note: str = "") -> PageReport:
    """Keeps what a checked form says. The same words by the same form are one report, however often they are sent. `note` is ours,
    and stands before them."""
    text = note + without_controls(cleaned["text"]).strip()
    key = uuid.uuid5(form_key, f"{cleaned['subject']} {text}")
    report = PageReport(key=key, page_id=page.pk, language=cleaned["language"], subject=cleaned["subject"], text=text)
    PageReport.objects.bulk_create([report], ignore_conflicts=True)
    return PageReport.objects.get(key=key)


def close(report: PageReport, user) -> None:
    """Somebody has looked at it; who did so first stands."""
    PageReport.objects.filter(pk=report.pk, done_on=None).update(done_on=timezone.localdate(), done_by=user)


def reopen(report: PageReport) -> None:
    PageReport.objects.filter(pk=report.pk).update(done_on=None, done_by=None)


def forget_old() -> int:
    """Takes away what was closed long ago, and what nobody has closed for much longer; gives how many. For the worker's housekeeping."""
    today = timezone.localdate()
    closed = PageReport.objects.filter(done_on__lt=today - timedelta(days=settings.PAGE_REPORT_DAYS["closed"]))
    left = PageReport.objects.filter(done_on=None, received_on__lt=today - timedelta(days=settings.PAGE_REPORT_DAYS["open"]))
    return closed.delete()[0] + left.delete()[0]
