"""Fields that several forms share."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NUMBER = re.compile(r"(\+?[\d\s()./\u2010-\u2015\u2212-]+?)(?:[\s,]*(?:x|ext\.?)\s?\d{1,6})?", re.IGNORECASE)
DIGIT = re.compile(r"\d")
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")  # such as address books copy along


LONGEST_TELEPHONE = 40


def is_telephone(text: str) -> bool:
    """Whether it is a telephone number of ten to fifteen digits (ITU-T E.164), however written, with or without an extension."""
    found = NUMBER.fullmatch(text) if len(text) <= LONGEST_TELEPHONE else None
    return bool(found) and 10 <= len(DIGIT.findall(found[1])) <= 15


class TelephoneField(forms.CharField):
    """A telephone number and nothing else: words beside it would be the place for other numbers."""

    def __init__(self, **options):
        super().__init__(max_length=LONGEST_TELEPHONE, **options)
        self.widget.input_type = "tel"
        self.widget.attrs |= {"autocomplete": "tel", "dir": "ltr"}

    def clean(self, value):
        value = UNSEEN.sub("", super().clean(value))
        if value and not is_telephone(value):
            raise ValidationError(_("Write a telephone number with its area code, such as 213-555-0100."))
        return value


class EmailField(forms.EmailField):
    """An address that mail can be sent to: of 254 signs at most (RFC 5321, 4.5.3.1.3), as the columns for addresses hold."""

    def __init__(self, **options):
        super().__init__(max_length=254, **options)


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered: an empty box cannot say no. Gives True or False."""

    def __init__(self, **options):
        choices = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(choices=choices, widget=forms.RadioSelect, coerce=lambda value: value == "yes", **options)
