"""Public meetings. Agendas are posted 72 hours before a regular and 24 hours before a special meeting (Brown Act, 54954.2)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from pages import blocks
from pages.documents.models import PlanDocument
from pages.fields import BodyField
from pages.paging import part_of
from pages.translations.admin.panels import TranslatedPanel

from .base import SitePage


class MeetingListPage(SitePage):
    """The meetings of one body, the next ones first."""

    body = BodyField(blocks.choice(*blocks.BRIEF, "questions"), blank=True)

    parent_page_types = ["pages.SectionIndexPage", "pages.FolderPage"]
    subpage_types = []
    content_panels = [
        *SitePage.content_panels,
        InlinePanel("meetings", label="meeting"),
        TranslatedPanel("body"),
        *SitePage.help_panels,
    ]

    class Meta:
        verbose_name = "meetings"

    def get_context(self, request, *args, **kwargs):
        now = timezone.now()
        meetings = sorted(self.meetings.select_related("agenda"), key=lambda meeting: meeting.starts_at)
        past = part_of([meeting for meeting in reversed(meetings) if meeting.starts_at < now], request)
        return super().get_context(request, *args, **kwargs) | {
            "coming_meetings": [meeting for meeting in meetings if meeting.starts_at >= now],
            "past_meetings": past,
            "paged": past,
        }


class Meeting(Orderable):
    """One meeting, with its agenda and the time at which that was posted."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular meeting")
        SPECIAL = "special", _("Special meeting")

    page = ParentalKey(MeetingListPage, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(max_length=160, help_text="The body that meets and what for, in English.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.REGULAR)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=255, help_text="The street address, or how to join from afar.")
    agenda = models.ForeignKey(PlanDocument, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    agenda_posted_at = models.DateTimeField(null=True, editable=False)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("starts_at")]),
        FieldPanel("place"),
        FieldPanel("agenda"),
    ]

    def save(self, *args, **kwargs):
        # The time of posting is kept as evidence: it is set when the agenda first stands on the public page, and a version of the
        # page that was written before then does not take it back. A page that is no more than a draft posts nothing.
        known = type(self).objects.filter(pk=self.pk, agenda=self.agenda_id).first() if self.pk and self.agenda_id else None
        self.agenda_posted_at = known.agenda_posted_at if known else None
        if self.agenda_id and self.page.live and not self.agenda_posted_at:
            self.agenda_posted_at = timezone.now()
        super().save(*args, **kwargs)
