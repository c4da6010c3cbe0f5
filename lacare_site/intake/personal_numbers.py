"""Numbers of persons that no form of ours asks for in plain text: Social Security numbers, member numbers, birth dates.

What looks like one is refused at the field. Better a question too many than such a number in a mailbox: other numbers (NPI, tax number,
telephone, ZIP code, a date to come) pass.
"""

import re
from collections.abc import Mapping
from functools import cache

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import dates, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lacare_site.typed_text import with_plain_digits

CODE = "personal"
BETWEEN = r"[\s._/\-\u2010-\u2015\u2212]"
START, END = r"(?<![\w-])", r"(?![\w-])"
# A letter may stand beside a number (SSN123…, or the letter behind it of the old Medicare numbers), further digits may not.
ALONE, AND_NO_MORE = r"(?<!\d)(?<!\d-)", r"(?!\d|-\d)"
SIGN = r"[,\u00b7\u2022\u2027\u2219\u22c5\u30fb]"  # lists have these, too, but with a space behind them
# Never 000 or 666 in front, never 00 or 0000 behind (ssa.gov). From 900 on the number of a taxpayer without one (ITIN), as private.
SEPARATED = re.compile(
    rf"{ALONE}(?!000|666)\d{{3}}(?:(?:{BETWEEN}{{1,3}}|\){BETWEEN}{{0,3}})(?!00)\d{{2}}{BETWEEN}{{1,3}}|(?P<sign>{SIGN})(?!00)\d{{2}}(?P=sign))"
    rf"(?!0000)\d{{4}}{AND_NO_MORE}"
)
# Digit by digit; ten of them are a telephone number or an NPI, or count on.
SPACED = re.compile(rf"{ALONE}(?<!\d[\s.])(?!9|0\W0\W0|6\W6\W6)\d(?:[\s.\-]\d){{8}}(?![\s.\-]{{0,2}}\d)")
# In a row, nine digits from 900 on are tax numbers of groups in Los Angeles (95…).
IN_A_ROW = re.compile(rf"{START}(?!9|000|666)\d{{3}}(?!00)\d{{2}}(?!0000)\d{{4}}(?:[A-Z]\d?)?{END}", re.IGNORECASE)
# With the word beside it any nine digits, however they stand, but no ZIP code of nine digits and no tax number.
SOCIAL_SECURITY = (
    r"(?:ssn|s\.\s?s\.\s?n|social\s+security|seguro\s+social|an sinh xã hội|社會安全|社会安全|사회보장|социальн\w+ (?:страхован|обеспечен)"
    r"|սոցիալական|تأمین اجتماعی|تامین اجتماعی|الضمان الاجتماعي|សន្តិសុខសង្គម)"
)
NAMED = re.compile(
    rf"{SOCIAL_SECURITY}\D{{0,20}}(?!9|000|666|\d{{5}}-\d{{4}}(?!\d)|\d\d-\d{{7}}(?!\d))\d(?:{BETWEEN}{{0,2}}\d){{8}}(?!{BETWEEN}?\d)",
    re.IGNORECASE,
)
# Medi-Cal's client index number, as on the card with or without five further signs; Medicare's beneficiary identifier (cms.gov).
# A ZIP code before a house and the direction of its street (90017 123 W Olympic) is neither.
MEMBER = re.compile(
    rf"(?:{START}|(?<=MBI)|(?<=CIN))(?!9[0-6]\d{{3}}\s\d{{3}}\s?[A-Z]\.?\s\w)(?:9(?:[\s.\-]?\d){{7}}(?:[A-Z](?:\d{{5}})?|[\s.\-](?-i:[A-Z]))|[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d{BETWEEN}{{0,2}}"
    rf"[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d{BETWEEN}{{0,2}}[AC-HJKMNP-RT-Y]{{2}}\d{{2}}){END}",
    re.IGNORECASE,
)
# What any plan gives its members: six digits or more, with the word beside them, unless they are written as a telephone number.
MEMBER_NUMBER = (
    r"(?:\b(?:member|subscriber|enrollee|insured|beneficiary|patient)(?:['’]s)?[\s\-]{0,2}"
    r"(?:id(?:entification)?|num(?:ber)?|no(?=[\s.]{0,3}(?:[:#\d]|$))|#)(?![^\W\d_])(?:[\s\-]{0,2}(?:number|num|no|#)(?![^\W\d_]))?"
    r"|\b(?:número|núm|no)\.?\s(?:de\s)?(?:miembro|afiliad[oa]|soci[oa]|asegurad[oa]|beneficiari[oa])|[會会][員员](?:號|号|編|编|卡|ID)[號号碼码]{0,2}"
    r"|(?:가입자|회원)\s?(?:번호|ID)|անդամի\sհամար\w{0,3}|номер\w{0,2}\sучастни\w{1,3}|numero\sng\smiyembro|(?:số|mã)\s(?:hội|thành)\sviên"
    r"|شماره\sعضو(?:یت)?|លេខសមាជិក|رقم\s(?:ال)?عضو(?:ية)?)"
)
NAMED_MEMBER = re.compile(
    rf"{MEMBER_NUMBER}[\s:;#=.,()\-\u2010-\u2015។՝]{{0,5}}(?:(?:is|was|es|ay|là)\s{{1,3}})?(?!\+?1?[\s.\-]?\(?\d{{3}}\)?[\s.\-]{{1,2}}\d{{3}}[\s.\-]\d{{4}}(?!\d))"
    r"[A-Z]{0,3}-?\d(?:[\s.\-]?\d){5,13}",
    re.IGNORECASE,
)
# No date that counts is without one of these, or a letter of those who count by the sun.
ANY_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)|民[國国]|[\u0600-\u06ff]")
YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
SHORT = r"\d{1,2}"
DATES = [
    rf"{START}{SHORT}{BETWEEN}{{1,2}}{SHORT}{BETWEEN}{{1,2}}{YEAR}(?!\w)",
    rf"{START}{YEAR}{BETWEEN}{{1,2}}{SHORT}{BETWEEN}{{1,2}}{SHORT}(?!\w)",
    rf"{YEAR}\s*[年년]\s*{SHORT}\s*[月월]\s*{SHORT}",
    rf"(?:民國|民国)\s*(?P<minguo>\d{{1,3}})\s*年\s*{SHORT}\s*月\s*{SHORT}",
    rf"(?<!\d){SHORT}\s*(?:فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند)\s*(?:ماه\s*)?(?:سال\s*)?"
    r"(?P<solar>1[34]\d{2})(?!\d)",
]
# From the years of the calendars that a date may be written in, by the names of the groups that hold them.
OFFSETS = {"year": 0, "minguo": 1911, "solar": 621}
# With such a word beside it a date of this year is a birth date, too; so are two digits for the year, and digits in a row.
BIRTH = (
    r"(?:\b(?:d\.\s?o\.\s?b|(?:dob|born|birth(?:day|date|s)?|nacid[oa]s?|nacimiento|naci[oó]|nací|ipinanganak|isinilang|kapanganakan"
    r"|kaarawan|sinh)(?![^\W\d_]))|出生|生日|생년월일|출생|태어|ծնվ|ծննդ|родил|рожд|تولد|متولد|ថ្ងៃកំណើត|កើត|ميلاد|مولود)"
)
MONTH, DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
ROWS = [rf"{MONTH}{DAY}(?:(?:19|20)?\d{{2}})", rf"{DAY}{MONTH}(?:(?:19|20)?\d{{2}})", rf"(?:19|20)\d{{2}}{MONTH}{DAY}"]
ANY_DATES = [
    rf"{START}{SHORT}{BETWEEN}{{1,2}}{SHORT}{BETWEEN}{{1,2}}\d{{2,4}}(?!\w)",
    rf"{START}\d{{2,4}}{BETWEEN}{{1,2}}{SHORT}{BETWEEN}{{1,2}}{SHORT}(?!\w)",
    rf"(?<!\d)\d{{2,3}}\s*[年년]\s*{SHORT}\s*[月월]\s*{SHORT}",
]
# A child's birth date lies in the years in which contracts and licenses were dated, too: there it takes such a word before the date.
RECENT = 10
CHILD = re.compile(
    r"(?:\b(?:newborn|baby|infant|toddler|child|(?:my|her|his|their|our)\sson|daughter|bebé|niñ[oa]|hij[oa]|anak|sanggol|con\s(?:trai|gái))(?![^\W\d_])"
    r"|兒子|女兒|孩子|嬰兒|아들|딸|아이|아기|ребен|ребён|дочь|дочер|երեխ|որդի|դուստր|فرزند|نوزاد|کودک|طفل|ابني|ابنتي|កូន)",
    re.IGNORECASE,
)
BESIDE = 40  # signs before a date
BIRTH_WORD = re.compile(BIRTH, re.IGNORECASE)
# Columns may count births and patients, or tell of cards: of the day itself tell the words behind it or none, of the number none.
PERSONAL_HEADING = re.compile(
    rf"(?<![^\W\d_]){SOCIAL_SECURITY}|(?<!max\s)(?<!maximum\s)(?<!total\s){MEMBER_NUMBER}(?=\s*(?:[^\w\s\-]|\d|$))"
    rf"|(?!births?(?![^\W\d_])){BIRTH}|\b(?:date|day|place|year)\s+of\s+birth\b|\bbirth(?![^\W\d_])(?=\W*(?:date|day|place|year|month|[dmy/]+\b|$))",
    re.IGNORECASE,
)
BIRTH_IN_A_ROW = re.compile(rf"{BIRTH}\D{{0,20}}(?:{'|'.join(ROWS)})(?!\d)", re.IGNORECASE)

