"""What the group does in the plan's place, and who does it for the group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.application.fields import WithDatesField

FUNCTIONS = [
    ("utilization", _("Utilization management")),
    ("claims", _("Claims")),
    ("credentialing", _("Credentialing")),
    ("quality", _("Quality")),
]


class Delegation(forms.Form):
    functions = forms.MultipleChoiceField(
        label=_("Functions that the group would take over from the plan"),
        choices=FUNCTIONS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    accreditation = forms.MultipleChoiceField(
        label=_("Accreditation or certification"),
        choices=[("ncqa", "NCQA"), ("urac", "URAC"), ("aaahc", "AAAHC"), ("other", _("Other"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    accreditation_details = WithDatesField(label=_("For which functions, and until when"), max_length=1000, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("accreditation") and not cleaned.get("accreditation_details"):
            self.add_error("accreditation_details", _("Say for which functions it is, and until when."))
        return cleaned


class SubDelegate(forms.Form):
    """One row of those to whom the group hands a function on."""

    name = forms.CharField(label=_("Name of the organization"), max_length=200)
    function = forms.ChoiceField(label=_("Function"), choices=FUNCTIONS)
    oversight = forms.CharField(label=_("How the group oversees it"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
