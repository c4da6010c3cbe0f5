"""The form with which a visitor tells of a mistake: one question, and a few words."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lacare_site import languages
from lacare_site.intake import personal_numbers
from pages.page_reports.models import PageReport

NOTHING_PERSONAL = _(
    "Please write nothing about yourself or anybody’s health, and no member number. We do not need to know who you are."
)
# Members write here, whom nobody will call: no word of a group's tax number, nor of a call.
MESSAGES = personal_numbers.MESSAGES | dict.fromkeys(("social-security", "member"), NOTHING_PERSONAL)


class PageReportForm(forms.Form):
    subject = forms.ChoiceField(label=_("What is wrong?"), choices=PageReport.Subject, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What should be different?"),
        help_text=NOTHING_PERSONAL,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    # In which the page was read, whatever language the form is read in.
    language = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        return language if language in languages.BY_CODE else get_language()
