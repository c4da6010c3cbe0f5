"""Who reads which reports."""

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import page_permission_policy

from pages.models import SitePage
from pages.page_reports.models import PageReport

CHANGES = "change_page"


def of(user) -> QuerySet:
    """The reports on pages that this account may change, the oldest first."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return PageReport.objects.filter(page__in=pages.values("pk")).select_related("page", "done_by")


def caretakers(page: SitePage) -> list:
    """The accounts with a mail address who look after a page: its owner, as Wagtail names whoever made it, while they may change it; else
    those who may change the nearest part of the site around it."""
    owner = page.owner
    if owner and owner.is_active and owner.email and page.permissions_for_user(owner).can_edit():
        return [owner]
    above = [page.path[:length] for length in range(page.steplen, len(page.path) + 1, page.steplen)]
    given = GroupPagePermission.objects.filter(permission__codename=CHANGES, page__path__in=above)
    groups: dict[str, list[int]] = {}
    for path, group in given.values_list("page__path", "group"):
        groups.setdefault(path, []).append(group)
    for path in sorted(groups, key=len, reverse=True):
        users = get_user_model().objects.filter(is_active=True, groups__in=groups[path]).exclude(email="")
        if found := list(users.distinct().order_by("pk")):
            return found
    return []


def open_by_page() -> dict[SitePage, int]:
    """How many reports wait on each page that has some."""
    counts = dict(PageReport.objects.filter(done_on=None).order_by().values_list("page").annotate(Count("pk")))
    pages = Page.objects.filter(pk__in=counts).select_related("owner")
    return {page: counts[page.pk] for page in pages}
