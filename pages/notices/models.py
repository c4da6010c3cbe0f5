"""Notices: the banners at the top of every page, or of the pages that they concern."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from lacare_site import languages
from lacare_site.organisation import ORGANISATION
from pages.blocks.links import LinkBlock
from pages.contacts import selectors as contacts
from pages.fields import KeyListField
from pages.notices.forms import NoticeForm
from pages.plans import plan_choices
from pages.translations.admin.panels import TranslatedPanel
from pages.translations.texts import text_of
from pages.translations.translated_text import PreviewInLanguages, TranslatedText

CLOCK = f"{ORGANISATION.clock} time."


class Notice(
    PreviewInLanguages, TranslatedText, PreviewableMixin, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel
):
    """A few words that visitors must see now. Shown from `starts_at` to `ends_at`, which are read when a page is rendered.

    Publishing other words in English or a higher severity makes a new version, which a visitor who has closed the notice sees again.
    A change of its translations, its dates or its places makes none.
    """

    class Severity(models.TextChoices):
        EMERGENCY = "emergency", "Emergency"
        IMPORTANT = "important", "Important"
        INFORMATION = "information", "Information"

    class State(models.TextChoices):
        NOW = "now", "Live now"
        COMING = "coming", "Coming"
        ENDED = "ended", "Ended"
        DRAFT = "draft", "Draft"

    name = models.SlugField(unique=True, help_text='A short name for this list, such as "renewals-2027".')
    severity = models.CharField(
        max_length=20,
        choices=Severity.choices,
        default=Severity.INFORMATION,
        help_text="An emergency stands first, open, and stays until it ends.",
    )
    heading = models.CharField(max_length=80, help_text="What has happened, in a few words.")
    text = RichTextField(features=["bold", "link", "phone"], help_text="At most some 60 words; the rest stands on a page.")
    links = StreamField([("link", LinkBlock())], blank=True, max_num=4, help_text="Up to four pages where to read on.")
    contact_keys = KeyListField(
        "telephone lines", key_choices=contacts.key_choices, help_text="Whom to call. An emergency needs at least one."
    )

    sections = ParentalManyToManyField(
        "pages.SitePage", blank=True, related_name="+", help_text="Only on these pages and those below them. Empty: on all."
    )
    plans = KeyListField(
        key_choices=plan_choices, help_text="Also on the pages of these plans, where the scope is not all pages."
    )
    in_languages = KeyListField(
        "languages", key_choices=languages.choices, help_text="Only on pages in these languages. Empty: in all."
    )
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True, help_text="The day on which somebody looks whether it still holds.")
    closable = models.BooleanField(
        default=True,
        help_text="Visitors may close it and see it again once its English or its lines change. Not for an emergency.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    is_draft_only = False  # while a form saves a draft, which need not be complete

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("severity"),
                TranslatedPanel("heading"),
                TranslatedPanel("text"),
                TranslatedPanel("links"),
                FieldPanel("contact_keys"),
                FieldPanel("accepts_missing_languages"),
            ],
            heading="Notice",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("starts_at", help_text=CLOCK),
                        FieldPanel("ends_at", help_text=f"{CLOCK} From then on it is shown nowhere."),
                    ]
                ),
                FieldPanel("review_on"),
                FieldPanel("closable"),
            ],
            heading="When",
        ),
        MultiFieldPanel([FieldPanel("sections"), FieldPanel("plans"), FieldPanel("in_languages")], heading="Where"),
    ]
    base_form_class = NoticeForm
    search_fields = [index.SearchField("heading"), index.AutocompleteField("heading")]

    class Meta:
        ordering = ["starts_at"]

    def __str__(self):
        return self.heading_en or self.name

    @property
    def closing_id(self) -> str:
        """What the cookie of a visitor who closes this version remembers."""
        return f"{self.pk}.{self.version}"

    @property
    def may_be_closed(self) -> bool:
        """An emergency never, whatever its row says."""
        return self.closable and self.severity != self.Severity.EMERGENCY

    @property
    def shown_languages(self) -> list[languages.Language]:
        """The languages on whose pages it is shown."""
        return [language for language in languages.LANGUAGES if language.code in self.in_languages or not self.in_languages]

    @property
    def is_site_wide(self) -> bool:
        return not self.plans and not self.sections.all()

    def state(self, now=None) -> State:
        """Where it stands at the moment `now`, for the editors' list."""
        now = now or timezone.now()
        if not self.live:
            return self.State.DRAFT
        if self.starts_at > now:
            return self.State.COMING
        return self.State.ENDED if self.ends_at and self.ends_at <= now else self.State.NOW

    def is_active(self, now=None) -> bool:
        return self.state(now) == self.State.NOW

    def is_new_version_of(self, public: "Notice") -> bool:
        """Whether a visitor who has closed it as it is public sees it again in this form."""
        severest_first = self.Severity.values
        is_raised = severest_first.index(self.severity) < severest_first.index(public.severity)
        names_other_lines = self.contact_keys != public.contact_keys
        return is_raised or names_other_lines or text_of(self, languages.DEFAULT) != text_of(public, languages.DEFAULT)

    def save(self, *args, **kwargs):
        # Drafts are saved with the names of the fields that say so; all fields are saved only where it is published or withdrawn.
        if self.pk and not kwargs.get("update_fields") and (public := Notice.objects.filter(pk=self.pk).first()):
            self.version = public.version + self.is_new_version_of(public)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = "The end must come after the start."
        has_ended = self.ends_at and self.ends_at <= timezone.now()  # to end one must need nothing else
        if self.severity == self.Severity.EMERGENCY and not self.is_draft_only and not has_ended:
            if not (self.ends_at or self.review_on):
                errors["review_on"] = "An emergency notice needs an end or a day on which it is reviewed."
            if not any(line.tty and line.hours_en for line in contacts.lines_of(self.contact_keys)):
                errors["contact_keys"] = "An emergency notice names at least one line to call with its TTY number and hours."
            if self.closable:
                errors["closable"] = "An emergency notice stays until it ends: visitors cannot close it. Untick this."
        if errors:
            raise ValidationError(errors)

    def with_content_json(self, content):
        # The version counts what has been public, so a revision does not bring an old one back.
        restored = super().with_content_json(content)
        restored.version = self.version
        return restored

    def get_preview_template(self, request, mode_name):
        return "pages/notice_preview.html"

    def get_preview_context(self, request, mode_name):
        return super().get_preview_context(request, mode_name) | {"notice": self}
