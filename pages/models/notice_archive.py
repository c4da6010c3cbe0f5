"""The page of all notices, those of now and those that have ended."""

from django.urls import reverse

from pages import blocks
from pages.fields import BodyField
from pages.paging import part_of
from pages.translations.admin.panels import TranslatedPanel

from .base import SitePage


class NoticeArchivePage(SitePage):
    """Lists notices with their dates, twenty at a time."""

    body = BodyField(blocks.choice(*blocks.BRIEF), blank=True)

    max_count = 1
    subpage_types = []
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "notices"

    def get_context(self, request, *args, **kwargs):
        from pages.notices import archive  # it knows the pages' models

        part = part_of(archive.ids(), request)
        notices = archive.read(list(part))
        return super().get_context(request, *args, **kwargs) | {
            "current": [notice for notice in notices if notice.is_active()],
            "ended": [notice for notice in notices if not notice.is_active()],
            "paged": part,
            "feed_url": reverse("notice_feed"),
        }
