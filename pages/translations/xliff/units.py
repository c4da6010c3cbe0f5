"""What of a text a translator gets: its words in segments. Which blocks there are, and in which order, comes from the English."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from modeltranslation.utils import build_localized_fieldname
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField

from lacare_site import languages
from pages import translated
from pages.translations.fidelity import BLOCKS_OF_TEXT
from pages.translations.texts import BLOCK_KEY, without_ids

from .rich_text import Codes, Parts, html_of, parts_by, parts_of, segmented


@dataclass(frozen=True)
class Segment:
    """A piece of the English that is translated as one: a heading, a paragraph, an item."""

    id: str  # its place in the field, such as `body.3-steps.steps.2.text.1`
    parts: Parts
    codes: Codes
    is_rich: bool
    max_length: int | None

    def text_of(self, parts: Parts) -> str:
        """What the database holds for these words and codes."""
        return html_of(parts, self.codes) if self.is_rich else "".join(parts)


Visit = Callable[[str, str, bool, int | None], str]  # (id, text, is rich, maximum length) -> the text to stand there


def segments_of(instance) -> dict[str, list[Segment]]:
    """By field the segments of a text's English, in the order of the form; fields without words are left out."""
    names, found = translated.field_names(type(instance)), {}
    for name in [field.name for field in instance._meta.fields if field.name in names]:
        segments = []
        _walk_field(instance, name, _value(instance, name, languages.DEFAULT), partial(_note_segment, segments))
        if segments:
            found[name] = segments
    return found


def _note_segment(segments: list[Segment], place: str, text: str, is_rich: bool, max_length: int | None) -> str:
    parts, codes = parts_of(text) if is_rich else ((text,), {})
    segments.append(Segment(place, parts, codes, is_rich, max_length))
    return ""


def targets_of(english, draft, code: str, name: str, segments: list[Segment]) -> dict[str, Parts] | None:
    """The words of the draft's field in a language, by id of the English segment; {} where it has none.

    None where it has other blocks, paragraphs or marks than the English, so that its words cannot be told apart by segment.
    """
    translation = _value(draft, name, code)
    if not translation:
        return {}
    found = {}
    if _skeleton(english, name, languages.DEFAULT, {}) != _skeleton(draft, name, code, found):
        return None
    targets = {
        segment.id: parts_by(found[segment.id], segment.codes) if segment.is_rich else (found[segment.id],)
        for segment in segments
    }
    return None if None in targets.values() else targets


def _skeleton(instance, name: str, code: str, found: dict[str, str]):
    """A field without its words, which go into `found`."""

    def visit(place, text, _is_rich, _max_length):
        found[place] = text
        return "\0"

    return _without_empty(without_ids(_walk_field(instance, name, _value(instance, name, code), visit)))


def _without_empty(value):
    if isinstance(value, dict):
        return {key: _without_empty(child) for key, child in value.items() if child not in (None, "")}
    return [_without_empty(child) for child in value] if isinstance(value, list) else value


def translation_of(english, name: str, segments: list[Segment], targets: dict[str, Parts]):
    """The value of a field in another language: the English with these words in place of its own."""
    texts = {segment.id: segment.text_of(targets[segment.id]) for segment in segments}
    value = _value(english, name, languages.DEFAULT)
    raw = _walk_field(english, name, value, lambda place, *_rest: texts[place])
    return StreamValue(value.stream_block, raw, is_lazy=True) if isinstance(value, StreamValue) else raw


def _value(instance, name: str, code: str):
    return getattr(instance, build_localized_fieldname(name, code))


def _walk_field(instance, name: str, value, visit: Visit):
    """A field's value as the database holds it, with what `visit` gives in place of each text."""
    field = instance._meta.get_field(name)
    if isinstance(field, StreamField):
        return _walk(value.stream_block, list(value.raw_data), name, visit) if value else []
    if isinstance(field, RichTextField):
        return _walk_rich(value or "", name, visit)
    return visit(name, value, False, field.max_length) if value and value.strip() else ""


def _walk(block: blocks.Block | None, value, place: str, visit: Visit):
    if isinstance(block, blocks.StreamBlock):
        return [
            {
                **child,
                "value": _walk(block.child_blocks.get(child["type"]), child["value"], f"{place}.{number}-{child['type']}", visit),
            }
            for number, child in enumerate(value or [], start=1)
        ]
    if isinstance(block, blocks.StructBlock):
        return {name: _walk(block.child_blocks.get(name), child, f"{place}.{name}", visit) for name, child in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [_walk_item(block, child, f"{place}.{number}", visit) for number, child in enumerate(value or [], start=1)]
    if isinstance(block, blocks.RichTextBlock):
        return _walk_rich(value or "", place, visit)
    if isinstance(block, BLOCKS_OF_TEXT) and value and value.strip():
        return visit(place, value, False, getattr(block.field, "max_length", None))
    return value


def _walk_item(block: blocks.ListBlock, child, place: str, visit: Visit):
    if isinstance(child, dict) and child.get("type") == "item":
        return {**child, "value": _walk(block.child_block, child["value"], place, visit)}
    return _walk(block.child_block, child, place, visit)


def _walk_rich(html: str, place: str, visit: Visit) -> str:
    return segmented(BLOCK_KEY.sub("", html), lambda number, run: visit(f"{place}.{number}", run, True, None))
