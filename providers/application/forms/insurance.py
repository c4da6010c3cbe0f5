"""What the group is insured for, each with its day of expiry."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.application.fields import MoneyField, NearDateField

WORKERS, LIMITS = "workers", ("each_claim", "in_all")


class Policy(forms.Form):
    """One row of the insurance policies. What workers' compensation pays, the law says: such a policy need not name limits."""

    kind = forms.ChoiceField(
        label=_("Kind of insurance"),
        choices=[
            ("professional", _("Professional liability (malpractice)")),
            ("general", _("General liability")),
            (WORKERS, _("Workers’ compensation")),
            ("errors", _("Managed care errors and omissions")),
            ("cyber", _("Cyber liability")),
            ("stop-loss", _("Stop-loss")),
        ],
    )
    insurer = forms.CharField(label=_("Insurer"), max_length=200)
    each_claim = MoneyField(label=_("Limit for each claim, in dollars"), min_value=1)
    in_all = MoneyField(label=_("Limit for each year, in dollars"), min_value=1)
    expires_on = NearDateField(label=_("Expires on"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self["kind"].value() == WORKERS:
            for name in LIMITS:
                self.fields[name] = MoneyField(label=self.fields[name].label, min_value=0, required=False)

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day < timezone.localdate():
            raise ValidationError(_("This insurance has expired. Give the day on which the present one does."))
        return day

    def clean(self):
        cleaned = super().clean()
        each, in_all = (cleaned.get(name) for name in LIMITS)
        if cleaned.get("kind") != WORKERS and each and in_all and each > in_all:
            self.add_error("each_claim", _("The limit for each claim cannot be above the limit for each year."))
        return cleaned
