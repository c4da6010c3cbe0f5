"""Documents with what a plan must know of them: language, form number, edition, and the series that they belong to."""

from django.conf import settings
from django.db import models
from wagtail.documents.models import AbstractDocument, Document


class PlanDocument(AbstractDocument):
    """A file in one language. The documents of a series say the same in different languages and editions."""

    series = models.SlugField(blank=True, help_text='Documents that say the same share a name, such as "member-handbook".')
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    title_in_language = models.CharField(max_length=255, blank=True, help_text="The title in the document's own language.")
    form_number = models.CharField(max_length=40, blank=True)
    edition = models.CharField(max_length=20, blank=True, help_text="Year and month, such as 2024-05.")
    is_stand_in = models.BooleanField(default=False, help_text="Says where to get the original, and is not the original.")

    admin_form_fields = (
        *Document.admin_form_fields,
        "series",
        "language",
        "title_in_language",
        "form_number",
        "edition",
        "is_stand_in",
    )

    class Meta:
        verbose_name = "document"
        ordering = ["title"]

    @property
    def file_type(self) -> str:
        """As shown beside a link: "PDF"."""
        return self.file_extension.upper()
