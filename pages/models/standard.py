"""The pages that most of the site consists of."""

from django.http import Http404

from pages import blocks
from pages.fields import BodyField
from pages.translations.admin.panels import TranslatedPanel

from .base import ListsChildren, SitePage


class StandardPage(SitePage):
    """A page of text with the lines to call and where to go next."""

    body = BodyField(blocks.choice(*blocks.STANDARD), blank=True)

    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "standard page"


class SectionIndexPage(ListsChildren, SitePage):
    """The start of a section: a few words, then its pages as cards."""

    body = BodyField(blocks.choice(*blocks.STANDARD), blank=True)

    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "section index"


class FolderPage(SitePage):
    """A part of an address that is no page of its own; asked for, it answers 404 or follows its redirect."""

    content_panels = SitePage.content_panels
    preview_modes = []  # it is shown nowhere
    subpage_types = ["pages.SectionIndexPage", "pages.StandardPage", "pages.MeetingListPage"]

    class Meta:
        verbose_name = "folder"

    def serve(self, request, *args, **kwargs):
        raise Http404("A folder is no page of its own.")

    def serve_preview(self, request, mode_name):
        return self.serve(request)

    def get_sitemap_urls(self, request=None):
        return []
