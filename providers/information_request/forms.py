"""The form of the request for information: eight questions."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lacare_site import languages
from lacare_site.intake.fields import EmailField, TelephoneField
from lacare_site.intake.shown_forms import Group

from .choices import Topic, Way, Who
from .consents import CONSENTS

CHOOSE = [("", _("Choose"))]


def consent_field(key: str) -> str:
    return f"consent_{key}"


class InformationRequestForm(forms.Form):
    who = forms.ChoiceField(label=_("Who are you?"), choices=Who, widget=forms.RadioSelect)
    organisation = forms.CharField(
        label=_("Your organization"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(label=_("Email"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}))
    telephone = TelephoneField(label=_("Telephone"), required=False)
    way = forms.ChoiceField(label=_("How"), choices=[*CHOOSE, *Way.choices])
    answer_language = forms.ChoiceField(label=_("In which language"))
    topic = forms.ChoiceField(label=_("What is it about?"), choices=[*CHOOSE, *Topic.choices])
    message = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "Please leave out Social Security numbers, member numbers and dates of birth. We do not need a patient’s data to answer."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    groups = (
        Group(_("How can we reach you?"), ("email", "telephone"), _("Fill in one of the two, or both.")),
        Group(_("How shall we answer?"), ("way", "answer_language")),
        Group(
            _("What you agree to"),
            tuple(consent_field(consent.key) for consent in CONSENTS),
            _("Tick the box for the way that you chose. The last box is up to you."),
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer_language"].choices = [(language.code, language.own_name) for language in languages.LANGUAGES]
        self.fields["answer_language"].initial = get_language()
        for consent in CONSENTS:
            self.fields[consent_field(consent.key)] = forms.BooleanField(label=consent.wording, required=False)

    def clean(self):
        cleaned = super().clean()
        if not {"email", "telephone"} & self.errors.keys() and not cleaned.get("email") and not cleaned.get("telephone"):
            self.add_error("email", _("Write an email address or a telephone number, so that we can answer."))
        elif (way := cleaned.get("way")) and way not in self.errors:
            if not cleaned.get(way):
                texts = {Way.EMAIL: _("Write your email address, or choose an answer by telephone.")}
                self.add_error(way, texts.get(way, _("Write your telephone number, or choose an answer by email.")))
            elif not cleaned.get(consent_field(way)):
                self.add_error(consent_field(way), _("Tick this box, or choose another way for the answer."))
        if cleaned.get("consent_news") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write your email address to get news, or leave the box for news empty."))
        return cleaned
