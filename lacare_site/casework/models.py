"""Cases of any kind: what staff work on. What was asked or applied for stands in a table of the kind's own, one to one."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from lacare_site.sealed_fields import SealedJSONField, SealedTextField

VOID = "void"  # of a clock: it ended with its case, before it was due and before anything met it


class Case(models.Model):
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    received_at = models.DateTimeField(default=timezone.now)
    track = models.CharField(max_length=40, blank=True)  # whose limits hold for it, such as a plan; limits.Limit names it
    urgent_at = models.DateTimeField(null=True)  # since when it has been an urgent one
    due_at = models.DateTimeField(null=True)  # what comes first: the time of the present stage, or that of a clock
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="assigned_cases"
    )
    legal_hold = models.BooleanField(default=False)
    hold_reason = SealedJSONField(null=True)  # a text; None while it is not held
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
            models.CheckConstraint(
                name="case_hold_has_reason", condition=models.Q(legal_hold=False) | models.Q(hold_reason__isnull=False)
            ),
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


class CaseClock(models.Model):
    """One of the clocks of a case (workflow.Clock); clocks.py sets them."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    key = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    is_void = models.BooleanField(default=False)  # stopped as the case was withdrawn: nobody had to meet it any more
    extended_at = models.DateTimeField(null=True)
    # When those who supervise are warned next, and when they were last of this deadline: from then on the case is escalated.
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="case_clock_once")]
        indexes = [models.Index("warn_at", name="case_clock_warn", condition=models.Q(met_at=None, warn_at__isnull=False))]

    def __str__(self):
        return f"{self.case_id} {self.key}"

    @property
    def is_in_time(self) -> bool | str | None:
        """Whether it was met in time, or VOID; None while that is open."""
        if self.met_at:
            is_in_time = self.met_at <= self.due_at
            return VOID if self.is_void and is_in_time else is_in_time
        return False if self.due_at < timezone.now() else None


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
        URGENCY = "urgency", "Urgency"
        EXTENDED = "extended", "More time"
        ESCALATED = "escalated", "Escalated"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    # None is the sender or the system. Whoever has acted on a case that is kept cannot be deleted, only made inactive.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    from_stage = models.CharField(max_length=40, blank=True)
    to_stage = models.CharField(max_length=40, blank=True)
    # What people write of a case may tell of their health, and stands sealed.
    reason = SealedTextField()
    text = SealedTextField()
    language = models.CharField(max_length=10, blank=True)  # of a letter; "" for the case's own

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.case_id} {self.kind}"


class Tombstone(models.Model):
    """What is left of a case whose time is over: that it was, how it ended, and what it counts under."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    received_on = models.DateField()
    closed_on = models.DateField()
    purged_on = models.DateField()
    outcome = models.CharField(max_length=40)
    in_time = models.JSONField(default=dict)  # by the keys of its clocks, whether each was met in time, or VOID
    facets = models.JSONField(default=dict)  # by the keys of its kind's facets, what was chosen; never what somebody wrote

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
