"""The product lines of the plan, by the keys that pages, notices and telephone lines name them with."""

from django.db import models


class Plan(models.TextChoices):
    MEDI_CAL = "medi-cal", "Medi-Cal"
    COVERED = "covered", "L.A. Care Covered"
    MEDICARE_PLUS = "medicare-plus", "L.A. Care Medicare Plus (HMO D-SNP)"
    PASC_SEIU = "pasc-seiu", "PASC-SEIU Plan"


def plan_choices() -> list[tuple[str, str]]:
    return Plan.choices
