"""What the group is insured for, each with its day of expiry."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.application.fields import MoneyField


class Policy(forms.Form):
    """One row of the insurance policies."""

    kind = forms.ChoiceField(
        label=_("Kind of insurance"),
        choices=[
            ("professional", _("Professional liability (malpractice)")),
            ("general", _("General liability")),
            ("workers", _("Workers’ compensation")),
            ("errors", _("Managed care errors and omissions")),
            ("cyber", _("Cyber liability")),
            ("stop-loss", _("Stop-loss")),
        ],
    )
    insurer = forms.CharField(label=_("Insurer"), max_length=200)
    each_claim = MoneyField(label=_("Limit for each claim, in dollars"), min_value=0)
    in_all = MoneyField(label=_("Limit for each year, in dollars"), min_value=0)
    expires_on = forms.DateField(label=_("Expires on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day < timezone.localdate():
            raise ValidationError(_("This insurance has expired. Give the day on which the present one does."))
        return day
