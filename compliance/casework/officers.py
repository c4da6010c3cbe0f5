"""What an officer may know of, and do as the head."""

from django.db.models import QuerySet

from compliance.models import Report
from compliance.officers import OFFICERS, holders
from lacare_site.security import roles

HEADS = (roles.HEAD_COMPLIANCE_OFFICER,)


class Refused(Exception):
    """What was asked for cannot be done; its text is a sentence for whoever asked, and tells nothing of a report."""


def is_officer(user) -> bool:
    return roles.has(user, *OFFICERS)


def reports_for(user) -> QuerySet:
    """The reports that this officer may know of: all but those that they are shut out of."""
    return Report.objects.exclude(recusals__officer=user)


def acts_as_head(user, report: Report) -> bool:
    """Whether `user` may do what is the head's. Where no head can open the report, the other officers may."""
    able = holders(HEADS).filter(recipient_keys__sealed_keys__report=report, recipient_keys__retired_on=None)
    return roles.has(user, *HEADS) or not able.exists()
