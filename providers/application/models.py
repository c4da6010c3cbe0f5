"""What a physician group has applied with, and when applications are taken."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel

from lacare_site.casework.models import Case
from lacare_site.intake.drafts import Closure
from lacare_site.intake.models import Attachment


class Application(models.Model):
    """An application as it was sent. `values` holds the cleaned answers by step, as providers/application/steps.py names them."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="application")
    legal_name = models.CharField(max_length=200)
    npi = models.CharField(max_length=10)
    values = models.JSONField(encoder=DjangoJSONEncoder)
    wording = models.CharField(max_length=20)  # the version of the attestations that were agreed to
    signed_by = models.CharField(max_length=160)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.legal_name


class RosterCheck(models.Model):
    """The check of one roster. A file never changes, so it is read once; from then on `kept` says how it stands."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="roster_check")
    is_corrected = models.BooleanField(default=False)  # we have written the file, with what was corrected
    keeps_original = models.BooleanField(default=True)  # unless a number of a person stood in the file as it was sent
    obstacle = models.JSONField(default=list)  # why it cannot be read: what roster.faults.Unreadable is made of
    headings = models.JSONField(default=list)
    expected = models.PositiveIntegerField(default=0)  # rows, as the file says; 0 where it does not
    rows = models.PositiveIntegerField(default=0)  # read so far
    finished_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.attachment_id}: {self.rows}"


class RosterRow(models.Model):
    """One row of a roster that has faults somewhere, to be corrected; rows of a roster without faults are not kept.

    `faults` are its own and that it repeats an earlier one, as [column, code]. `version` counts up with each saving, as a step's does.
    """

    roster = models.ForeignKey(RosterCheck, on_delete=models.CASCADE, related_name="kept")
    number = models.PositiveIntegerField()  # as a spreadsheet counts; that of the file, whatever was removed before it
    cells = models.JSONField()
    faults = models.JSONField(default=list)
    fault_count = models.PositiveSmallIntegerField(default=0)
    place = models.TextField(blank=True)  # roster.check.place_of
    version = models.PositiveIntegerField(default=1)
    is_removed = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="roster_row_once")]
        indexes = [models.Index("roster", "place", name="roster_row_place")]

    def __str__(self):
        return f"{self.roster_id} {self.number}"


class ApplicationPeriod(models.Model):
    """A time in which no new applications are taken. Whoever has begun one may send it all the same."""

    closed_from = models.DateField(help_text="The first day on which nobody can begin an application.")
    closed_until = models.DateField(null=True, blank=True, help_text="The last such day. Empty: until this entry is deleted.")
    reason = models.CharField(max_length=200, blank=True, help_text="For colleagues; the page does not show it.")

    panels = [FieldPanel("closed_from"), FieldPanel("closed_until"), FieldPanel("reason")]

    class Meta:
        ordering = ["-closed_from"]
        verbose_name = "closed period of the Duals PPG Application"
        verbose_name_plural = "closed periods of the Duals PPG Application"

    def __str__(self):
        return f"{self.closed_from} – {self.closed_until or '…'}"

    def clean(self):
        if self.closed_from and self.closed_until and self.closed_until < self.closed_from:
            raise ValidationError({"closed_until": "The last day cannot lie before the first."})

    @classmethod
    def closure(cls) -> Closure | None:
        """Since when no applications are taken, and from when on they are again; periods that follow one another are one."""
        since, day = None, timezone.localdate()
        ends_later = models.Q(closed_until=None) | models.Q(closed_until__gte=day)
        for period in cls.objects.filter(ends_later).order_by("closed_from"):
            if period.closed_from <= day:
                since = since or period.closed_from
                if period.closed_until is None:
                    return Closure(since, None)
                day = max(day, period.closed_until + timedelta(days=1))
        return Closure(since, day) if since else None
