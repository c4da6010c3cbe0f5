"""How a page can be had, beside the site itself: on paper, and by the aids that 45 CFR 92.202 names. Staff read it in English."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    PAPER = "paper", _("On paper")
    LARGE_PRINT = "large-print", _("On paper, in large print")
    BRAILLE = "braille", _("In braille")
    RECORDING = "recording", _("As a recording that I can listen to")
    FILE = "file", _("By email, as a file that a screen reader can read")
