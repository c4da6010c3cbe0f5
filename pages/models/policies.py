"""Policies: numbered sections, a date that belongs to the text, and the editions that came before."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from lacare_site import languages
from pages import blocks, translated
from pages.documents import selectors as documents
from pages.fields import BodyField
from pages.translations.admin.panels import TranslatedPanel
from pages.translations.texts import text_of

from .base import SitePage


def _text(policy) -> object:
    return text_of(policy, languages.DEFAULT).get("body")


class PolicyPage(SitePage):
    """A policy. A change of its English text needs a new date; the text under the old date is kept as an edition."""

    policy_date = models.DateField(
        null=True, blank=True, help_text="The date of this text, shown as its last update. Empty only where it is not known."
    )
    document_series = models.CharField(
        max_length=50,
        blank=True,
        help_text="The series of documents listed beside the text, such as notice-of-privacy-practices.",
    )
    body = BodyField(blocks.choice("section", "callout", "contact_lines", "standing_text"), blank=True)

    subpage_types = []
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel([FieldRowPanel([FieldPanel("policy_date"), FieldPanel("document_series")])], heading="Edition"),
        TranslatedPanel("body"),
        *SitePage.help_panels,
    ]

    class Meta:
        verbose_name = "policy"

    @property
    def given_updated_on(self):
        return self.policy_date or super().given_updated_on

    def clean(self):
        super().clean()
        if not self.pk or not self.editions.exists():
            return
        if not self.policy_date:
            raise ValidationError({"policy_date": "This policy has had a date: without one, the text would be in no edition."})
        kept = self.editions.filter(policy_date=self.policy_date).select_related("revision").first()
        if kept and _text(kept.revision.as_object()) != _text(self):
            raise ValidationError(
                {"policy_date": "The text has changed: give the date from which the new text holds. This date is another text's."}
            )

    def sections(self) -> list[dict]:
        """The contents list: number (or ""), heading and anchor of each section of the text that is shown."""
        found, number = [], 0
        body = translated.of(self, "body").value or []
        for place, block in enumerate((block for block in body if block.block_type == "section"), start=1):
            number += bool(block.value["numbered"])
            found.append(
                {
                    "number": number if block.value["numbered"] else "",
                    "heading": block.value["heading"],
                    "anchor": f"section-{place}",
                    "block": block,
                }
            )
        return found

    def get_context(self, request, *args, **kwargs):
        series = self.document_series
        return super().get_context(request, *args, **kwargs) | {
            "documents": documents.current_of_series(series) if series else [],
            "editions": self.editions.exclude(policy_date=self.policy_date),
        }


class PolicyEdition(models.Model):
    """The text of a policy as it stood under one date: the last revision published under it."""

    # Not a ParentalKey: revisions would hold the list of editions too, and publishing one would bring an old list back.
    page = models.ForeignKey(PolicyPage, on_delete=models.CASCADE, related_name="editions")
    policy_date = models.DateField()
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-policy_date"]
        constraints = [models.UniqueConstraint(fields=["page", "policy_date"], name="one_edition_per_policy_date")]

    def __str__(self):
        return f"{self.page} of {self.policy_date}"
