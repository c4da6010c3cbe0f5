"""What a visitor found wrong on a page."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lacare_site import languages


class PageReport(models.Model):
    """One mistake that somebody told of. Nothing stands here of who it was, nor at what time of the day."""

    class Subject(models.TextChoices):
        TELEPHONE = "telephone", _("A telephone number or its hours")
        DIRECTORY = "directory", _("A doctor, a clinic or an address")
        LANGUAGE = "language", _("The translation, or words that are hard to understand")
        OTHER = "other", _("Something else")

    # Of the form and what it said: the same form sent twice is one report.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("pages.SitePage", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)  # in which the page was read
    subject = models.CharField(max_length=20, choices=Subject)
    text = models.CharField(max_length=500, blank=True)
    received_on = models.DateField(default=timezone.localdate)
    done_on = models.DateField(null=True, db_index=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["received_on", "pk"]

    def __str__(self):
        return f"{self.page.title}: {self.get_subject_display()}"

    @property
    def language_name(self) -> str:
        return languages.get(self.language).name
