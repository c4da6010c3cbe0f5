"""By when a report wants its first answer, the end of its inquiry, and closing: business days from the day it came."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from compliance.models import Report
from lacare_site.casework import business_days

WHAT_IS_DUE = {"first_answer": "First answer", "inquiry": "End of the inquiry", "closing": "Closing"}


def next_of(report: Report) -> str:
    """Which of COMPLIANCE_RULES comes next; "" for a closed report."""
    if report.stage == Report.Stage.CLOSED:
        return ""
    if report.outcome:
        return "closing"
    return "inquiry" if report.officers_wrote_on else "first_answer"


def due_on(report: Report) -> date | None:
    rule = next_of(report)
    return business_days.add(report.received_on, settings.COMPLIANCE_RULES[rule]) if rule else None


def due_after_reopening() -> date:
    """An inquiry that is opened again has its whole time from now."""
    return business_days.add(timezone.localdate(), settings.COMPLIANCE_RULES["inquiry"])
