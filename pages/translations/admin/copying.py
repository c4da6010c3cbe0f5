"""Copying the English into the empty fields of another language, as something to write over."""

from copy import deepcopy
from uuid import uuid4

from modeltranslation.utils import build_localized_fieldname
from wagtail.blocks import StreamValue

from lacare_site import languages
from pages import translated
from pages.translations.texts import BLOCK_KEY


def copy_english(source, instance, code: str) -> list[str]:
    """Fills the empty fields of `instance` in language `code` with the English of `source`, without saving it; gives the names of the fields that it filled."""
    filled, beside = [], source.other_texts(languages.DEFAULT) if hasattr(source, "other_texts") else {}
    for name in sorted(translated.field_names(type(instance))):
        column = build_localized_fieldname(name, code)
        english = getattr(source, build_localized_fieldname(name, languages.DEFAULT)) or beside.get(name)
        own = getattr(instance, column)
        wanted = _filled(own, english)
        if wanted != own:
            setattr(instance, column, wanted)
            filled.append(name)
    return filled


def _filled(own, english):
    if isinstance(english, dict):  # texts by a key of each, such as the rows of a menu
        return english | (own or {})
    return own or (_copy(english) if english else own)


def _copy(value):
    if isinstance(value, StreamValue):
        return StreamValue(value.stream_block, [_fresh(block) for block in deepcopy(list(value.raw_data))], is_lazy=True)
    return _fresh(value)


def _fresh(value):
    """The same text with block ids of its own, and without the editor's marks of paragraphs."""
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {key: str(uuid4()) if is_block and key == "id" else _fresh(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_fresh(child) for child in value]
    return BLOCK_KEY.sub("", value) if isinstance(value, str) else value
