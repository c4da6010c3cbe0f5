"""Fields that several steps of the application share."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers import service_area
from providers.code_lists import codes_of
from providers.npi import is_npi

TAX_NUMBER = re.compile(r"(?!00)(\d{2})-?(\d{7})")  # no number begins with 00 (irs.gov, valid EIN prefixes)
AMOUNT = re.compile(r"(-?)\s*\$?\s*(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?)")
FARTHEST = 10  # years that a date may be from today: farther ones are slips


class NpiField(forms.CharField):
    names_nobody = True

    def __init__(self, **options):
        super().__init__(max_length=10, **options)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}

    def clean(self, value):
        value = super().clean(value)
        if value and not is_npi(value):
            raise ValidationError(_("This is not a valid NPI: it has ten digits, and the last one must fit the others."))
        return value


class TaxNumberField(forms.CharField):
    """An employer identification number, given as two digits, a hyphen and seven digits."""

    names_nobody = True

    def __init__(self, **options):
        super().__init__(max_length=10, **options)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return value
        if not (found := TAX_NUMBER.fullmatch(value)):
            raise ValidationError(_("Write the nine digits of the tax number, such as 12-3456789."))
        return "-".join(found.groups())


class WithDatesField(forms.CharField):
    """A text that holds dates, such as until when something is valid."""

    widget = forms.Textarea(attrs={"rows": 3})
    asks_for_dates = True


class ZipCodesField(forms.CharField):
    """ZIP codes of the county, one on a line or with commas between them. Gives a sorted list of them."""

    widget = forms.Textarea(attrs={"rows": 6, "dir": "ltr", "inputmode": "numeric"})

    def clean(self, value):
        codes = sorted(codes_of(super().clean(value)))
        if wrong := [code for code in codes if len(code) != 5 or not service_area.is_served(code)]:
            message = _("These are not ZIP codes in Los Angeles County: %(codes)s.")
            raise ValidationError(message, params={"codes": ", ".join(wrong[:20])})
        return codes


class ShareField(forms.DecimalField):
    """A share in percent, of 0 or `min_value` at least."""

    def __init__(self, *, min_value=0, **options):
        super().__init__(min_value=min_value, max_value=100, max_digits=5, decimal_places=2, **options)


class NearDateField(forms.DateField):
    """A day of the last or the next ten years."""

    def __init__(self, **options):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def validate(self, value: date | None):
        super().validate(value)
        if value and abs(value.year - timezone.localdate().year) > FARTHEST:
            raise ValidationError(_("Please check the year of this date."))


class MoneyField(forms.DecimalField):
    """Whole or part US dollars, with or without a dollar sign and commas between the thousands; may be negative where `min_value` does not
    forbid it."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"})  # one for numbers takes no comma

    def __init__(self, **options):
        super().__init__(max_digits=14, decimal_places=2, **options)

    def to_python(self, value):
        if isinstance(value, str) and (found := AMOUNT.fullmatch(value.strip())):
            value = "".join(found.groups()).replace(",", "")
        return super().to_python(value)
