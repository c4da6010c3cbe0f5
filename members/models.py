"""Help in a member's language: what is said of it in each language, and the two pages that show it."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, RevisionMixin

from lacare_site import languages
from members import cards, selectors
from members.forms import LanguageHelpForm
from pages import blocks
from pages.contacts import selectors as contacts
from pages.fields import BodyField
from pages.models import SitePage, StandardPage

REVIEW_FIELDS = ("reviewed_on", "reviewer", "qualification")


class LanguageHelp(DraftStateMixin, RevisionMixin, models.Model):
    """One language in which the plan says that help is free (45 CFR 92.11). There are more of them than the site has languages.

    A text is a translation of the English row's; who has reviewed it stands beside it.
    """

    code = models.CharField(
        "language tag",
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$", "A tag such as vi, hmn or zh-Hant.")],
        help_text="The language's BCP 47 tag: vi, hmn, zh-Hant.",
    )
    english_name = models.CharField(max_length=60, help_text="For the staff at a desk: Vietnamese.")
    own_name = models.CharField(max_length=60, help_text="As its speakers write it: Tiếng Việt.")
    direction = models.CharField(max_length=3, choices=[("ltr", "left to right"), ("rtl", "right to left")], default="ltr")
    order = models.PositiveSmallIntegerField(default=1000, help_text="Its place on the page: the smallest comes first.")
    is_confirmed = models.BooleanField(
        "confirmed",
        default=False,
        help_text="Somebody has checked that the state counts this language among its fifteen most used.",
    )

    notice = models.TextField(
        max_length=1000,
        help_text="Help in your language is free, and whom to call. The telephone numbers follow by themselves.",
    )
    card_sentence = models.CharField(
        "sentence on the card", max_length=160, blank=True, help_text="I speak …, I need an interpreter. Empty: no card."
    )
    unreviewed_note = models.CharField(
        "note while not reviewed",
        max_length=300,
        blank=True,
        help_text="In this language: a machine translated this text, no qualified translator has reviewed it yet.",
    )

    reviewed_on = models.DateField("reviewed on", null=True, blank=True)
    reviewer = models.CharField(max_length=160, blank=True)
    qualification = models.CharField(max_length=255, blank=True, help_text="What makes the reviewer a qualified translator.")

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("direction")]),
                FieldRowPanel([FieldPanel("english_name"), FieldPanel("own_name")]),
                FieldRowPanel([FieldPanel("order"), FieldPanel("is_confirmed")]),
            ],
            heading="Language",
        ),
        MultiFieldPanel([FieldPanel("notice"), FieldPanel("card_sentence"), FieldPanel("unreviewed_note")], heading="Texts"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("reviewer")]), FieldPanel("qualification")],
            heading="Review by a qualified translator",
            help_text="A change of the texts empties these fields.",
        ),
    ]
    base_form_class = LanguageHelpForm

    class Meta:
        ordering = ["order", "code"]
        verbose_name = "language of help"
        verbose_name_plural = "languages of help"

    def __str__(self):
        return self.english_name

    def clean(self):
        super().clean()
        missing = [name for name in REVIEW_FIELDS if not getattr(self, name)]
        if 0 < len(missing) < len(REVIEW_FIELDS):
            raise ValidationError(dict.fromkeys(missing, "A review has a date, a reviewer and a qualification."))

    def forget_review(self) -> None:
        self.reviewed_on = None
        self.reviewer = self.qualification = ""

    @property
    def needs_review(self) -> bool:
        return self.code != languages.DEFAULT and not self.reviewed_on


class LanguageHelpPage(SitePage):
    """Says in every language of help that help is free."""

    body = BodyField(blocks.choice(*blocks.STANDARD), blank=True)

    parent_page_types = ["pages.SectionIndexPage"]
    subpage_types = []
    max_count = 1
    content_panels = StandardPage.content_panels

    class Meta:
        verbose_name = "language help"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"languages": selectors.languages_of_help()}


class InterpreterCardPage(SitePage):
    """Cards to show at a desk: I speak this language, I need an interpreter."""

    body = BodyField(blocks.choice(*blocks.STANDARD), blank=True)

    parent_page_types = ["pages.SectionIndexPage"]
    subpage_types = []
    max_count = 1
    content_panels = StandardPage.content_panels

    class Meta:
        verbose_name = "interpreter card"

    def get_context(self, request, *args, **kwargs):
        offered = [language for language in selectors.languages_of_help() if language.card_sentence]
        choice = cards.chosen(request.GET, self.url, offered, contacts.lines_of(self.contact_keys))
        return super().get_context(request, *args, **kwargs) | {"choice": choice}
