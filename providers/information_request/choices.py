"""What can be chosen in the form. Staff read the keys' names in English, visitors in their language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Who(models.TextChoices):
    PRACTICE = "practice", _("A doctor or a practice")
    GROUP = "group", _("A physician group (PPG or IPA)")
    FACILITY = "facility", _("A clinic, hospital or nursing facility")
    SERVICE = "service", _("A provider of other services or equipment")
    OTHER = "other", _("Somebody else")


class Way(models.TextChoices):
    EMAIL = "email", _("By email")
    TELEPHONE = "telephone", _("By telephone")


class Topic(models.TextChoices):
    JOIN = "join", _("Joining the network")
    DUALS = "duals", _("The Duals PPG Application")
    CONTRACT = "contract", _("A contract that we have")
    CLAIMS = "claims", _("Claims and payment")
    TRAINING = "training", _("Training and materials")
    OTHER = "other", _("Something else")
