"""Texts that several pages must carry in the same words, such as a statement that a law prescribes."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin

from pages.admin.forms import FixedKeyForm
from pages.rich_text_features import FEATURES
from pages.translations.admin.panels import TranslatedPanel
from pages.translations.translated_text import TranslatedText


class StandingText(TranslatedText, DraftStateMixin, RevisionMixin, models.Model):
    """One such text; pages show it by a block that names its key."""

    key = models.SlugField(unique=True, help_text="The name by which pages refer to this text. It cannot be changed later.")
    title = models.CharField(max_length=200, help_text="The heading above the text.")
    text = RichTextField(features=FEATURES)
    source = models.CharField(max_length=200, blank=True, help_text="The law or contract that prescribes it, if any.")

    panels = [FieldPanel("key"), TranslatedPanel("title"), TranslatedPanel("text"), FieldPanel("source")]

    base_form_class = FixedKeyForm

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.title_en or self.title
