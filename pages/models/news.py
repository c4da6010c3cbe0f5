"""News: an index and its articles."""

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel

from pages import blocks
from pages.fields import BodyField
from pages.paging import part_of
from pages.translations.admin.panels import TranslatedPanel

from .base import ListsChildren, SitePage


class NewsIndexPage(ListsChildren, SitePage):
    """Articles, the latest first, and the other pages of the newsroom."""

    body = BodyField(blocks.choice(*blocks.BRIEF), blank=True)

    unlisted = ("folderpage", "newsarticlepage")  # its articles are a list of their own
    lists_all_at_once = True  # the others are few, however many articles there are
    subpage_types = [
        "pages.NewsArticlePage",
        "pages.StandardPage",
        "pages.FactSheetPage",
        "pages.DocumentListPage",
        "pages.NoticeArchivePage",
    ]
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "newsroom"

    def get_context(self, request, *args, **kwargs):
        articles = NewsArticlePage.objects.child_of(self).live().defer_streamfields().order_by("-date", "-pk")
        articles, context = part_of(articles, request), super().get_context(request, *args, **kwargs)
        longer = max(articles, context["children"], key=lambda part: part.paginator.num_pages)
        return context | {"articles": articles, "paged": longer}


class NewsArticlePage(SitePage):
    """One article."""

    date = models.DateField(default=timezone.localdate)
    body = BodyField(blocks.choice(*blocks.STANDARD), blank=True)

    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types = []
    content_panels = [*SitePage.content_panels, FieldPanel("date"), TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "article"
        indexes = [models.Index(fields=["-date", "-sitepage_ptr"], name="latest_articles")]
