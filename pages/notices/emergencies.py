"""A declared emergency, as far as the plan tells its regulator of it.

California Health and Safety Code 1368.7 as amended by SB 979 (2022), read in 2026 at https://instalawyer.io/laws/california-code/section-13687:

(a) An enrollee whom a state of emergency (declared by the Governor, Government Code 8625) or a health emergency (declared by the State
    Public Health Officer, HSC 101080) has displaced, or may affect in health, has access to medically necessary care.
(b) Within 48 hours of a declaration that displaces or may displace enrollees or providers, or that may affect providers or the health of
    enrollees, a plan that operates in a county of it files with the Department of Managed Health Care whether it has or expects any
    disruption of its operation, how it communicates with the enrollees concerned, and what it has done or is doing for their care. The
    department may require six actions: the first six of `ACTIONS`. The other two are what plans do beside them.

That copy breaks off within the sixth action; its end was read in the twin for insurers, Insurance Code 10112.95 (at legalfix.com). What a
filing must hold is for counsel to say. Nothing of it stands on a public page.
"""

from datetime import datetime, timedelta

from django import forms
from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from pages.contacts import selectors as contacts
from pages.fields import BodyField, KeyListField

from .models import CLOCK, Notice

TIME_TO_FILE = timedelta(hours=48)
TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
ACTIONS = {
    "authorizations": "(1) Prior authorization, precertification and referrals: shorter time to approve, longer validity",
    "claims": "(2) Claims: later filing deadlines",
    "refills": "(3) Prescriptions: no refill limits, refills at out-of-network pharmacies",
    "equipment": "(4) Medical equipment and supplies: replacement",
    "out_of_network": "(5) Out-of-network providers: access where no in-network provider is available, or the enrollee is out of the area",
    "telephone": "(6) Toll-free line for questions on lost cards, refills and how to get care",
    "cards": "Temporary identification cards",
    "hours": "Customer service: hours and staff",
}
REQUIRED_ACTIONS = tuple(ACTIONS)[:6]


def line_choices() -> list[tuple[str, str]]:
    # A function of its own: a line may be retired although an old filing names it.
    return contacts.key_choices()


class ActionBlock(blocks.StructBlock):
    """One action, and how far it is."""

    STATES = (("taken", "Taken"), ("under_way", "In the process of being taken"), ("not_needed", "Not needed, and why"))

    kind = blocks.ChoiceBlock(choices=list(ACTIONS.items()), label="Action")
    state = blocks.ChoiceBlock(choices=STATES, required=False, label="How far it is")
    details = blocks.TextBlock(required=False, rows=2, help_text="What exactly, from when to when, for whom.")

    class Meta:
        icon = "tick"
        label = "Action"


class DeclaredEmergency(models.Model):
    """What a filing says. It may be saved incomplete: `missing` says what it still lacks."""

    class Declarer(models.TextChoices):
        GOVERNOR = "governor", "The Governor (state of emergency, Government Code 8625)"
        HEALTH_OFFICER = "health_officer", "The State Public Health Officer (health emergency, HSC 101080)"

    class Disruption(models.TextChoices):
        NONE = "none", "None has been experienced, and none is expected"
        EXPECTED = "expected", "Is expected"
        EXPERIENCED = "experienced", "Has been experienced"

    name = models.CharField(max_length=120, help_text="What has happened, as the declaration names it.")
    declared_by = models.CharField(max_length=20, choices=Declarer.choices, default=Declarer.GOVERNOR)
    declared_at = models.DateTimeField(help_text=f"{CLOCK} The filing is due 48 hours later.")
    counties = models.CharField(max_length=255, blank=True, help_text="The counties that the declaration names.")
    declaration = models.CharField(max_length=255, blank=True, help_text="Its number, or where it is published.")
    effects = models.TextField(
        "enrollees and providers affected",
        blank=True,
        help_text="Whom it displaces or may displace, and how else it affects enrollees' health or their providers.",
    )
    disruption = models.CharField("disruption of the plan's operation", max_length=20, choices=Disruption.choices, blank=True)
    disruption_details = models.TextField(
        blank=True, help_text="What is disrupted, where, since when, and what is done about it."
    )
    notices = models.ManyToManyField(
        Notice, blank=True, related_name="+", help_text="The notices on this site that tell of it: the filing quotes them."
    )
    communication = models.TextField(
        "other ways in which enrollees are reached", blank=True, help_text="Letters, calls, text messages, providers, the news."
    )
    line_keys = KeyListField("telephone lines", key_choices=line_choices, help_text="At least one that is toll-free.")
    actions = BodyField(
        [("action", ActionBlock())],
        blank=True,
        default=[("action", {"kind": kind, "state": "", "details": ""}) for kind in ACTIONS],
        help_text="The first six are what the department may require.",
    )
    contact = models.TextField(
        "who answers the department's questions", blank=True, help_text="Name, telephone and e-mail address."
    )
    filed_at = models.DateTimeField(null=True, blank=True, help_text=CLOCK)
    filed_reference = models.CharField("number of the filing", max_length=80, blank=True)
    # What was filed: notices are edited and telephone lines retired, which changes nothing of it. pages/admin/emergencies.py writes it.
    filed_text = models.TextField(blank=True, editable=False)

    panels = [
        HelpPanel(template="pages/admin/emergency_help.html"),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("declared_by"),
                FieldPanel("declared_at"),
                FieldPanel("counties"),
                FieldPanel("declaration"),
                FieldPanel("effects"),
            ],
            heading="The declaration",
        ),
        MultiFieldPanel([FieldPanel("disruption"), FieldPanel("disruption_details")], heading="Disruption"),
        MultiFieldPanel(
            [
                FieldPanel("notices", widget=forms.CheckboxSelectMultiple),
                FieldPanel("communication"),
                FieldPanel("line_keys"),
            ],
            heading="How enrollees are reached",
        ),
        FieldPanel("actions", heading="Actions for the care of enrollees"),
        FieldPanel("contact"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("filed_at"), FieldPanel("filed_reference")])], heading="The filing"),
    ]

    class Meta:
        ordering = ["-declared_at"]
        verbose_name = "declared emergency"
        verbose_name_plural = "declared emergencies"

    def __str__(self):
        return self.name

    @property
    def due_at(self) -> datetime:
        return self.declared_at + TIME_TO_FILE

    @property
    def is_overdue(self) -> bool:
        return not self.filed_at and timezone.now() > self.due_at

    @property
    def lines(self) -> list:
        return contacts.lines_of(self.line_keys)

    def missing(self) -> list[str]:
        """What the law asks for and the filing does not say yet."""
        stated = {block.value["kind"] for block in self.actions if block.value["state"]}
        wanted = {
            "the counties": self.counties,
            "the enrollees and providers affected": self.effects,
            "whether there is any disruption": self.disruption,
            "what is disrupted": self.disruption_details or self.disruption in ("", self.Disruption.NONE),
            "how enrollees are reached": self.communication or (self.pk and self.notices.exists()),
            "a toll-free line": any(line.dial[2:5] in TOLL_FREE for line in self.lines),
            **{f"the action {ACTIONS[kind]}": kind in stated for kind in REQUIRED_ACTIONS},
            "who answers the department's questions": self.contact,
        }
        return [name for name, is_stated in wanted.items() if not is_stated]
