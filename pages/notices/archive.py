"""The notices that are shown now and those that have ended: for the page that lists them, and for the feed."""

import re
from collections import defaultdict

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from lacare_site import languages
from pages import links, translated
from pages.plans import plan_choices
from pages.translations import showing

from . import selectors
from .models import Notice

OWN_LINK = re.compile(r'(<a\b[^>]*\bhref=")(?=/)')


def ids() -> list[int]:
    """Of all notices for the active language: those of now in the order in which pages show them, then the ended ones, the latest end first."""
    now, code = timezone.now(), get_language() or languages.DEFAULT
    begun = Notice.objects.filter(live=True, starts_at__lte=now).order_by("-starts_at", "-pk")
    rows = begun.values_list("pk", "severity", "ends_at", "in_languages")
    rows = [row for row in rows if not row[3] or code in row[3]]
    current = [row for row in rows if not row[2] or row[2] > now]
    ended = [row for row in rows if row[2] and row[2] <= now]
    current.sort(key=lambda row: selectors.SEVEREST_FIRST[row[1]])
    ended.sort(key=lambda row: row[2], reverse=True)
    return [row[0] for row in current + ended]


def read(chosen: list[int]) -> list[Notice]:
    """The notices of these ids in their order, with what the ledger says of their texts, the pages that they link to, and in `places` for
    which plans and on which pages they are shown, if not on all; five queries."""
    found = Notice.objects.in_bulk(chosen)
    notices = [found[pk] for pk in chosen]
    showing.prepare(notices, all_critical=True)
    links.choose(selectors.page_ids(notices))
    texts = " ".join(str(translated.of(notice, "text")) for notice in notices)
    sections = defaultdict(list)
    for notice_id, page_id in Notice.sections.through.objects.filter(notice__in=chosen).values_list("notice_id", "sitepage_id"):
        sections[notice_id].append(page_id)
    named = [int(first or second) for first, second in links.RICH_TEXT_LINK.findall(texts)]
    links.find(named + [page_id for found in sections.values() for page_id in found])
    plans = dict(plan_choices())
    for notice in notices:
        notice.places = [plans[key] for key in notice.plans if key in plans]
        notice.places += [found.heading for found in links.find(sections[notice.pk])]
    return notices


def changed_at(notice: Notice):
    """When a reader of the feed has something new to read: it has been published anew, has begun or has ended."""
    moments = (notice.last_published_at, notice.starts_at, notice.ends_at if notice.state() == Notice.State.ENDED else None)
    return max(moment for moment in moments if moment)


def as_html(notice: Notice) -> str:
    """What a notice says, with its dates, for readers outside of the site: every address is whole."""
    html = render_to_string("pages/notice_feed_entry.html", {"notice": notice})
    return OWN_LINK.sub(rf"\g<1>{settings.BASE_URL}", html)
