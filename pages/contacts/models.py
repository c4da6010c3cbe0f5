"""The contacts registry: every telephone number of the site stands here once, and everywhere else as its key."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from pages.admin.forms import FixedKeyForm
from pages.plans import plan_choices
from pages.translations.admin.panels import TranslatedPanel

KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
COUNTRY = "1"  # numbers are written as within the United States


def dialled(written: str) -> str:
    """What one dials for a number as people read it, letters included: "(213) 694-1250" gives "+12136941250"."""
    digits = re.sub(r"\D", "", written.upper().translate(KEYPAD))
    return f"+{digits if len(digits) > 10 else COUNTRY + digits}"


class ContactLine(index.Indexed, models.Model):
    """One telephone line. `label` and `hours` are translated; a number is the same in every language."""

    class Topic(models.TextChoices):
        MEMBERS = "members", _("Members")
        PROVIDERS = "providers", _("Providers")
        COMPLIANCE = "compliance", _("Compliance")
        OUTSIDE = "outside", _("Other organizations")

    key = models.SlugField(unique=True, help_text="The name by which texts refer to this line. It cannot be changed later.")
    label = models.CharField(max_length=200, help_text='Who answers, such as "Medi-Cal Member Services".')
    number = models.CharField(
        max_length=40,
        validators=[RegexValidator(r"^[\d ()-]{10,}$", "Ten digits or more, with spaces, hyphens or brackets: 1-888-839-9909.")],
        help_text="As people read it, in digits: 1-888-839-9909.",
    )
    vanity = models.CharField(
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[\dA-Za-z ()-]{10,}$", "Digits and letters, with spaces, hyphens or brackets.")],
        help_text="The number in letters, if it has one: 1-888-4LA-CARE.",
    )
    dial = models.CharField(
        max_length=20,
        validators=[RegexValidator(r"^\+\d{8,15}$", "Write + and the country code, then digits only: +18888399909.")],
        help_text="As a telephone dials it: +18888399909.",
    )
    extension = models.CharField(max_length=10, blank=True, validators=[RegexValidator(r"^\d+$", "Digits only.")])
    tty = models.CharField(
        "TTY",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[\d ()-]+$", "Digits, with spaces, hyphens or brackets.")],
        help_text="The number for TTY users, usually 711.",
    )
    hours = models.CharField(max_length=200, blank=True, help_text="When somebody answers. Leave empty if not known.")
    topic = models.CharField(max_length=20, choices=Topic.choices, default=Topic.MEMBERS)
    plan = models.CharField(max_length=20, choices=plan_choices, blank=True, help_text="Only for the line of one plan.")
    keywords = models.TextField(
        blank=True,
        help_text="Questions that this line answers, one a line: the search shows the line first for them.",
    )
    order = models.PositiveSmallIntegerField(default=100, help_text="Its place in the directory: the smallest comes first.")
    retired = models.BooleanField(
        default=False, help_text="A retired line is shown nowhere. Refused while a page or notice uses it."
    )

    panels = [
        FieldPanel("key"),
        TranslatedPanel("label"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("vanity")]),
                FieldRowPanel([FieldPanel("dial"), FieldPanel("extension"), FieldPanel("tty")]),
                TranslatedPanel("hours"),
            ],
            heading="Number",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("topic"), FieldPanel("plan"), FieldPanel("order")]),
                FieldPanel("keywords"),
                FieldPanel("retired"),
            ],
            heading="Where it is used",
        ),
    ]
    search_fields = [
        index.SearchField("label"),
        index.SearchField("number"),
        index.AutocompleteField("label"),
        index.FilterField("retired"),
    ]

    base_form_class = FixedKeyForm

    class Meta:
        ordering = ["order", "key"]
        verbose_name = "telephone line"

    def __str__(self):
        return f"{self.label_en or self.label}: {self.shown}"

    def clean(self):
        super().clean()
        errors = {}
        known = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if known and known.key != self.key:
            errors["key"] = "Texts refer to the line by its key, so the key stays. Make a new line instead."
        if self.number and self.dial and dialled(self.number) != self.dial:
            errors["dial"] = f"Not the digits of the number {self.number}: these are {dialled(self.number)}."
        if self.number and self.vanity and dialled(self.vanity) != dialled(self.number):
            errors["vanity"] = f"The letters spell {dialled(self.vanity)}, the number is {dialled(self.number)}."
        from pages.uses import refusal

        from .uses import uses_of  # it searches all models, of which this is one

        if self.retired and known and not known.retired and (places := uses_of(self.key)):
            errors["retired"] = refusal(places, "This line cannot be retired yet.")
        if errors:
            raise ValidationError(errors)

    @property
    def shown(self) -> str:
        """The number as it is read: with letters first where it has some, and with its extension."""
        shown = f"{self.vanity} ({self.number})" if self.vanity else self.number
        return f"{shown} ext. {self.extension}" if self.extension else shown

    @property
    def href(self) -> str:
        """The `tel:` address (RFC 3966); an extension is dialled after a pause."""
        return f"tel:{self.dial},{self.extension}" if self.extension else f"tel:{self.dial}"
