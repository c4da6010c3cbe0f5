"""The form with which a visitor tells of a mistake: one question, and a few words."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lacare_site import languages
from lacare_site.intake import personal_numbers
from lacare_site.organisation import ORGANISATION
from pages.page_reports.models import PageReport

NOTHING_PERSONAL = _(
    "Please write nothing about yourself or anybody’s health, and no member number. We do not need to know who you are."
)
# Room in what is kept for a few words of ours.
FOR_PLACES = 20
NO_EMAIL = _("This looks like an email address. Please take it out: we do not need to know who you are.")
EMAIL = re.compile(r"[^\s@＠][@＠](?P<domain>[\w.\-]*\.[^\W\d_]{2,})")
# Members write here, whom nobody will call: no word of a group's tax number, nor of a call.
MESSAGES = personal_numbers.MESSAGES | dict.fromkeys(("social-security", "member"), NOTHING_PERSONAL)


class PageReportForm(forms.Form):
    subject = forms.ChoiceField(label=_("What is wrong?"), choices=PageReport.Subject, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What should be different?"),
        help_text=NOTHING_PERSONAL,
        max_length=500 - FOR_PLACES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    # In which the page was read, whatever language the form is read in. Nobody types it: what is none is not refused, but replaced.
    language = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        domains = (found["domain"].lower() for found in EMAIL.finditer(text))
        if not all(f".{domain}".endswith(f".{ORGANISATION.domain}") for domain in domains):  # a wrong one of ours is to be told
            raise ValidationError(NO_EMAIL, code=personal_numbers.CODE)
        return text

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        return language if language in languages.BY_CODE else get_language()