MESSAGES = {
    "social-security": _(
        "This looks like a Social Security number. Please take it out: we do not ask for it here. "
        "Write a group’s tax number with its hyphen, such as 12-3456789."
    ),
    "member": _("This looks like a member number. Please take it out: we will call you if we need to know whom it is about."),
    "birth-date": _("This looks like a date of birth. Please take it out. For another date, write the month and the year alone."),
}


def found_in(text: str, *, is_address: bool = False, asks_for_dates: bool = False) -> str | None:
    """The kind of number ("social-security", "member" or "birth-date") that the text seems to hold, or None.

    In an address of mail nine digits in a row pass: some services give numbers for names. Where dates are asked for, one is a date of
    birth only with a word for birth beside it.
    """
    if not any(map(str.isnumeric, text)):
        return None
    text = with_plain_digits(text)
    if SEPARATED.search(text) or SPACED.search(text) or NAMED.search(text) or (not is_address and IN_A_ROW.search(text)):
        return "social-security"
    if MEMBER.search(text) or NAMED_MEMBER.search(text):
        return "member"
    years = [
        (int(year) + OFFSETS[calendar], match.start())
        for pattern in ((*_dates(), *_named_months()) if ANY_YEAR.search(text) else ())
        for match in pattern.finditer(text)
        for calendar, year in match.groupdict().items()
    ]
    if not asks_for_dates and any(_may_be_birth(year, text[max(0, start - BESIDE) : start]) for year, start in years):
        return "birth-date"
    if BIRTH_WORD.search(text) and (years or BIRTH_IN_A_ROW.search(text) or any(date.search(text) for date in _short_dates())):
        return "birth-date"
    return None


