"""Who applies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lacare_site.intake.fields import EmailField, TelephoneField
from providers.application.fields import NpiField, TaxNumberField


class Organisation(forms.Form):
    legal_name = forms.CharField(label=_("Legal name"), max_length=200)
    dba = forms.CharField(label=_("Doing business as"), help_text=_("Only if it differs."), max_length=200, required=False)
    entity_type = forms.ChoiceField(
        label=_("Type of entity"),
        choices=[
            ("medical-group", _("Medical group")),
            ("ipa", _("Independent practice association (IPA)")),
            ("clinic", _("Clinic or health center")),
            ("other", _("Other")),
        ],
    )
    tax_status = forms.ChoiceField(
        label=_("Tax status"), choices=[("for-profit", _("For profit")), ("nonprofit", _("Nonprofit")), ("public", _("Public"))]
    )
    tax_number = TaxNumberField(
        label=_("Tax number of the group (TIN)"), help_text=_("The group's number, such as 12-3456789. Never a person's.")
    )
    npi = NpiField(label=_("NPI of the group (type 2)"), help_text=_("Ten digits. Not that of a single clinician."))
    street = forms.CharField(label=_("Street"), max_length=200)
    city = forms.CharField(label=_("City"), max_length=100)
    zip_code = forms.RegexField(
        r"\A[0-9]{5}(-[0-9]{4})?\Z",
        label=_("ZIP code"),
        max_length=10,
        error_messages={"invalid": _("Write five digits, such as 90017.")},
    )
    phone = TelephoneField(label=_("Telephone"))


class Contact(forms.Form):
    """One row of the contacts by function."""

    function = forms.ChoiceField(
        label=_("Function"),
        choices=[
            ("contracting", _("Contracting")),
            ("medical-director", _("Medical director")),
            ("compliance", _("Compliance")),
            ("finance", _("Finance")),
            ("claims", _("Claims")),
            ("credentialing", _("Credentialing")),
            ("utilization", _("Utilization management")),
            ("quality", _("Quality")),
        ],
    )
    name = forms.CharField(label=_("Name"), max_length=160)
    email = EmailField(label=_("Email"))
    phone = TelephoneField(label=_("Telephone"))


class Signatory(forms.Form):
    """Who may sign for the group."""

    signatory_name = forms.CharField(label=_("Name"), max_length=160)
    signatory_title = forms.CharField(label=_("Title"), max_length=160)
    signatory_email = EmailField(
        label=_("Email"), help_text=_("Here we write when there is something new. The mail says nothing of the application.")
    )
