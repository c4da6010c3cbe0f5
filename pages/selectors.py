"""Reading pages for lists and blocks."""

from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from lacare_site import languages
from pages.models import FolderPage, Meeting, NewsArticlePage, PlanDetailPage, PlanOverviewPage, SitePage
from pages.translations import showing

LARGEST_ID = 2**31 - 1  # as databases know numbers of that kind; of a larger one PostgreSQL says that it cannot be


def public_page(page_id: int) -> SitePage | None:
    """The page of that number, without what its type adds, if visitors can open it."""
    if page_id > LARGEST_ID:
        return None
    roots = [root_path for _id, root_path, _root_url, _language in Site.get_site_root_paths()]
    page = SitePage.objects.live().not_type(FolderPage).filter(pk=page_id).first()
    return page if page and page.url_path.startswith(tuple(roots)) else None


def plan_overviews() -> list[PlanOverviewPage]:
    """The published plans in the editors' order, without their bodies."""
    plans = PlanOverviewPage.objects.live().defer_streamfields().order_by("order", "pk")
    return list(plans.annotate(shows_english_only=showing.withheld(get_language() or languages.DEFAULT)))


def plans_of(page) -> set[str]:
    """The plans whose members a page is for: those it names, and the plan in whose part of the site it stands."""
    if isinstance(page, PlanDetailPage):
        above = PlanOverviewPage.objects.filter(path=page.path[: -page.steplen])
        return {*page.plans, *above.values_list("plan", flat=True)}
    return {*page.plans, page.plan} if isinstance(page, PlanOverviewPage) else set(page.plans)


def latest_articles(count: int) -> list[NewsArticlePage]:
    return list(NewsArticlePage.objects.live().defer_streamfields().order_by("-date", "-pk")[:count])


def next_meetings(count: int) -> list[Meeting]:
    coming = Meeting.objects.filter(page__live=True, starts_at__gte=timezone.now())
    return list(coming.select_related("agenda").order_by("starts_at")[:count])
