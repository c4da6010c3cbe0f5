"""Forms for passphrases: what is typed is never shown again."""

from django import forms
from django.core.exceptions import ValidationError

from compliance.casework import keyring, strength
from lacare_site.security.sign_in import attempts


def _field(label: str, autocomplete: str, **options) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=keyring.LONGEST, widget=widget, **options)


class PassphraseForm(forms.Form):
    passphrase = _field("Passphrase", "current-password")


class NewPassphraseForm(forms.Form):
    new = _field(
        "New passphrase",
        "new-password",
        help_text=f"At least {strength.SHORTEST} characters, or {strength.WORDS} different words. Words chosen by dice are best.",
    )
    again = _field("The same once more", "new-password")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text += f" These were chosen just now, and are shown to nobody else: {strength.by_dice()}"

    def clean_new(self):
        strength.check(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]

    def clean(self):
        new, again = self.cleaned_data.get("new"), self.cleaned_data.get("again")
        if new and again and keyring.plain(new) != keyring.plain(again):
            raise ValidationError({"again": "This is not what you typed above."})
        return self.cleaned_data


class ChangePassphraseForm(NewPassphraseForm):
    field_order = ("passphrase", "new", "again")
    passphrase = _field("Present passphrase", "current-password")


class LostPassphraseForm(NewPassphraseForm):
    """Giving a key up is for good: whoever only finds somebody signed in cannot do it."""

    field_order = ("password", "new", "again")
    password = _field("The password with which you sign in", "current-password")

    def clean_password(self):
        account = self.user.get_username()
        attempts.count(password_account=account)
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError("This is not your password.")
        attempts.forget(password_account=account)
        return self.cleaned_data["password"]
