"""The forms of the grievance's steps."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lacare_site import languages
from lacare_site.intake.fields import EmailField, TelephoneField, YesNoField

from .choices import NOT_SURE, PLANS, Filer, Kind, Way
from .consents import EMAIL_WORDING

LONGEST = 6000
# What whoever files reads in place of the short names.
FILERS = [
    (Filer.MEMBER, _("I am the member")),
    (Filer.PARENT, _("I am a parent or guardian of the member")),
    (Filer.REPRESENTATIVE, _("The member has agreed that I act for them (authorized representative)")),
]
KINDS = [
    (Kind.GRIEVANCE, _("A grievance: something went wrong, such as poor care, a long wait, rude service or a bill")),
    (Kind.APPEAL, _("An appeal: I do not agree with a decision of the plan")),
    (Kind.DISCRIMINATION, _("Discrimination: somebody treated me worse because of who I am")),
    (Kind.PRIVACY, _("Privacy: somebody used or shared my information in a wrong way")),
]


class MemberForm(forms.Form):
    """What is typed here stands sealed, and is about a person: dates and numbers belong into it."""

    takes_personal_numbers = True


class Urgency(MemberForm):
    plan = forms.ChoiceField(
        label=_("Which plan is it about?"),
        help_text=_("The name of the plan is on the member’s ID card."),
        choices=[(key, _("I am not sure") if key == NOT_SURE else name) for key, name in PLANS],
        widget=forms.RadioSelect,
    )
    is_urgent = YesNoField(
        label=_("Is somebody’s health in danger now?"),
        help_text=format_lazy(
            "{} {}",
            _("Choose yes if waiting could do serious harm: severe pain, or danger to life, to a limb or to how the body works."),
            _("Is a life in danger? Call 911."),
        ),
    )


class People(MemberForm):
    filer = forms.ChoiceField(label=_("Who are you?"), choices=FILERS, widget=forms.RadioSelect)
    member_name = forms.CharField(label=_("Name of the member"), max_length=160)
    member_number = forms.CharField(
        label=_("Member number"),
        help_text=_("It is on the ID card. Leave this empty if you do not have it at hand."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    born_on = forms.CharField(
        label=_("Date of birth of the member"),
        help_text=_("Without a member number, this is how we find the member. Leave it empty if you do not know it."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    filer_name = forms.CharField(
        label=_("Your name, if you are not the member"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("filer") == Filer.MEMBER:
            cleaned["filer_name"] = ""  # of who was going to file before
        elif cleaned.get("filer") and not cleaned.get("filer_name") and "filer_name" not in self.errors:
            self.add_error("filer_name", _("Write your own name, too, since you file for somebody else."))
        return cleaned


class Events(MemberForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        help_text=_("If you are not sure, choose grievance: we find out what it is."),
        choices=KINDS,
        widget=forms.RadioSelect,
    )
    what = forms.CharField(
        label=_("What happened?"),
        help_text=_("In your own words and in your own language."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    when = forms.CharField(
        label=_("When did it happen?"),
        help_text=_("The day, or about when. For an appeal: the date of the letter with our decision."),
        max_length=300,
        required=False,
    )
    who = forms.CharField(
        label=_("Who was involved?"),
        help_text=_("Such as a doctor, a clinic, a pharmacy, a driver or somebody at the plan."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wanted = forms.CharField(
        label=_("What would you like us to do?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class Answer(MemberForm):
    way = forms.ChoiceField(label=_("How do you want our answer?"), choices=Way, widget=forms.RadioSelect)
    answer_language = forms.ChoiceField(label=_("In which language"))
    wants_large_print = forms.BooleanField(label=_("Please write to me in large print."), required=False)
    address = forms.CharField(
        label=_("Mailing address"),
        help_text=_("Street, city and ZIP code."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    telephone = TelephoneField(
        label=_("Telephone"), help_text=_("So that we can ask you something, and reach you fast if it is urgent."), required=False
    )
    email = EmailField(label=_("Email"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}))
    consent_email = forms.BooleanField(label=EMAIL_WORDING, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer_language"].choices = [(language.code, language.own_name) for language in languages.LANGUAGES]
        self.fields["answer_language"].initial = get_language()

    def clean(self):
        cleaned = super().clean()
        field, message = {
            Way.POST: ("address", _("Write your mailing address, or choose another way for the answer.")),
            Way.TELEPHONE: ("telephone", _("Write your telephone number, or choose another way for the answer.")),
            Way.EMAIL: ("email", _("Write your email address, or choose another way for the answer.")),
        }.get(cleaned.get("way"), ("", ""))
        if field and field not in self.errors and not cleaned.get(field):
            self.add_error(field, message)
        if field == Way.EMAIL and not cleaned.get("consent_email"):
            self.add_error("consent_email", _("Tick this box, or choose another way for the answer."))
        return cleaned


class Confirmation(MemberForm):
    """The last step, before sending."""

    is_true = forms.BooleanField(label=_("What I have written is true, as far as I know."))
