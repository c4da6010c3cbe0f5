"""The home page."""

from pages import blocks, links
from pages.fields import BodyField
from pages.translations.admin.panels import TranslatedPanel

from .base import SitePage


class HomePage(SitePage):
    """What most visitors need today, and the ways into the site."""

    body = BodyField(blocks.choice("tasks", "plans", "promo", "news", "meetings", "contact_lines"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "home page"

    def pages_to_list(self):
        return links.of_types(["meetinglistpage"])
