"""Who works on reports, and who does so as the head. Held by membership in a role alone: administrators are nobody here."""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from compliance.models import Report
from lacare_site.security import roles

OFFICERS = (roles.COMPLIANCE_OFFICER, roles.HEAD_COMPLIANCE_OFFICER)
HEADS = (roles.HEAD_COMPLIANCE_OFFICER,)


class Refused(Exception):
    """What was asked for cannot be done; its text is a sentence for whoever asked, and tells nothing of a report."""


def is_officer(user) -> bool:
    return roles.has(user, *OFFICERS)


def officers() -> QuerySet:
    return _holders(OFFICERS)


def reports_for(user) -> QuerySet:
    """The reports that this officer may know of: all but those that they are shut out of."""
    return Report.objects.exclude(recusals__officer=user)


def acts_as_head(user, report: Report) -> bool:
    """Whether `user` may do what is the head's. Where every head is shut out of the report, the other officers may."""
    return roles.has(user, *HEADS) or not _holders(HEADS).exclude(pk__in=report.recusals.values("officer")).exists()


def _holders(held: tuple[roles.Role, ...]) -> QuerySet:
    names = [name for role in held for name in role.groups]
    users = get_user_model().objects.filter(is_active=True, groups__name__in=names)
    return users.distinct().order_by("last_name", "first_name", "username")
