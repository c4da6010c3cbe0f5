"""Which notices a page shows now."""

from contextvars import ContextVar

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import get_language

from lacare_site import languages
from pages import links, translated
from pages.selectors import plans_of
from pages.translations import showing

from .models import Notice

SEVEREST_FIRST = {severity: place for place, severity in enumerate(Notice.Severity.values)}

_active: ContextVar[list[Notice] | None] = ContextVar("active_notices", default=None)


def forget(**_kwargs) -> None:
    _active.set(None)


def chosen_ids() -> set[int]:
    """The pages that the links of the notices of now have chosen."""
    return page_ids(_now())


def page_ids(notices: list[Notice]) -> set[int]:
    """The pages that the links of these notices have chosen."""
    shown = [translated.of(notice, "links").value for notice in notices]
    return links.page_ids([list(stream.raw_data) for stream in shown if stream])


def _now() -> list[Notice]:
    """The active notices, read once a request."""
    if _active.get() is None:
        notices = active()
        showing.prepare(notices, all_critical=True)
        _active.set(notices)
    return _active.get()


def active(now=None) -> list[Notice]:
    """The notices whose time it is, the most severe first, then the latest."""
    now = now or timezone.now()
    begun = Notice.objects.filter(live=True, starts_at__lte=now).filter(Q(ends_at=None) | Q(ends_at__gt=now))
    notices = list(
        begun.annotate(has_sections=Exists(Notice.sections.through.objects.filter(notice=OuterRef("pk")))).order_by(
            "-starts_at", "-pk"
        )
    )
    prefetch_related_objects([notice for notice in notices if notice.has_sections], "sections")
    return sorted(notices, key=lambda notice: SEVEREST_FIRST[notice.severity])


def for_page(page=None, closed: frozenset[str] = frozenset(), now=None) -> list[Notice]:
    """The notices for a page (or for an address without one), without those whose current version the visitor closed."""
    notices = active(now) if now else _now()
    # What is read for the plans is read only where a notice is for a plan.
    plans = plans_of(page) if page and any(notice.plans for notice in notices) else set()
    links.choose(page_ids(notices))
    return [
        notice
        for notice in notices
        if _concerns(notice, page, plans) and not (notice.may_be_closed and notice.closing_id in closed)
    ]


def _concerns(notice: Notice, page, plans: set[str]) -> bool:
    if notice.in_languages and (get_language() or languages.DEFAULT) not in notice.in_languages:
        return False
    if not (notice.plans or notice.has_sections):
        return True
    if page is None:
        return False
    if plans & set(notice.plans):
        return True
    return notice.has_sections and any(page.path.startswith(section.path) for section in notice.sections.all())
