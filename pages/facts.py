"""What of the pages changes by the clock, and which notices visitors may have closed: for the kept pages (lacare_site/page_cache/)."""

from datetime import datetime

from wagtail.models import Site

from pages.models import Meeting, Notice


def of_now(now: datetime) -> tuple[frozenset[str], datetime | None]:
    """The closing ids of the notices of now that may be closed, and when the next notice begins or ends, or a meeting begins."""
    Site.clear_site_root_paths_cache()  # asked once after each change, before anything is made
    notices = list(Notice.objects.filter(live=True).exclude(ends_at__lte=now))
    moments = [moment for notice in notices for moment in (notice.starts_at, notice.ends_at) if moment and moment > now]
    moments += (
        Meeting.objects.filter(page__live=True, starts_at__gt=now).order_by("starts_at").values_list("starts_at", flat=True)[:1]
    )
    closable = frozenset(notice.closing_id for notice in notices if notice.may_be_closed and notice.starts_at <= now)
    return closable, min(moments, default=None)
