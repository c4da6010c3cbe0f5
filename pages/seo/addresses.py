"""Which addresses of a page search engines are told, in which languages.

A page stands in a language once its heading does, and is not withheld (pages/translations/showing.py). In the others its frame is translated but its text is English: such an
address names the English one as canonical and is no alternate, so that nobody searching in Korean lands on English.
"""

from collections.abc import Container

from django.conf import settings
from django.utils.translation import get_language

from lacare_site import addresses, languages


def absolute(address: str) -> str:
    return settings.BASE_URL + address


def heading_fields() -> dict[str, languages.Language]:
    return {f"heading_{language.field_suffix}": language for language in languages.LANGUAGES}


def in_language(path: str, language: languages.Language) -> str:
    """The absolute address of the page at the English `path`."""
    return absolute(addresses.in_language(path, language.code) or "/")


def languages_of(headings: dict[str, str | None], withheld: Container[str]) -> list[languages.Language]:
    """The languages in which a page with these columns stands, those apart in which it is `withheld` (codes).

    English always does: all others fall back to it.
    """
    return [
        language
        for field, language in heading_fields().items()
        if language.code == languages.DEFAULT or (headings[field] and language.code not in withheld)
    ]


def alternates(path: str, stands_in: list[languages.Language]) -> list[tuple[str, str]]:
    """(hreflang, address) of each language in which the page stands, and of the one for everybody else."""
    found = [(language.tag, in_language(path, language)) for language in stands_in]
    return [*found, ("x-default", in_language(path, languages.get(languages.DEFAULT)))]


def canonical(path: str, stands_in: list[languages.Language]) -> str:
    """The page's address in the active language, or the English one where it has no text in that language."""
    active = languages.get(get_language())
    return in_language(path, active if active in stands_in else languages.get(languages.DEFAULT))
