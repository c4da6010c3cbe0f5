"""The translation ledger: for each page or snippet and language, where its text comes from and who has reviewed it.

It stands beside the pages, not on them: a revert of a page must not bring an old sign-off back.
"""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from lacare_site import languages

TRANSLATION_LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code != languages.DEFAULT]


class Translation(models.Model):
    """The state of one published text in one language other than English."""

    class State(models.TextChoices):
        MISSING = "missing", "Missing"
        MACHINE = "machine", "Machine draft"
        HUMAN = "human", "Human draft"
        REVIEWED = "reviewed", "Reviewed"
        STALE = "stale", "Out of date"

    class Origin(models.TextChoices):
        MACHINE = "machine", "Machine"
        HUMAN = "human", "Human"

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    language = models.CharField(max_length=10, choices=TRANSLATION_LANGUAGES)

    state = models.CharField(max_length=10, choices=State.choices, default=State.MISSING)
    is_partial = models.BooleanField(default=False)  # some English texts have no counterpart, or one that is English, too
    origin = models.CharField(max_length=10, choices=Origin.choices, blank=True)  # a machine's also after somebody has edited it
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # its author, as far as known
    # The ids of all who have written in it since the version that was signed last: none of them signs it.
    writer_ids = models.JSONField(default=list, blank=True)
    signed_hash = models.CharField(max_length=64, blank=True)  # of that version

    text_hash = models.CharField(max_length=64, blank=True)
    # By place, as texts.parts_of gives them: a hash of each part of the text, and the English that each translates. A part that is
    # corrected leaves the others as out of date as they are.
    part_hashes = models.JSONField(default=dict)
    source_text = models.JSONField(default=dict)

    # A draft that a file has brought (xliff/), and who is said to have translated it. A person's counts once exactly this text is
    # published; a machine's also where somebody has changed it first, and until then.
    draft_hash = models.CharField(max_length=64, blank=True)
    draft_origin = models.CharField(max_length=10, choices=Origin.choices, blank=True)

    review_asked_at = models.DateTimeField(null=True)  # by whoever has written it; until somebody signs

    # Who signed that this text says what that English says (45 CFR 92.201(c)(3)): kept as words, since accounts come and go.
    reviewed_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer_name = models.CharField(max_length=160, blank=True)
    qualification = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="one_ledger_entry_per_text_and_language"
            )
        ]
        indexes = [models.Index(fields=["language", "state"]), models.Index(fields=["text_hash"])]

    def __str__(self):
        return f"{self.subject}: {self.get_language_display()}, {self.get_state_display()}"

    @property
    def is_reviewed(self) -> bool:
        return self.state == self.State.REVIEWED


class Signature(models.Model):
    """A qualified reviewer's last signature under what stands beside its English; it holds for the texts of its hash alone."""

    text_hash = models.CharField(max_length=64)
    reviewed_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer_name = models.CharField(max_length=160)  # kept as words, since accounts come and go
    qualification = models.CharField(max_length=255)

    class Meta:
        abstract = True


class CatalogueReview(Signature):
    """The signature under the words of the site itself in one language, those of its forms above all; catalogues.py makes it."""

    language = models.CharField(max_length=10, choices=TRANSLATION_LANGUAGES, unique=True)
    texts = models.JSONField(default=dict)  # what was signed, to show what has changed since

    def __str__(self):
        return f"{self.get_language_display()}: {self.reviewer_name}"


class DraftSignature(Signature):
    """A reviewer has signed a text that is not public as it was read, or not beside that English: it holds once both are."""

    entry = models.OneToOneField(Translation, on_delete=models.CASCADE, related_name="draft_signature")
    source_hash = models.CharField(max_length=64)  # of the whole English

    def __str__(self):
        return f"{self.entry}: {self.reviewer_name}"

    def is_of(self, text_hash: str, source_hash: str) -> bool:
        return (self.text_hash, self.source_hash) == (text_hash, source_hash)


class LanguageAssignment(models.Model):
    """In which language a person, or everybody in a group, translates or reviews; see permissions.py."""

    class Role(models.TextChoices):
        TRANSLATOR = "translator", "Translator"
        REVIEWER = "reviewer", "Translation reviewer"

    role = models.CharField(max_length=10, choices=Role.choices)
    language = models.CharField(max_length=10, choices=TRANSLATION_LANGUAGES)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey("auth.Group", null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["language", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, group__isnull=False) | Q(user__isnull=False, group__isnull=True),
                name="language_assigned_to_user_or_group",
                violation_error_message="Choose a person or a group, one of the two.",
            ),
            models.UniqueConstraint(fields=["role", "language", "user"], name="one_assignment_per_user_and_language"),
            models.UniqueConstraint(fields=["role", "language", "group"], name="one_assignment_per_group_and_language"),
        ]

    def __str__(self):
        return f"{self.user or self.group}: {self.get_role_display()}, {self.get_language_display()}"
