"""Numbers of persons that no form of ours asks for in plain text: Social Security numbers, member numbers, birth dates.

What looks like one is refused at the field. Better a question too many than such a number in a mailbox: other numbers (NPI, tax number,
telephone, ZIP code, a date to come) pass.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils import dates, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

CODE = "personal"
BETWEEN = r"[\s./\-\u2010-\u2015\u2212]"
START, END = r"(?<![\w-])", r"(?![\w-])"
# Nine digits by threes, twos and fours, or in a row: never 000 or 666 in front, never 00 or 0000 behind (ssa.gov). From 900 on the
# number of a taxpayer without one (ITIN), which is as private; in a row these are tax numbers of groups in Los Angeles (95…).
SOCIAL_SECURITY = re.compile(
    rf"{START}(?!000|666)(?:\d{{3}}{BETWEEN}{{1,3}}(?!00)\d{{2}}{BETWEEN}{{1,3}}|(?!9)\d{{3}}(?!00)\d{{2}})(?!0000)\d{{4}}{END}"
)
# Medi-Cal's client index number, as on the card with or without five further signs; Medicare's beneficiary identifier (cms.gov).
MEMBER = re.compile(
    rf"{START}(?:9\d{{7}}[A-Z](?:\d{{5}})?|[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?"
    rf"[AC-HJKMNP-RT-Y]{{2}}\d{{2}}){END}",
    re.IGNORECASE,
)
YEAR = r"(?P<year>(?:19|20)\d{2})"
SHORT = r"\d{1,2}"
DATES = [
    rf"{START}{SHORT}{BETWEEN}{{1,2}}{SHORT}{BETWEEN}{{1,2}}{YEAR}(?!\w)",
    rf"{START}{YEAR}{BETWEEN}{{1,2}}{SHORT}{BETWEEN}{{1,2}}{SHORT}(?!\w)",
    rf"{YEAR}\s*[年년]\s*{SHORT}\s*[月월]\s*{SHORT}",
]
# With such a word beside it a date of this year is a birth date, too; so are two digits for the year.
BIRTH = re.compile(
    r"\b(?:dob|born|birth\w*|nacid[oa]|nacimiento|ipinanganak|kapanganakan|sinh)\b|出生|生日|생년월일|출생|ծնվ|ծննդ|родил|рожд|تولد|متولد|ថ្ងៃកំណើត|កើត|ميلاد|مولود",
    re.IGNORECASE,
)
ANY_DATE = re.compile(rf"{START}{SHORT}{BETWEEN}{{1,2}}{SHORT}{BETWEEN}{{1,2}}\d{{2,4}}(?!\w)|{DATES[1]}")

MESSAGES = {
    "social-security": _(
        "This looks like a Social Security number. Please take it out: we do not ask for it here. "
        "Write a group’s tax number with its hyphen, such as 12-3456789."
    ),
    "member": _("This looks like a member number. Please take it out: we will call you if we need to know whom it is about."),
    "birth-date": _("This looks like a date of birth. Please take it out. For another date, write the month and the year alone."),
}


def found_in(text: str) -> str | None:
    """The kind of number ("social-security", "member" or "birth-date") that the text seems to hold, or None."""
    text = _with_plain_digits(text)
    if SOCIAL_SECURITY.search(text):
        return "social-security"
    if MEMBER.search(text):
        return "member"
    this_year = timezone.localdate().year
    with_year = [match for pattern in (*DATES, *_named_months()) for match in re.finditer(pattern, text, re.IGNORECASE)]
    if any(1900 <= int(match["year"]) < this_year for match in with_year):
        return "birth-date"
    if BIRTH.search(text) and (with_year or ANY_DATE.search(text)):
        return "birth-date"
    return None


def refuse_in(form: forms.BaseForm) -> list[str]:
    """Adds an error at each plain text field of a checked form that holds such a number; gives the names of these fields.

    Fields of a kind of their own (an NPI, a telephone number, an address of mail) know what they take.
    """
    refused = []
    for name, field in form.fields.items():
        typed = form[name].data
        if type(field) is forms.CharField and isinstance(typed, str) and (kind := found_in(typed)):
            form.add_error(name, ValidationError(MESSAGES[kind], code=CODE))
            refused.append(name)
    return refused


def _with_plain_digits(text: str) -> str:
    """Digits of any script as 0 to 9, so that a number is known in Arabic, Farsi or Khmer, too; without what nobody sees."""
    signs = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in signs)


def _named_months() -> list[str]:
    """Patterns of dates with a month's name, in English and in the active language."""
    names = {str(name) for name in (*dates.MONTHS.values(), *dates.MONTHS_3.values(), *dates.MONTHS_ALT.values())}
    with override("en"):
        names |= {str(name) for name in (*dates.MONTHS.values(), *dates.MONTHS_3.values())}
    month = (
        "(?:" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if not name[0].isdigit()) + r")\w*\.?"
    )
    return [
        rf"{month}\s*{SHORT}(?:st|nd|rd|th)?,?\s+{YEAR}",
        rf"{SHORT}(?:st|nd|rd|th)?\.?\s*(?:de\s+|of\s+)?{month},?\s*(?:de\s+|of\s+)?{YEAR}",
    ]
