"""Reading pages for lists and blocks."""

from django.utils import timezone
from django.utils.translation import get_language

from lacare_site import languages
from pages.models import Meeting, NewsArticlePage, PlanDetailPage, PlanOverviewPage
from pages.translations import showing


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
