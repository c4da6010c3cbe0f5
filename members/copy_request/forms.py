"""The form with which somebody asks for a page by mail: what, in which form and language, and where to."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lacare_site import languages
from lacare_site.intake.fields import EmailField
from lacare_site.intake.shown_forms import Group
from members import selectors
from pages.models import SitePage

from .choices import Format


class CopyRequestForm(forms.Form):
    """`page` is the page that is asked for; without one, the form asks which. The cleaned data also hold its `path`, or ""."""

    wanted = forms.CharField(
        label=_("Which page do you want?"), help_text=_("Its name, or its address on this site."), max_length=200
    )
    format = forms.ChoiceField(label=_("How do you want it?"), choices=Format, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"))
    other_language = forms.CharField(label=_("Another language"), max_length=60, required=False)
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    address = forms.CharField(
        label=_("Your postal address"),
        help_text=_("Street, city, state and ZIP code."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    email = EmailField(label=_("Email"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}))

    # All of it is sealed, and a postal address may look like a number of another kind.
    takes_personal_numbers = True

    groups = (
        Group(_("In which language?"), ("language", "other_language"), _("If yours is not in the list, write its name.")),
        Group(
            _("Where do we send it?"),
            ("name", "address", "email"),
            _(
                "For a file or a recording, your email address is enough. For paper and braille, we need your name and postal address. We use them for this alone."
            ),
        ),
    )

    def __init__(self, *args, page: SitePage | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        if page:
            del self.fields["wanted"]
        self.fields["language"].choices = _languages().items()
        self.fields["language"].initial = languages.get(get_language()).tag

    def clean(self):
        cleaned = super().clean()
        # What staff read of it is English, whatever language the page was read in.
        cleaned |= {"wanted": self.page.heading_en, "path": self.page.english_url} if self.page else {"path": ""}
        chosen = cleaned.get("format")
        if chosen == Format.FILE:
            self._require("email", _("Write your email address, so that we can send you the file."))
        elif chosen == Format.RECORDING and (cleaned.get("email") or "email" in self.errors):
            pass
        elif chosen:
            self._require("name", _("Write your name, so that the mail reaches you."))
            self._require("address", _("Write your postal address, so that we can mail it to you."))
        return cleaned

    def _require(self, field: str, complaint: str) -> None:
        if not self.cleaned_data.get(field) and field not in self.errors:
            self.add_error(field, complaint)


def _languages() -> dict[str, str]:
    """The languages of the site and those in which help is offered, each by its own name."""
    found = {language.tag: language.own_name for language in languages.LANGUAGES}
    return found | {language.code: language.own_name for language in selectors.languages_of_help() if language.code not in found}
