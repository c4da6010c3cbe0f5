"""The text of a page or snippet in one language, in a form in which equal texts are equal, and its hash."""

import hashlib
import json
import re
from collections.abc import Iterator

from wagtail.fields import StreamField

from lacare_site import languages
from pages import translated

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
EMPTY_RICH_TEXT = re.compile(r"(<p[^>]*>\s*</p>\s*)*")
PARAGRAPH_ENDS = re.compile(r"(?<=</p>)|(?<=</li>)|(?<=</h[2-4]>)")


def text_of(instance, code: str) -> dict[str, object]:
    """The translated fields of `instance` in language `code` that have a text, without what an editor's form adds to it.

    A model whose texts do not stand in translated fields alone says so by a method `other_texts(code) -> dict`.
    """
    suffix = languages.get(code).field_suffix
    found = {}
    for name in sorted(translated.field_names(type(instance))):
        field = instance._meta.get_field(f"{name}_{suffix}")
        if text := text_in(field, getattr(instance, field.attname)):
            found[name] = text
    if hasattr(instance, "other_texts"):
        found |= instance.other_texts(code)
    return found


def text_in(field, value):
    """The value that a translated field has, without what an editor's form adds to it."""
    return without_ids(list(value.raw_data) if isinstance(field, StreamField) and value else value)


def without_ids(value):
    """Drops block ids and block keys, which change without the text changing, and rich text that holds nothing."""
    if isinstance(value, dict):
        return {name: without_ids(child) for name, child in value.items() if name != "id" or isinstance(child, int)}
    if isinstance(value, (list, tuple)):
        return [without_ids(child) for child in value]
    if isinstance(value, str):
        return "" if is_empty_rich_text(value) else BLOCK_KEY.sub("", value).strip()
    return value if value is not None else ""


def is_empty_rich_text(value) -> bool:
    """True of what an emptied rich text editor leaves behind."""
    return isinstance(value, str) and bool(EMPTY_RICH_TEXT.fullmatch(value.strip()))


def parts_of(text: dict[str, object]) -> dict[str, object]:
    """A text by its smallest parts, each by its place, such as `heading` or `body/3/value/0`: fields, parts of blocks, paragraphs."""
    return dict(_parts("", text))


def _parts(place: str, value) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    elif isinstance(value, str) and len(paragraphs := [part for part in PARAGRAPH_ENDS.split(value) if part.strip()]) > 1:
        children = enumerate(paragraphs)
    else:
        yield place, value
        return
    for name, child in children:
        yield from _parts(f"{place}/{name}" if place else str(name), child)


def field_of(place: str) -> str:
    """The name of the field in which a part of a text stands."""
    return place.partition("/")[0]


def hash_of(text: dict[str, object]) -> str:
    """SHA-256 of a text; "" of none. Keys are sorted, since PostgreSQL's jsonb gives them back in an order of its own."""
    if not text:
        return ""
    return hashlib.sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
