"""Pages to look things up in."""

import unicodedata

from django.db import models
from wagtail.admin.panels import FieldPanel

from pages import blocks, translated
from pages.contacts import selectors as contacts
from pages.documents import selectors as documents
from pages.fields import BodyField
from pages.translations.admin.panels import TranslatedPanel

from .base import SitePage


def _alphabetical(block) -> str:
    """Other blocks first, then terms as a dictionary of any of the languages has them, whatever accents they bear."""
    if block.block_type != "term":
        return ""
    letters = unicodedata.normalize("NFKD", block.value["term"].casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class FactSheetPage(SitePage):
    """The plan in figures."""

    body = BodyField(blocks.choice(*blocks.BRIEF, "figures"), blank=True)

    subpage_types = []
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "fact sheet"


class ResourceHubPage(SitePage):
    """Resources on one subject, our own and others'."""

    body = BodyField(blocks.choice(*blocks.BRIEF, "highlights", "resources", "checklist", "standing_text"), blank=True)

    subpage_types = []
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "resource hub"


class GlossaryPage(SitePage):
    """Words and what they mean, in alphabetical order."""

    body = BodyField(blocks.choice("text", "term"), blank=True)

    subpage_types = []
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "glossary"

    def get_context(self, request, *args, **kwargs):
        body = translated.of(self, "body")
        # The sort is stable: what stands before the words stays there, in the editors' order.
        return super().get_context(request, *args, **kwargs) | {
            "blocks": sorted(body.value, key=_alphabetical) if body else [],
        }


class DocumentListPage(SitePage):
    """Documents in each language that they are to be had in."""

    document_series = models.CharField(max_length=50, blank=True, help_text="The series that the page lists.")
    body = BodyField(blocks.choice(*blocks.BRIEF, "documents"), blank=True)

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("document_series"),
        TranslatedPanel("body"),
        *SitePage.help_panels,
    ]

    class Meta:
        verbose_name = "document list"

    def get_context(self, request, *args, **kwargs):
        series = self.document_series
        return super().get_context(request, *args, **kwargs) | {
            "documents": documents.current_of_series(series) if series else [],
        }


class TelephoneDirectoryPage(SitePage):
    """All telephone lines of the registry by topic."""

    body = BodyField(blocks.choice("text", "callout", "cards"), blank=True)

    max_count = 1
    subpage_types = []
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "telephone directory"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"directory": contacts.directory()}
