"""The languages of the site: one table, from which everything else about languages is derived.

A language's code is its IETF tag in lower case, as Django writes it and as it stands in addresses.
"""

from dataclasses import dataclass

from django.conf.locale import LANG_INFO

DEFAULT = "en"


@dataclass(frozen=True)
class Language:
    code: str
    name: str  # in English
    own_name: str  # in the language itself
    script: str  # ISO 15924
    direction: str = "ltr"

    @property
    def tag(self) -> str:
        """The tag for `lang` and `hreflang` attributes (BCP 47 casing, as in `zh-Hant`)."""
        primary, _, script = self.code.partition("-")
        return f"{primary}-{script.title()}" if script else primary

    @property
    def field_suffix(self) -> str:
        """The ending of this language's columns in the database (`heading_zh_hant`)."""
        return self.code.replace("-", "_")


LANGUAGES = (
    Language("en", "English", "English", "Latn"),
    Language("es", "Spanish", "Español", "Latn"),
    Language("zh-hant", "Chinese (traditional)", "繁體中文", "Hant"),
    Language("ko", "Korean", "한국어", "Kore"),
    Language("hy", "Armenian", "Հայերեն", "Armn"),
    Language("ru", "Russian", "Русский", "Cyrl"),
    Language("tl", "Tagalog", "Tagalog", "Latn"),
    Language("vi", "Vietnamese", "Tiếng Việt", "Latn"),
    Language("fa", "Farsi", "فارسی", "Arab", "rtl"),
    Language("km", "Khmer (Cambodian)", "ភាសាខ្មែរ", "Khmr"),
    Language("ar", "Arabic", "العربية", "Arab", "rtl"),
)

BY_CODE = {language.code: language for language in LANGUAGES}


def get(code: str) -> Language:
    """The language of a code; English for a code that is none of ours."""
    return BY_CODE.get(code, BY_CODE[DEFAULT])


def choices() -> list[tuple[str, str]]:
    """(code, English name) of each, for forms of the admin."""
    return [(language.code, language.name) for language in LANGUAGES]


def for_settings() -> list[tuple[str, str]]:
    """The value of Django's LANGUAGES. Completes LANG_INFO, which has no Tagalog and no Khmer name."""
    for language in LANGUAGES:
        LANG_INFO[language.code] = {
            "bidi": language.direction == "rtl",
            "code": language.code,
            "name": language.name,
            "name_local": language.own_name,
        }
    return [(language.code, language.name) for language in LANGUAGES]
