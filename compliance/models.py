"""Reports of misconduct, as the server keeps them: what somebody wrote is sealed, and days stand where others have times.

A report has two symmetric keys: one for the thread that reporter and officers share, one for what officers write among themselves. Each
key lies here once for every recipient, sealed to their public key (SealedKey). So whoever has the database and all settings has no
content. tests/compliance/ holds an inventory of every field: a field that could hold content and is not sealed fails it.

Wagtail's index of references passes these models over: it would put a task with the exact time into the queue at each save.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from lacare_site.casework import business_days


def first_answer_due():
    return business_days.add(timezone.localdate(), settings.COMPLIANCE_RULES["first_answer"])


class Compliance(models.Model):
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()


def random_id() -> int:
    return secrets.randbits(53)


class Unordered(Compliance):
    """A row that a reporter makes. Its number is random: between rows of officers, whose times the audit log has, one that counts would
    tell when it came, and a gap in what an officer sees would tell of a report that they are shut out of."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)

    class Meta(Compliance.Meta):
        abstract = True


class RecipientKey(Compliance):
    """A public key that reports are sealed to: an officer's, or the recovery key, whose private half is kept off the machine."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="recipient_keys"
    )
    public = models.BinaryField(max_length=32, unique=True)
    wrapped = models.BinaryField(blank=True)  # the private key under the officer's passphrase; empty for the recovery key
    made_on = models.DateField(default=timezone.localdate)
    retired_on = models.DateField(null=True, blank=True)
    # Another officer, or who holds the recovery key, knows that it is the officer's: an administrator can give themselves the role.
    confirmed = models.BooleanField(default=True)

    class Meta(Compliance.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], name="one_key_in_use_each", condition=models.Q(retired_on=None, officer__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.officer or 'recovery key'}, {self.made_on}"


class UnlockedKey(Compliance):
    """An officer's private key while it is in use: under a random key that only the officer's browser holds, for 15 minutes."""

    recipient = models.ForeignKey(RecipientKey, on_delete=models.CASCADE, related_name="unlocked")
    token_hash = models.CharField(max_length=64, unique=True)
    wrapped = models.BinaryField()
    ends_at = models.DateTimeField()

    def __str__(self):
        return f"{self.recipient_id}"


class Filing(Unordered):
    """A report in progress: ciphertext under a key that only the reporter's browser holds."""

    token_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    # Quarters of an hour since 1970, at the end of which it is deleted: no exact time.
    ends_in = models.PositiveIntegerField()

    def __str__(self):
        return "a report in progress"


