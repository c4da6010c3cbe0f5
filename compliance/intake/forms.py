"""The form of a report: one page of questions, of which two must be answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance import thread, words
from compliance.officers import officers

LONGEST = 20_000  # characters of the account itself
LONGEST_LINES = 4_000
CHOOSE = [("", _("Choose"))]
ONE_WORD = {"autocomplete": "off"}


def _lines(name: str, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=words.QUESTIONS[name], max_length=LONGEST_LINES, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


def _nameless(officer) -> str:
    """An officer whose account has no full name: what they sign in with is not for the public."""
    return _("Compliance officer") + f" {officer.pk}"


class ReportForm(forms.Form):
    what = forms.CharField(
        label=words.QUESTIONS["what"],
        help_text=_("Write it in your own words. If you stay anonymous, leave out what only you can know."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    category = forms.ChoiceField(label=words.CATEGORY, choices=[*words.CATEGORIES.items()], widget=forms.RadioSelect)
    who = _lines("who")
    officers = forms.TypedMultipleChoiceField(
        label=_("Is the report about one of these officers?"),
        help_text=_("Whom you choose here can never open it: it is not encrypted for them."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    where = _lines("where")
    when = _lines("when")
    known_how = _lines("known_how", 3)
    still_going_on = forms.ChoiceField(
        label=words.QUESTIONS["still_going_on"],
        choices=[*CHOOSE, *words.CHOICES["still_going_on"].items()],
        required=False,
    )
    relation = forms.ChoiceField(
        label=words.QUESTIONS["relation"], choices=[*CHOOSE, *words.CHOICES["relation"].items()], required=False
    )
    is_named = forms.ChoiceField(
        label=words.NAMED,
        choices=[("no", words.ANONYMOUS), ("yes", _("Yes"))],
        initial="no",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=words.NAME, max_length=120, required=False, widget=forms.TextInput(attrs=ONE_WORD))
    contact = forms.CharField(label=words.CONTACT, max_length=200, required=False, widget=forms.TextInput(attrs=ONE_WORD))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Also those who have no key yet: reports that name them are not shared with them later, either.
        known = [(officer.pk, officer.get_full_name() or _nameless(officer)) for officer in officers()]
        if known:
            self.fields["officers"].choices = sorted(known, key=lambda officer: officer[1])
        else:
            del self.fields["officers"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_named") == "yes":
            for name in ("name", "contact"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        elif cleaned.get("is_named") == "no":
            for name in ("name", "contact"):
                if cleaned.get(name):
                    self.add_error(name, _("You chose to stay anonymous. Empty this field, or choose “Yes”."))
        if cleaned.get("officers") and not thread.recipients(without=cleaned["officers"]):
            self.add_error("officers", _("Then nobody could open the report. Leave one out, or call the helpline."))
        return cleaned

    @property
    def values(self) -> dict:
        """What an entry of the kind "report" holds, of a form that is right."""
        named = None
        if self.cleaned_data["is_named"] == "yes":
            named = {name: self.cleaned_data[name] for name in ("name", "contact")}
        return {name: self.cleaned_data[name] for name in words.QUESTIONS} | {"named": named}

    @property
    def shuts_all_out(self) -> bool:
        """Whether only the recovery key is left to open the report."""
        return all(recipient.officer is None for recipient in thread.recipients(self.cleaned_data.get("officers", [])))
