"""The form with which a visitor tells of a mistake: one question, and a few words."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lacare_site import languages
from pages.page_reports.models import PageReport


class PageReportForm(forms.Form):
    subject = forms.ChoiceField(label=_("What is wrong?"), choices=PageReport.Subject, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What should be different?"),
        help_text=_(
            "Please write nothing about yourself or anybody’s health, and no member number. We do not need to know who you are."
        ),
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