def is_named_in(heading: str) -> bool:
    """Whether the heading of a column says that it holds such numbers, however they may be written in it."""
    return bool(PERSONAL_HEADING.search(with_plain_digits(heading).replace("_", " ")))


def refuse_in(form: forms.BaseForm, messages: Mapping[str, str] = MESSAGES) -> list[str]:
    """Adds an error at each field of text of a checked form that holds such a number, with what `messages` say of its kind; gives the names
    of these fields.

    A form that is about a person, and sealed, has `takes_personal_numbers`: nothing is refused in it. Fields that ask for a number which is no person's (an NPI, a tax number) have `names_nobody`, those that ask for dates
    `asks_for_dates`.
    """
    refused = []
    if getattr(form, "takes_personal_numbers", False):
        return refused
    for name, field in form.fields.items():
        typed = form[name].data
        if not isinstance(field, forms.CharField) or not isinstance(typed, str) or getattr(field, "names_nobody", False):
            continue
        is_address, asks_for_dates = isinstance(field, forms.EmailField), getattr(field, "asks_for_dates", False)
        if kind := found_in(typed, is_address=is_address, asks_for_dates=asks_for_dates):
            form.add_error(name, ValidationError(messages[kind], code=CODE))
            refused.append(name)
    return refused


def _may_be_birth(year: int, before: str) -> bool:
    """Whether a date of that year may be somebody's day of birth; `before` is what stands before it."""
    this = timezone.localdate().year
    return 1900 <= year < this - RECENT or (1900 <= year < this and bool(CHILD.search(before)))


@cache
def _dates() -> list[re.Pattern]:
    """Dates in digits; the year is the group that OFFSETS names."""
    return [re.compile(pattern) for pattern in DATES]


@cache
def _named_months() -> list[re.Pattern]:
    """Dates with a month's name in any of our languages, whatever the page's; the year is the group of that name."""
    return _with_month(YEAR)


@cache
def _short_dates() -> list[re.Pattern]:
    """Dates that are only known as such beside a word for birth: with two digits for the year, or of another calendar."""
    return [*map(re.compile, ANY_DATES), *_with_month(r"['’]?\d{2}(?!\d)")]


def _with_month(year: str) -> list[re.Pattern]:
    full, short = set(), set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            full |= {with_plain_digits(str(name)) for name in (*dates.MONTHS.values(), *dates.MONTHS_ALT.values())}
            short |= {with_plain_digits(str(name)) for name in dates.MONTHS_3.values()}
    full, short = (
        "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if not name[0].isdigit())
        for names in (full, short)
    )
    # A full name may be inflected; a short one ends as such (Sept. is the one of four letters), or March would be in every market.
    month = rf"(?<![^\W\d_])(?:(?:{full})\w{{0,3}}|(?:{short})t?(?![^\W\d_]))\.?"
    of = r"(?:(?:de|del|of|ng|năm|عام|سال)\s+|ខែ\s*|ឆ្នាំ\s*)?"
    gap = r"[\s.,/\-]{0,3}"
    return [
        re.compile(rf"{month}{gap}{SHORT}(?:st|nd|rd|th)?(?:,\s*|[\s/\-]{{1,2}}){of}{year}", re.IGNORECASE),
        re.compile(rf"(?<!\d){SHORT}(?:st|nd|rd|th)?{gap}{of}{month}{gap}{of}{year}", re.IGNORECASE),
    ]
