"""Cases of any kind: what staff work on. What was asked or applied for stands in a table of the kind's own, one to one."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Case(models.Model):
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True)  # of the present stage
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="assigned_cases"
    )
    legal_hold = models.BooleanField(default=False)
    hold_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    retention_until = models.DateField(null=True)  # set when the case is closed
    # SHA-256 of the code by which its sender comes back to it.
    code_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001, many have none
    # Made with the form: the same form sent twice is one case.
    submission_key = models.UUIDField(unique=True)
    contact_email = models.EmailField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="case_hold_has_reason", condition=models.Q(legal_hold=False) | ~models.Q(hold_reason="")),
            models.CheckConstraint(
                name="case_closed_or_due",
                condition=models.Q(closed_at=None) | models.Q(due_at=None, retention_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index("kind", "closed_at", "due_at", name="case_desk"),
            models.Index("retention_until", name="case_retention", condition=models.Q(retention_until__isnull=False)),
        ]

    def __str__(self):
        return self.reference


class CaseEvent(models.Model):
    """What happened to a case. Append-only: the database refuses changes (append_only.py)."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "Received"
        STAGE = "stage", "Stage"
        ASSIGNED = "assigned", "Assignment"
        NOTE = "note", "Note"
        ANSWER = "answer", "Answer of the sender"
        DOCUMENT = "document", "Document"
        LETTER = "letter", "Letter"
        HOLD = "hold", "Legal hold"
        MAIL = "mail", "Mail"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    # None is the sender or the system. Whoever has acted on a case that is kept cannot be deleted, only made inactive.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    from_stage = models.CharField(max_length=40, blank=True)
    to_stage = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.case_id} {self.kind}"


class Tombstone(models.Model):
    """What is left of a case whose time is over: that it was, and how it ended."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    received_on = models.DateField()
    closed_on = models.DateField()
    purged_on = models.DateField()
    halted_days = models.PositiveIntegerField(default=0)  # business days on which its clock stood still: deadlines.halted_days
    outcome = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.reference


class AuditEntry(models.Model):
    """Who saw, read, exported or decided what. Append-only, each entry chained to the one before; see audit.py.

    It names accounts by text, since it outlives them.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions = ()
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.action}"


class AuditHead(models.Model):
    """The end of the chain, in one row: whoever appends holds its lock, and an entry taken off the end is missed."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.number)
