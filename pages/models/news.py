"""News: an index and its articles."""

from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel

from pages import blocks
from pages.fields import BodyField
from pages.translations.admin.panels import TranslatedPanel

from .base import SitePage

ARTICLES_PER_PAGE = 20


class NewsIndexPage(SitePage):
    """Articles, the latest first, and the other pages of the newsroom."""

    body = BodyField(blocks.choice(*blocks.BRIEF), blank=True)

    subpage_types = ["pages.NewsArticlePage", "pages.StandardPage", "pages.FactSheetPage", "pages.DocumentListPage"]
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "newsroom"

    def pages_to_list(self):
        # Its articles are a list of their own, with pages.
        return self.children() & ~models.Q(content_type__model="newsarticlepage")

    def get_context(self, request, *args, **kwargs):
        articles = NewsArticlePage.objects.child_of(self).live().defer_streamfields().order_by("-date", "-pk")
        page_number = request.GET.get("page") if request else None
        return super().get_context(request, *args, **kwargs) | {
            "articles": Paginator(articles, ARTICLES_PER_PAGE).get_page(page_number),
        }


class NewsArticlePage(SitePage):
    """One article."""

    date = models.DateField(default=timezone.localdate)
    body = BodyField(blocks.choice(*blocks.STANDARD), blank=True)

    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types = []
    content_panels = [*SitePage.content_panels, FieldPanel("date"), TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "article"
