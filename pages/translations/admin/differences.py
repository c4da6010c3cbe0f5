"""What has changed in the English since a translation was made, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.utils.text import text_from_html

from pages.translations.texts import PARAGRAPH_ENDS, field_of

TOKENS = re.compile(r"\n|[^\S\n]+|\S+")
# Parts of a block that are not words: which block it is, and how it looks.
NOT_WORDS = frozenset({"type", "id", "icon", "kind", "picture"})


# What is no word, but what a translator has to carry over: shown by a word of its own.
MARKS = (
    (re.compile(r'<embed[^>]*\bkey="([^"]*)"[^>]*/?>'), r" [phone: \1] "),
    (re.compile(r'<a [^>]*\bid="(\d+)"[^>]*>(.*?)</a>'), r"\2 [page \1]"),
    (re.compile(r'<a [^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>'), r"\2 [\1]"),
    (re.compile(r"</?(?:b|strong)>"), "*"),
)


def words_of(value) -> str:
    """The words of a text as the ledger holds it, a paragraph a line."""
    return "\n".join(_lines(value))


def _lines(value) -> Iterator[str]:
    if isinstance(value, dict):
        for name, child in value.items():
            if name not in NOT_WORDS:
                yield from _lines(child)
    elif isinstance(value, list):
        for child in value:
            yield from _lines(child)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield f"[{value}]"
    elif isinstance(value, str):
        for mark, shown in MARKS:
            value = mark.sub(shown, value)
        for part in PARAGRAPH_ENDS.split(value):
            if text := " ".join(text_from_html(part).split()):
                yield text


def marked(old: str, new: str) -> SafeString:
    """The new text with what was added in <ins>, and what was taken away in <del>."""
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        taken, added = "".join(before[i:j]), "".join(after[k:m])
        if kind == "equal":
            found.append(conditional_escape(added))
            continue
        if taken:
            found.append(format_html("<del>{}</del>", taken))
        if added:
            found.append(format_html("<ins>{}</ins>", added))
    return format_html_join("", "{}", ((part,) for part in found))


def changed_fields(model, before: dict, now: dict) -> list[tuple[str, SafeString]]:
    """(name for people, marked text) of each field whose text differs, in the order of the model; both as texts.text_of gives them."""
    changed = [field for field in model._meta.get_fields() if before.get(field.name) != now.get(field.name)]
    return [
        (capfirst(field.verbose_name), _marked_field(before.get(field.name, ""), now.get(field.name, ""))) for field in changed
    ]


def _marked_field(before, now) -> SafeString:
    if isinstance(before, dict) and isinstance(now, dict):  # texts by a key of each; the database has an order of its own
        before = {key: before[key] for key in now if key in before} | before
    return marked(words_of(before), words_of(now))


def by_field(parts: dict) -> dict[str, list]:
    """A text by its parts, as texts.parts_of gives them, as one by field that `changed_fields` takes."""
    found = {}
    for place in sorted(parts, key=_order):
        name = next((name for name in place.split("/") if name in NOT_WORDS), "")
        found.setdefault(field_of(place), []).append({name: parts[place]})
    return found


def _order(place: str) -> list[tuple]:
    return [(0, int(name), "") if name.isdecimal() else (1, 0, name) for name in place.split("/")]
