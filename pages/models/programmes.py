"""Programmes that begin and end, such as Cal MediConnect."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from pages import blocks
from pages.fields import BodyField
from pages.translations.admin.panels import TranslatedPanel

from .base import SitePage


class ProgrammePage(SitePage):
    """A programme; an archived one says so, says when it ended, and names its successor."""

    class Status(models.TextChoices):
        CURRENT = "current", "Current"
        ARCHIVED = "archived", "Archived"

    status = models.CharField(max_length=20, choices=Status.choices, default=Status.CURRENT)
    ended_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "pages.SitePage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Where to go today."
    )
    body = BodyField(blocks.choice(*blocks.STANDARD, "comparison", "timeline"), blank=True)

    parent_page_types = ["pages.SectionIndexPage"]
    subpage_types = ["pages.StandardPage"]
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("status"), FieldPanel("ended_on")]), FieldPanel("successor")], heading="Programme"
        ),
        TranslatedPanel("body"),
        *SitePage.help_panels,
    ]

    class Meta:
        verbose_name = "programme"

    @property
    def is_archived(self) -> bool:
        return self.status == self.Status.ARCHIVED

    def clean(self):
        super().clean()
        if self.is_archived and not self.ended_on:
            raise ValidationError({"ended_on": "Say when the archived programme ended."})
