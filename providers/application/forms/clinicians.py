"""Who treats the members."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from providers import languages_spoken
from providers.application.fields import ShareField
from providers.code_lists import codes_of


class Clinicians(forms.Form):
    primary_care = forms.IntegerField(label=_("Primary care physicians (PCPs)"), min_value=0, max_value=100_000)
    specialists = forms.IntegerField(label=_("Specialists"), min_value=0, max_value=100_000)
    languages = forms.CharField(
        label=_("Languages that clinicians and staff speak"),
        help_text=_("Codes with commas between them, such as en, es, hy."),
        max_length=400,
    )
    accessible_share = ShareField(label=_("Offices that a wheelchair can reach and use, in percent"))
    accessibility = forms.CharField(
        label=_("What else makes the offices accessible"),
        help_text=_("For example exam tables that lower, large print, sign language interpreters."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def clean_languages(self):
        codes = codes_of(self.cleaned_data["languages"])
        if not codes:
            raise ValidationError(self.fields["languages"].error_messages["required"])
        if wrong := [code for code in codes if not languages_spoken.is_code(code)]:
            raise ValidationError(_("These are not language codes: %(codes)s."), params={"codes": ", ".join(wrong[:20])})
        return ", ".join(codes)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("primary_care") == 0 and cleaned.get("specialists") == 0:
            self.add_error("primary_care", _("A group has at least one physician."))
        return cleaned
