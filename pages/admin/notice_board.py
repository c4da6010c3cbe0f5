"""What is live now: one screen of the notices that are shown, that come and that have ended, with who sees each where and in which languages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from lacare_site import languages
from lacare_site.organisation import ORGANISATION
from pages.models import DeclaredEmergency, Notice, SitePage
from pages.notices import reach, selectors
from pages.plans import plan_choices

MOST_ENDED = 10
OWN_TEXT = "in their own language"


@dataclass(frozen=True)
class Row:
    notice: Notice
    places: list[str]  # empty: everywhere
    plans: list[str]
    is_in_all_languages: bool
    readers: list[tuple[str, str]]  # (what they read, the names of their languages)
    is_review_due: bool


class NoticeBoardView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "pages/admin/notice_board.html"
    page_title = "Notices"
    header_icon = "warning"

    def dispatch(self, request, *args, **kwargs):
        if not self.policy.user_has_any_permission(request.user, ["add", "change", "delete", "publish"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def policy(self):
        return policy_registry.get_by_type(Notice)

    @cached_property
    def asked(self) -> datetime | None:
        """The moment that the address asks for, by the plan's clock."""
        try:
            moment = parse_datetime(self.request.GET.get("at", ""))
            return timezone.make_aware(moment).astimezone(UTC) if moment and timezone.is_naive(moment) else None
        except (ValueError, OverflowError):
            return None

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        at = self.asked or timezone.now()
        public = Notice.objects.filter(live=True)
        shown = selectors.active(at)
        coming = list(public.filter(starts_at__gt=at).order_by("starts_at", "pk"))
        ended = list(public.filter(starts_at__lte=at, ends_at__lte=at).order_by("-ends_at", "pk")[:MOST_ENDED])
        drafts = list(Notice.objects.filter(live=False).order_by("-latest_revision__created_at", "pk")[:MOST_ENDED])
        rows = {row.notice.pk: row for row in rows_of([*shown, *coming, *ended, *drafts], at)}
        list_url = Notice.snippet_viewset.get_url_name("list")
        parts = [
            ("now", "Live now" if not self.asked else "Live then", shown, "No notice is shown."),
            ("coming", "Coming", coming, "No notice is to come."),
            ("ended", "Ended", ended, "No notice has ended."),
            ("draft", "Drafts: shown nowhere", drafts, ""),
        ]
        return super().get_context_data(**kwargs) | {
            "parts": [
                {"key": key, "title": title, "rows": [rows[notice.pk] for notice in notices], "empty": empty}
                for key, title, notices, empty in parts
            ],
            "emergencies": DeclaredEmergency.objects.filter(filed_at=None).order_by("declared_at"),
            "emergency_url": DeclaredEmergency.snippet_viewset.get_url_name("edit"),
            "at": at,
            "asked": self.asked,
            "clock": ORGANISATION.clock,
            "list_url": list_url,
            "edit_url": Notice.snippet_viewset.get_url_name("edit"),
            "add_url": Notice.snippet_viewset.get_url_name("add"),
            "may_add": self.policy.user_has_permission(self.request.user, "add"),
        }


def rows_of(notices: list[Notice], at: datetime | None = None) -> list[Row]:
    """The notices in their order, with who sees each where and in which languages; three queries."""
    names = SitePage.objects.only("title", "path").order_by("path")
    with_places = Notice.objects.prefetch_related(Prefetch("sections", names)).in_bulk([notice.pk for notice in notices])
    entries = reach.entries_of(notices)
    return [_row(with_places[notice.pk], entries[notice.pk], at or timezone.now()) for notice in notices]


def _row(notice: Notice, entries: dict, at: datetime) -> Row:
    readers = defaultdict(list)
    for each in reach.of(notice, entries):
        readers[each.why or OWN_TEXT].append(each.language.name)
    plans = dict(plan_choices())
    return Row(
        notice=notice,
        places=[section.title for section in notice.sections.all()],
        plans=[plans.get(key, key) for key in notice.plans],
        is_in_all_languages=len(notice.shown_languages) == len(languages.LANGUAGES),
        readers=[(what, ", ".join(names)) for what, names in readers.items()],
        is_review_due=bool(notice.review_on and notice.review_on <= timezone.localdate(at)),
    )


def notice_urls() -> list:
    return [path("notices/", NoticeBoardView.as_view(), name="notice_board")]
