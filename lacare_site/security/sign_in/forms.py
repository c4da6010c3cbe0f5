"""What is typed to sign in."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import auth

from lacare_site.security import limits
from lacare_site.security.sign_in import attempts, second_step, tasks

WRONG_CODE = (
    "This code is not valid. A code from the app changes every 30 seconds and is good for one sign-in, so wait for the next one; "
    "a recovery code is good once."
)


class PasswordForm(auth.LoginForm):
    """Name and password. Whether it is the name, the password or a closed account: the answer is the same."""

    remember = None  # sessions are as long for everyone as the settings say

    def clean(self):
        name = self.cleaned_data.get("username")
        if name and self.cleaned_data.get("password"):
            name = name.casefold()
            attempts.count(password_account=name, password_address=limits.address_of(self.request))
            super().clean()
            attempts.forget(password_account=name)
        return self.cleaned_data


class CodeForm(forms.Form):
    """A code of `user`, from the app or a recovery code. `device` is what has accepted it."""

    code = forms.CharField(
        label="Code from your app, or a recovery code",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}),
    )
    device = None

    def __init__(self, *args, user, autofocus: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if autofocus:
            self.fields["code"].widget.attrs["autofocus"] = ""

    def clean_code(self) -> str:
        attempts.count(code_account=str(self.user.pk))
        code = self.cleaned_data["code"]
        self.device = second_step.check(self.user, code)
        if not self.device:
            raise ValidationError(WRONG_CODE, code="wrong")
        attempts.forget(code_account=str(self.user.pk))
        return code


class FirstCodeForm(forms.Form):
    """The first code of an app that is being set up."""

    code = forms.CharField(
        label=f"The {second_step.DIGITS} digits that the app shows now",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasswordResetForm(auth.PasswordResetForm):
    """An address for mail. Whether an account has it: the answer, and the time that it takes, are the same."""

    def __init__(self, *args, address: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        attempts.count(reset_account=email.casefold(), reset_address=self.address)
        return email

    def save(self, **options) -> None:
        """Leaves the mail to the worker: a task for nobody takes as long as one for somebody."""
        users = [user.pk for user in self.get_users(self.cleaned_data["email"])]
        tasks.send_reset_links.enqueue(users, str(uuid.uuid4()))
