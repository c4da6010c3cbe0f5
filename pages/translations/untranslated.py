"""What a translation still says in English: texts that were copied to be written over, and stand there as they were.

A few words that are the same in both languages may be a name, such as "Nurse Advice Line". They are no such text.
"""

import re
from html import unescape

from wagtail.fields import StreamField

from lacare_site import languages
from pages import translated

from .fidelity import NAMES, TAG, VALUES
from .texts import text_in

LONGEST_NAME = 4  # words
WORD = re.compile(r"[^\W\d_]+")


def places(english: dict, text: dict) -> list[str]:
    """Where in a translation: fields, and blocks of a field. Both texts as texts.text_of gives them."""
    found = []
    for name, own in text.items():
        source = english.get(name)
        if isinstance(own, list) and isinstance(source, list):
            found += [f"{name}, block {number}" for number, block in enumerate(own, 1) if block in source and _is_prose(block)]
        elif own == source and _is_prose(own):
            found.append(name)
    return found


def is_copy(english: dict, text: dict) -> bool:
    """Whether nothing of a text has been translated."""
    return bool(text) and all(own == english.get(name) for name, own in text.items()) and bool(places(english, text))


def english_parts(instance, code: str) -> tuple[frozenset[str], frozenset[str]]:
    """(fields, ids of blocks in its other fields) of `instance` that are English from beginning to end; of those columns that it has read
    already."""
    known, suffix = instance.__dict__, languages.get(code).field_suffix
    fields, ids = set(), set()
    for name in translated.field_names(type(instance)):
        column, english_column = (instance._meta.get_field(f"{name}_{of}") for of in (suffix, languages.DEFAULT))
        own, english = known.get(column.attname), known.get(english_column.attname)
        if own and english and (isinstance(column, StreamField) or own == english):
            text, source = text_in(column, own), text_in(english_column, english)
            if text == source:
                fields |= {name} if _is_prose(text) else set()
            else:
                copied = (block in source and _is_prose(block) for block in text)
                ids |= {block.get("id") for block, is_copied in zip(own.raw_data, copied, strict=True) if is_copied} - {None}
    return frozenset(fields), frozenset(ids)


def _is_prose(value) -> bool:
    if isinstance(value, dict):
        return any(_is_prose(child) for name, child in value.items() if name not in VALUES)
    if isinstance(value, list):
        return any(_is_prose(child) for child in value)
    if not isinstance(value, str):
        return False
    words = unescape(TAG.sub(" ", value)).strip()
    for name, pattern in NAMES.items():
        if name in words:
            words = pattern.sub(" ", words)
    return len(WORD.findall(words)) > LONGEST_NAME or (words.endswith((".", "?", "!")) and bool(WORD.search(words)))
