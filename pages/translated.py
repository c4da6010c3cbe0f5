"""Translated fields: which a model has, and what a visitor gets of one, with the language that it is really in."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname, resolution_order

from lacare_site import languages


def field_names(model) -> frozenset[str]:
    """The names of a model's translated fields, without a language (`heading`)."""
    return frozenset(get_translatable_fields_for_model(model) or ())


@dataclass(frozen=True)
class Translated:
    """A value with the language that it is in; false when there is none in any language."""

    value: object
    language: str
    is_fallback: bool

    @property
    def attrs(self) -> SafeString:
        """Attributes for the element that shows the value: nothing, or the language and direction of the fallback."""
        if not self.is_fallback:
            return SafeString("")
        language = languages.get(self.language)
        return format_html(' lang="{}" dir="{}"', language.tag, language.direction)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return str(self.value or "")


def of(instance, field: str) -> Translated:
    """The text of a translated field for the active language, or the first fallback that has one."""
    wanted = get_language() or languages.DEFAULT
    # A critical translation that nobody has signed may be withheld (pages/translations/showing.py).
    # And what is a copy of the English says that it is.
    is_withheld = getattr(instance, "shows_english_only", False) or field in getattr(instance, "english_fields", ())
    for code in [languages.DEFAULT] if is_withheld else resolution_order(wanted):
        value = getattr(instance, build_localized_fieldname(field, code))
        if value:
            return Translated(value, code, code != wanted)
    return Translated("", wanted, False)
