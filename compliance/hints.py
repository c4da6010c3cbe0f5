"""What in a text may tell who wrote it, so that somebody who wants to stay anonymous is asked before they send it.

A hint too many costs a look; what these patterns miss, the reporter has still read once more.
"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from lacare_site.intake import personal_numbers

LONGEST = 60_000  # characters that are looked at; a plain form may have 18 for one of those that somebody sends
EMAIL = re.compile(r"(?<=[^\s@<>()])@[^\s@<>()]+\.[^\s@<>()]{2}")  # from the @ on, so that all of it is looked through once
TELEPHONE = re.compile(r"(?<!\w)\+?(?:\d[\s().\u2010-\u2015-]{0,3}){9,14}\d(?!\w)")
# "My name is", "I am the only", "I am called", as people begin such sentences in the site's languages.
NAMES_SELF = re.compile(
    r"\bmy name(?:'s| is)|\bi am (?:the only|called)|\bi'm the only|\bme llamo\b|\bmi nombre\b|\bsoy (?:el|la) únic[oa]\b"
    r"|我叫|我的名字|我姓|我是唯一|اسمي|أنا الوحيد|իմ անունը|անունս|ես միակ|اسم من|نام من|من تنها"
    r"|ខ្ញុំឈ្មោះ|ឈ្មោះរបស់ខ្ញុំ|ខ្ញុំជា.{0,20}តែម្នាក់|제 이름|내 이름|저는 유일|меня зовут|мо[её] имя|я единственн"
    r"|ang pangalan ko|pangalan ko ay|ako lang ang|tôi tên|tên tôi|tên của tôi|tôi là người duy nhất",
    re.IGNORECASE,
)
WORDS = {
    "email": _("an email address"),
    "telephone": _("a telephone number"),
    "self": _("words that say who you are"),
    "number": _("a personal number or a date of birth"),
}


def found_in(text: str) -> list[str]:
    """Keys of WORDS, for what the text seems to hold."""
    plain = unicodedata.normalize("NFKC", text)[:LONGEST].replace("’", "'")
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    hits = {"email": EMAIL.search(plain), "telephone": TELEPHONE.search(plain), "self": NAMES_SELF.search(plain)}
    return [key for key, hit in hits.items() if hit] + (["number"] if personal_numbers.found_in(plain) else [])
