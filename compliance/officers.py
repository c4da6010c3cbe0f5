"""Who works on reports: whoever holds the role. Administrators are nobody here."""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from lacare_site.security import roles

OFFICERS = (roles.COMPLIANCE_OFFICER, roles.HEAD_COMPLIANCE_OFFICER)


def officers() -> QuerySet:
    """The accounts of officers, whether or not they have a key yet."""
    return holders(OFFICERS)


def holders(held: tuple[roles.Role, ...]) -> QuerySet:
    names = [name for role in held for name in role.groups]
    users = get_user_model().objects.filter(is_active=True, groups__name__in=names)
    return users.distinct().order_by("last_name", "first_name", "username")