class FilingFile(Unordered):
    """A file of a report in progress."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="files")
    sealed_facts = models.BinaryField()  # name, type, size, SHA-256
    sealed = models.BinaryField()

    def __str__(self):
        return "a file of a report in progress"


class Report(Unordered):
    class Category(models.TextChoices):
        FRAUD = "fraud", "Fraud, waste or abuse"
        PRIVACY = "privacy", "Privacy or security of health information"
        CONFLICT = "conflict", "Conflict of interest or bribery"
        HARM = "harm", "Harm to members, or unequal treatment"
        RETALIATION = "retaliation", "Retaliation against somebody who reported"
        OTHER = "other", "Other misconduct"

    class Stage(models.TextChoices):
        RECEIVED = "received", "Received"
        INQUIRY = "inquiry", "Inquiry"
        CLOSED = "closed", "Closed"

    class Outcome(models.TextChoices):
        SUBSTANTIATED = "substantiated", "Substantiated"
        UNSUBSTANTIATED = "unsubstantiated", "Not substantiated"
        REFERRED = "referred", "Referred to an authority"
        OUTSIDE = "outside", "Not a matter of compliance"

    reference = models.CharField(max_length=20, unique=True)
    category = models.CharField(max_length=20, choices=Category)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.RECEIVED)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    language = models.CharField(max_length=10)
    is_named = models.BooleanField(default=False)  # whether the reporter said who they are
    received_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField(null=True, default=first_answer_due)  # the next deadline; none once it is closed
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="assigned_reports"
    )
    # How the reporter comes back: see sealing.receipt_keys.
    receipt_lookup = models.BinaryField(max_length=32, unique=True)
    reporter_key = models.BinaryField(max_length=32)
    # Minted with the form in progress: sent twice, it is one report.
    submission_key = models.CharField(max_length=64, unique=True)
    reporter_wrote_on = models.DateField(default=timezone.localdate)
    officers_wrote_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    retention_until = models.DateField(null=True)
    legal_hold = models.BooleanField(default=False)
    # Somebody who could open it has left: its content is to be encrypted anew.
    needs_new_keys = models.BooleanField(default=False)

    class Meta(Compliance.Meta):
        ordering = ["-received_on", "reference"]

    def __str__(self):
        return self.reference


class SealedKey(Unordered):
    """One of a report's keys for one recipient. `recipient` is None for the reporter, who gets the key of the thread alone."""

    class Scope(models.TextChoices):
        THREAD = "thread", "The thread with the reporter"
        INTERNAL = "internal", "What officers write among themselves"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="keys")
    scope = models.CharField(max_length=10, choices=Scope)
    recipient = models.ForeignKey(RecipientKey, on_delete=models.CASCADE, null=True, related_name="sealed_keys")
    sealed = models.BinaryField()

    class Meta(Compliance.Meta):
        constraints = [
            models.UniqueConstraint(fields=["report", "scope", "recipient"], name="one_sealed_key_each"),
            models.UniqueConstraint(
                fields=["report", "scope"], name="one_sealed_key_for_the_reporter", condition=models.Q(recipient=None)
            ),
            models.CheckConstraint(
                name="reporter_has_the_thread_alone", condition=models.Q(recipient__isnull=False) | models.Q(scope="thread")
            ),
        ]

    def __str__(self):
        return f"{self.report_id} {self.scope}"


class Recusal(Unordered):
    """An officer who is shut out of a report. By the reporter: nothing was ever sealed to them. Later: what they read, they have read."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="recusals")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_reporter = models.BooleanField()
    on = models.DateField(default=timezone.localdate)

    class Meta(Compliance.Meta):
        constraints = [models.UniqueConstraint(fields=["report", "officer"], name="one_recusal_each")]

    def __str__(self):
        return f"{self.report_id} {self.officer_id}"


class Entry(Unordered):
    """What somebody wrote in a report. `sealed` are its values, as JSON, under the report's key of that scope."""

    class Kind(models.TextChoices):
        REPORT = "report", "Report"
        MESSAGE = "message", "Message"  # of either side
        NOTE = "note", "Note for officers"
        OUTCOME = "outcome", "Outcome and corrective action"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()  # the order within the report
    kind = models.CharField(max_length=10, choices=Kind)
    scope = models.CharField(max_length=10, choices=SealedKey.Scope)
    author = models.ForeignKey(  # None is the reporter
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    on = models.DateField(default=timezone.localdate)
    sealed = models.BinaryField()

    class Meta(Compliance.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_entry_each")]

    def __str__(self):
        return f"{self.report_id} {self.kind}"


class SealedFile(Unordered):
    """A file of an entry, in the database like its text: a file of its own would tell a time."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="files")
    sealed_facts = models.BinaryField()  # name, type, size, SHA-256
    sealed = models.BinaryField()

    def __str__(self):
        return f"{self.entry_id}"


class ReportTombstone(Compliance):
    """What is left of a report whose time is over."""

    reference = models.CharField(max_length=20, unique=True)
    category = models.CharField(max_length=20, choices=Report.Category)
    received_on = models.DateField()
    closed_on = models.DateField()
    purged_on = models.DateField(default=timezone.localdate)
    outcome = models.CharField(max_length=20, choices=Report.Outcome)
    # To them it counts for nothing, as the report did.
    shut_out = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    def __str__(self):
        return self.reference
