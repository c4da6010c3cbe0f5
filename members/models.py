"""Help in a member's language: what is said of it in each language, and the two pages that show it."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, RevisionMixin

from lacare_site import languages
from members import cards, selectors
from members.copy_request.models import CopyRequest  # noqa: F401 (a table of this app)
from members.forms import LanguageHelpForm
from members.grievance.models import Grievance  # noqa: F401 (a table of this app)
from pages import blocks
from pages.contacts import selectors as contacts
from pages.fields import BodyField
from pages.models import SitePage, StandardPage
from pages.translations.models import Signature
from pages.translations.texts import hash_of

REVIEWED_TEXTS = ("code", "own_name", "notice", "card_sentence")


class LanguageHelp(DraftStateMixin, RevisionMixin, models.Model):
    """One language in which the plan says that help is free (45 CFR 92.11). There are more of them than the site has languages.

    A text is a translation of the English row's; whether a qualified translator has signed it says its LanguageHelpReview.
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
    ]
    base_form_class = LanguageHelpForm

    class Meta:
        ordering = ["order", "code"]
        verbose_name = "language of help"
        verbose_name_plural = "languages of help"

    def __str__(self):
        return self.english_name

    @property
    def english_sentence(self) -> str:
        """The English of the sentence on the card."""
        return f"I speak {self.english_name}. I need an interpreter."

    @cached_property
    def english_notice(self) -> str:
        """The English row's notice, "" where there is none; selectors.with_reviews() brings it along."""
        return LanguageHelp.objects.filter(code=languages.DEFAULT).values_list("notice", flat=True).first() or ""

    @property
    def text_hash(self) -> str:
        """Of what a reviewer reads in this language."""
        return hash_of({name: getattr(self, name) for name in REVIEWED_TEXTS})

    @property
    def source_hash(self) -> str:
        """Of the English that it translates."""
        return hash_of({"notice": self.english_notice, "card_sentence": self.english_sentence})

    @property
    def reviewed_on(self) -> date | None:
        """The day on which the present text was signed against the present English."""
        review = getattr(self, "review", None)
        return timezone.localdate(review.reviewed_at) if review and review.is_reviewed else None

    @property
    def needs_review(self) -> bool:
        return self.code != languages.DEFAULT and not self.reviewed_on


class LanguageHelpReview(Signature):
    """The signature under the texts of one language; sign_off.py makes it.

    It stands beside the row, whose drafts and reverts must not bring a signature along, and holds for the texts of its hashes alone:
    no change of the text or of the English has to take it away.
    """

    row = models.OneToOneField(LanguageHelp, on_delete=models.CASCADE, related_name="review")
    source_hash = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.row}: {self.reviewer_name}"

    @property
    def is_reviewed(self) -> bool:
        return (self.text_hash, self.source_hash) == (self.row.text_hash, self.row.source_hash)


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
        shown = selectors.languages_of_help()
        return super().get_context(request, *args, **kwargs) | {"languages": shown, "has_unreviewed": _has_unreviewed(shown)}


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
        context = {"choice": choice, "has_unreviewed": _has_unreviewed(choice.languages)}
        return super().get_context(request, *args, **kwargs) | context


def _has_unreviewed(shown: list[LanguageHelp]) -> bool:
    return any(language.needs_review for language in shown)
