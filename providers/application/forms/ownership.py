"""Who owns the group (42 CFR 455.104 asks for owners of 5 percent or more)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lacare_site.intake.fields import YesNoField
from providers.application.fields import ShareField


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
    share = ShareField(label=_("Share in percent"))
    is_person = forms.ChoiceField(
        label=_("Person or organization"), choices=[("person", _("Person")), ("organization", _("Organization"))]
    )
