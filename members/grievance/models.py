"""What a member, or somebody for a member, complains about or appeals."""

from django.db import models

from lacare_site.casework.models import Case
from lacare_site.sealed_fields import SealedJSONField

from .choices import PLANS, PROOF, Filer, Kind, Way


class Grievance(models.Model):
    """A grievance or appeal as it was sent; its case has the language in which the plan answers.

    What desks sort, count and time by stands in columns. Who it is about and what happened stands sealed in `values`, the cleaned
    answers by step, as members/grievance/steps.py names them: `people` (member_name, member_number, born_on, filer_name), `events` (what, when,
    who, wanted) and `answer` (telephone, address, email) among them. `is_urgent` is what whoever filed said; since when it counts as urgent
    says the case.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="grievance")
    filer = models.CharField(max_length=20, choices=Filer)
    plan = models.CharField(max_length=20)  # a key of PLANS; which there are is the organisation's matter, not the database's
    kind = models.CharField(max_length=20, choices=Kind)
    is_urgent = models.BooleanField()
    way = models.CharField(max_length=20, choices=Way)
    wants_large_print = models.BooleanField()
    values = SealedJSONField()
    # What was agreed to, word for word: [{"key", "version", "language", "wording"}].
    consents = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.case_id} {self.kind}"

    def get_plan_display(self) -> str:
        return str(dict(PLANS)[self.plan])

    @property
    def came_without_proof(self) -> bool:
        """Whether somebody acts for the member who did not show that they may when they sent it."""
        return self.filer == Filer.REPRESENTATIVE and not self.case.attachments.filter(item=PROOF).exists()

    @property
    def lacks_proof(self) -> bool:
        """Whether it came without proof, and no file has come since, with an answer: what such a file shows, whoever reads it says."""
        later = self.case.attachments.filter(item__in=[asked.item for asked in self.case.deficiencies.all()])
        return self.came_without_proof and not later.filter(replaced_at=None, removed_at=None).exists()

    @property
    def member_name(self) -> str:
        return self.values["people"]["member_name"]

    @property
    def filer_name(self) -> str:
        """Who writes: the member, or whoever files for them."""
        return self.values["people"]["filer_name"] or self.member_name
