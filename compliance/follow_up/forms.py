"""What somebody types who comes back: the receipt, and a message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lacare_site.intake import codes


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("Seven groups of four signs. Spaces and hyphens do not matter."),
        max_length=codes.LONGEST_INPUT,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )


class MessageForm(forms.Form):
    text = forms.CharField(label=_("Your message"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 6}))
