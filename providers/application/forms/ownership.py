"""Who owns the group (42 CFR 455.104 asks for owners of 5 percent or more)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lacare_site.intake.fields import YesNoField
from providers.application.fields import ShareField

LARGE = 5  # percent


class Ownership(forms.Form):
    has_large_owners = YesNoField(
        label=_("Does anybody own 5 percent or more of the group?"),
        help_text=_("Persons and organizations, whether they own it directly or through others."),
    )


class Owner(forms.Form):
    """One row of the owners."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Please no Social Security number and no date of birth: we do not ask for them here."),
        max_length=200,
    )
    share = ShareField(label=_("Share in percent"), min_value=LARGE)
    is_person = forms.ChoiceField(
        label=_("Person or organization"), choices=[("person", _("Person")), ("organization", _("Organization"))]
    )


def contradiction(cleaned: dict, owners: list[dict]) -> str:
    """Why the rows of owners cannot be right as a whole, "" where they can. Organizations may own each other: what they and the persons
    behind them own counts more than once, and only the shares of persons have a sum."""
    if owners and cleaned.get("has_large_owners") is False:
        return str(_("You answered that nobody owns 5 percent or more. Answer yes, or remove the owners."))
    of_persons = [owner.get("share") or 0 for owner in owners if owner.get("is_person") == "person"]
    return str(_("The shares of the persons come to more than 100 percent.")) if sum(of_persons) > 100 else ""
