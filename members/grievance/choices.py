"""What can be chosen in the grievance form. Staff read the keys' names in English, visitors in their language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lacare_site.organisation import ORGANISATION

NOT_SURE = "not-sure"
PLANS = [*ORGANISATION.plans, (NOT_SURE, _("Not known"))]  # each but the last has a telephone line of the same key
MEDI_CAL, MEDICARE = "medi-cal", "medicare-plus"

PROOF = "proof"  # what a representative attaches, by its key


class Filer(models.TextChoices):
    MEMBER = "member", _("The member")
    PARENT = "parent", _("A parent or guardian")
    REPRESENTATIVE = "representative", _("An authorized representative")


class Kind(models.TextChoices):
    GRIEVANCE = "grievance", _("Grievance")
    APPEAL = "appeal", _("Appeal")
    DISCRIMINATION = "discrimination", _("Discrimination")
    PRIVACY = "privacy", _("Privacy")


CIVIL_RIGHTS_KINDS = (Kind.DISCRIMINATION, Kind.PRIVACY)  # the Office for Civil Rights takes complaints of both (45 CFR 92, 160)


class Way(models.TextChoices):
    POST = "post", _("By mail")
    TELEPHONE = "telephone", _("By telephone")
    EMAIL = "email", _("By email")
