"""Whether the group can bear the risk; criteria.py says what its figures amount to."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lacare_site.intake.fields import YesNoField
from providers.application.fields import MoneyField, NearDateField, ShareField


class Finances(forms.Form):
    period_end = NearDateField(label=_("End of the period that these figures are of"))
    is_audited = YesNoField(label=_("Are the figures audited?"))
    current_assets = MoneyField(label=_("Current assets, in dollars"), min_value=0)
    current_liabilities = MoneyField(label=_("Current liabilities, in dollars"), min_value=0)
    tangible_net_equity = MoneyField(label=_("Tangible net equity, in dollars"))
    ibnr_documented = YesNoField(
        label=_("Does the group estimate claims incurred but not reported (IBNR) each month, by a documented method?")
    )
    ibnr = MoneyField(label=_("Liability for claims incurred but not reported, in dollars"), min_value=0)
    # 28 CCR 1300.75.4(f)
    cash = MoneyField(
        label=_("Cash, readily marketable securities, and HMO capitation receivable within 30 days, in dollars"), min_value=0
    )
    unpaid_claims = MoneyField(label=_("Claims that are not paid yet, IBNR among them, in dollars"), min_value=0)
    claims_in_time = ShareField(label=_("Claims paid or contested in time, in percent"))

    def clean_period_end(self):
        day = self.cleaned_data["period_end"]
        if day > timezone.localdate():
            raise ValidationError(_("The period must have ended."))
        return day

    def clean(self):
        cleaned = super().clean()
        part, whole = cleaned.get("ibnr"), cleaned.get("unpaid_claims")
        if part is not None and whole is not None and part > whole:
            self.add_error("ibnr", _("IBNR is among the claims that are not paid yet. It cannot be more than they are."))
        return cleaned
