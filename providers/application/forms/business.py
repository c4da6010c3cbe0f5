"""What the group would do, and where."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lacare_site.intake.fields import TelephoneField, YesNoField
from providers.application.fields import ZipCodesField


class Business(forms.Form):
    lines = forms.MultipleChoiceField(
        label=_("Lines of business that the group has today"),
        choices=[
            ("medicare-advantage", _("Medicare Advantage")),
            ("d-snp", _("Medicare plans for people with Medi-Cal too (D-SNP)")),
            ("medi-cal", _("Medi-Cal")),
            ("covered-california", _("Covered California")),
            ("commercial", _("Commercial")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    members = forms.IntegerField(label=_("Members assigned to the group today"), min_value=0, max_value=10_000_000)
    risk_model = forms.ChoiceField(
        label=_("Risk model applied for"),
        choices=[
            ("professional", _("Capitation for professional services")),
            ("dual", _("Dual risk: professional and hospital services")),
            ("shared", _("Shared risk for hospital services")),
            ("fee-for-service", _("Fee for service")),
        ],
        widget=forms.RadioSelect,
    )
    is_registered_rbo = YesNoField(label=_("Is the group registered with the DMHC as a risk-bearing organization?"))


class ServiceArea(forms.Form):
    whole_county = YesNoField(label=_("Does the group serve all of Los Angeles County?"))
    zip_codes = ZipCodesField(
        label=_("ZIP codes that the group serves"),
        help_text=_("If not all of the county: one on each line, or with commas between them."),
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("whole_county") is False and not cleaned.get("zip_codes") and "zip_codes" not in self.errors:
            self.add_error("zip_codes", _("List the ZIP codes, or answer that the group serves all of the county."))
        return cleaned


class Hospital(forms.Form):
    """One row of the hospitals that the group admits to."""

    name = forms.CharField(label=_("Hospital"), max_length=200)
    city = forms.CharField(label=_("City"), max_length=100)
    has_privileges = YesNoField(label=_("Do the group's physicians have admitting privileges there?"))
    phone = TelephoneField(label=_("Telephone"), required=False)
