"""Whether a translation says what its English says, as far as a machine can tell: blocks, links, lines, numbers and names.

It does not judge words: that is what a qualified reviewer signs (ledger.py).
"""

import re
from collections import Counter
from html import unescape

from wagtail import blocks

from pages.blocks import BLOCKS
from pages.content.loader.files import read_data

from .fidelity_numbers import numbers_in, numbers_in_words

TAG = re.compile(r"<[^>]*>")
OUTLINE = re.compile(r"<(h[2-6]|ol|ul|li)\b")
END_OF_PARAGRAPH = re.compile(r"</(?:p|li|h[2-6])>(?=.)", re.DOTALL)
LINK = re.compile(r"<a\b[^>]*>")
PHONE = re.compile(r'<embed\b[^>]*\bkey="([^"]*)"')
TARGET = re.compile(r'\b(?:id|href)="([^"]*)"')
NAMES = {name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in read_data("names")}
BLOCKS_OF_TEXT = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)


def differences(english: dict, translation: dict, code: str) -> list[str]:
    """What differs in a translation into language `code`, a sentence for each difference; both as texts.text_of gives them.

    A field that has no translation is no difference: English is shown in its place.
    """
    found = []
    for field, text in translation.items():
        if field not in english:
            found.append(f"{field}: the English has no such text.")
        elif text:
            found += _compare(field, field, english[field], text, code)
    return found


def _compare(place: str, name: str, english, translation, code: str) -> list[str]:
    """`name` is that of the field or of the innermost part of a block, which says whether a string is a text."""
    if type(english) is not type(translation):
        return [f"{place}: is of another kind than in English."]
    if isinstance(english, list):
        return _compare_lists(place, name, english, translation, code)
    if isinstance(english, dict):
        if english.keys() != translation.keys():
            return [f"{place}: has the parts {_listed(translation)}; in English {_listed(english)}."]
        found = []
        for part, value in english.items():
            found += _compare(f"{place}, {part}", part, value, translation[part], code)
        return found
    if isinstance(english, str) and name not in VALUES:
        return [f"{place}: {difference}" for difference in _compare_texts(english, translation, code)]
    return [] if english == translation else [f"{place}: is {translation!r}, in English {english!r}."]


def _compare_lists(place: str, name: str, english: list, translation: list, code: str) -> list[str]:
    kinds, other_kinds = _kinds(english), _kinds(translation)
    if kinds != other_kinds:
        if set(kinds + other_kinds) == {"item"}:
            return [f"{place}: has {len(other_kinds)} items, in English {len(kinds)}."]
        return [f"{place}: has the blocks {_listed(other_kinds)}; in English {_listed(kinds)}."]
    found = []
    for number, (kind, one, other) in enumerate(zip(kinds, english, translation, strict=True), start=1):
        here = f"{place} {number}" if kind == "item" else f"{place}, block {number} ({kind})"
        found += _compare(here, name, _value(one), _value(other), code)
    return found


def _kinds(children: list) -> list[str]:
    return [child["type"] if _is_block(child) else "item" for child in children]


def _value(child):
    return child["value"] if _is_block(child) else child


def _is_block(child) -> bool:
    return isinstance(child, dict) and "type" in child and "value" in child


def _compare_texts(english: str, translation: str, code: str) -> list[str]:
    if bool(english.strip()) != bool(translation.strip()):
        return ["is empty, in English it is not." if english.strip() else "has a text, in English it is empty."]
    found = []
    if OUTLINE.findall(english) != OUTLINE.findall(translation):
        found.append("the headings and lists are not those of the English.")
    # Paragraph by paragraph, lest what belongs to one stand in another; as a whole where the translation has others.
    paragraphs, others = END_OF_PARAGRAPH.split(english), END_OF_PARAGRAPH.split(translation)
    if len(paragraphs) != len(others):
        return found + _compare_paragraphs(english, translation, code)
    for number, (one, other) in enumerate(zip(paragraphs, others, strict=True), start=1):
        place = f"paragraph {number}, " if len(paragraphs) > 1 else ""
        found += [f"{place}{difference}" for difference in _compare_paragraphs(one, other, code)]
    return found


def _compare_paragraphs(english: str, translation: str, code: str) -> list[str]:
    found = _compare_counts("the link to", _links(english), _links(translation))
    found += _compare_counts("the telephone line", Counter(PHONE.findall(english)), Counter(PHONE.findall(translation)))
    english, translation = _plain(english), _plain(translation)
    found += _compare_numbers(english, translation, code)
    found += [
        f"the name {name} is missing." for name, pattern in NAMES.items() if pattern.search(english) and name not in translation
    ]
    return found


def _compare_numbers(english: str, translation: str, code: str) -> list[str]:
    """A number in figures may stand in words in the other text. One in words, such as the three of "which of the three", may be the
    translator's own: it is a fault only where the English has another in words that is lost."""
    figures, other_figures = numbers_in(english, "en"), numbers_in(translation, code)
    words, other_words = numbers_in_words(english, "en"), numbers_in_words(translation, code)
    differing = (figures - other_figures - other_words) | (other_figures - figures - words)
    found = _compare_counts(
        "the number", *(Counter({key: found[key] for key in differing}) for found in (figures, other_figures))
    )
    lost, added = set(words).difference(other_words, other_figures), set(other_words).difference(words, figures)
    if lost and added:
        found.append(f"has the number {_listed(sorted(added))} in words, in English {_listed(sorted(lost))}.")
    return found


def _links(text: str) -> Counter:
    """Where its links lead: ids of pages and addresses elsewhere."""
    return Counter(", ".join(TARGET.findall(tag)) for tag in LINK.findall(text))


def _plain(text: str) -> str:
    """The words of a rich text; several blanks as one, since a name may stand on two lines."""
    return " ".join(re.split(r"[ \n]+", unescape(TAG.sub(" ", text))))


def _compare_counts(what: str, english: Counter, translation: Counter) -> list[str]:
    """Sentences on what occurs less or more often than in English."""
    return [
        f"{what} {value} occurs {_times(translation[value])}, in English {_times(english[value])}."
        for value in sorted(english | translation)
        if english[value] != translation[value]
    ]


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _listed(names) -> str:
    return ", ".join(names) or "none"


def _names_of_values(block: blocks.Block, name: str) -> set[str]:
    """The names of the parts below `block` that hold no text but a choice, a page, an address, a date: the same in all languages."""
    if isinstance(block, blocks.StructBlock):
        return set().union(*(_names_of_values(child, part) for part, child in block.child_blocks.items()))
    if isinstance(block, blocks.ListBlock):
        return _names_of_values(block.child_block, name)
    return set() if isinstance(block, BLOCKS_OF_TEXT) else {name}


VALUES = set().union(*(_names_of_values(block(), name) for name, block in BLOCKS.items()))
