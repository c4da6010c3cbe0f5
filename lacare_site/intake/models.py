"""What people are still writing, and the files that they sent."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from lacare_site.casework.models import Case
from lacare_site.sealed_fields import SealedJSONField, SealedTextField

from .file_types import TYPES as MIME_TYPES


class Draft(models.Model):
    """A form of several steps that somebody is filling in. Once it is sent, its case takes its place and the draft is gone."""

    kind = models.CharField(max_length=40)
    code_hash = models.CharField(max_length=64, unique=True)  # of the code that its writers hold; later the case's
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    submission_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.kind} {self.pk}"


class DraftStep(models.Model):
    """One step as it was typed, right or wrong: `{"fields": {name: value}, "rows": {key: [{name: value}]}}`.

    `version` counts up with each saving, so that two people on one step do not overwrite one another unknowingly.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=40)
    data = SealedJSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["draft", "step"], name="draft_step_once")]

    def __str__(self):
        return f"{self.draft_id} {self.step}"


class Deficiency(models.Model):
    """One thing that staff found missing or wrong, and the sender's answer to it. `version` counts the answers up, as that of a step."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deficiencies")
    text = SealedTextField()
    asked_at = models.DateTimeField(default=timezone.now)
    answer = SealedTextField()
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.case_id} {self.pk}"

    @property
    def item(self) -> str:
        """What its files are filed under."""
        return f"answer-{self.pk}"


class Attachment(models.Model):
    """A file as it was sent, byte for byte. It belongs to a draft, and from sending on to a case."""

    class State(models.TextChoices):
        CLEAN = "clean", "Scanned, no virus found"
        INFECTED = "infected", "Virus found"
        NOT_SCANNED = "not-scanned", "Not scanned for viruses"

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="attachments")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="attachments")
    item = models.CharField(max_length=40, blank=True)  # what was asked for; empty for a file that nobody asked for
    version = models.PositiveSmallIntegerField(default=1)  # within its item
    name = SealedTextField()  # may tell what it is about
    type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=100, unique=True)  # below settings.PRIVATE_ROOT; says nothing of the name
    state = models.CharField(max_length=20, choices=State)
    uploaded_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="attachment_has_one_owner",
                condition=models.Q(draft=None, case__isnull=False) | models.Q(draft__isnull=False, case=None),
            )
        ]
        indexes = [models.Index("state", name="attachment_state")]

    def __str__(self):
        return f"{self.item} {self.pk}"

    @property
    def type_name(self) -> str:
        """Its type as people call it, such as PDF."""
        return next((ending.upper() for ending, mime in MIME_TYPES.items() if mime == self.type), self.type)

    @property
    def is_held(self) -> bool:
        """Whether nobody may open it: it has a virus, or waits for a scanner that the site has."""
        return self.state == self.State.INFECTED or (self.state != self.State.CLEAN and bool(settings.CLAMD_ADDRESS))
