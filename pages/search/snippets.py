"""The passage of a page that answers best, with the found words marked."""

import unicodedata
from collections.abc import Iterator

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from . import analysis
from .questions import Question

LENGTH = 220  # characters
BEFORE = 60  # characters shown before the first found word of a long passage


def marked(text: str, question: Question) -> SafeString:
    """The text as HTML, each found word in <mark>; stems, accents and letter forms count as in the search itself."""
    html, place = SafeString(), 0
    for start, end in _finds(text, question):
        html += format_html("{}<mark>{}</mark>", text[place:start], text[start:end])
        place = end
    return html + escape(text[place:])


def snippet(body: str, question: Question) -> SafeString:
    """The part of the text with the most words of the question, its beginning if it has none of them."""
    passages = body.splitlines() or [""]
    best = max(range(len(passages)), key=lambda place: (_different_words(passages[place], question), -place))
    text = passages[best]
    # A short passage, such as a heading, is shown with what follows it.
    while len(text) < LENGTH and best + 1 < len(passages):
        best += 1
        text = f"{text} {passages[best]}" if text.endswith((".", "?", "!", ":", "。", "؟", "។")) else f"{text} · {passages[best]}"
    return marked(_cut(text, question), question)


def _cut(text: str, question: Question) -> str:
    """At most LENGTH characters around the first found word, cut between words where there are any."""
    if len(text) <= LENGTH:
        return text
    first = next(_finds(text, question), (0, 0))[0]
    start = 0 if first + BEFORE < LENGTH else _word_edge(text, first - BEFORE)
    end = _word_edge(text, start + LENGTH) if start + LENGTH < len(text) else len(text)
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _word_edge(text: str, place: int) -> int:
    """The nearest space before a place; the place itself in a script without spaces."""
    space = text.rfind(" ", max(0, place - 30), place)
    return place if space < 0 else space + 1


def _different_words(passage: str, question: Question) -> int:
    terms = {term for word in analysis.words(passage, question.language) for term in (*word.terms, *word.others)}
    return sum(not terms.isdisjoint(group) for group in question.groups)


def _finds(text: str, question: Question) -> Iterator[tuple[int, int]]:
    """Start and end of each found word, in order; pairs of characters that touch are one find."""
    begin = end = None
    for word in analysis.words(text, question.language):
        if question.terms.isdisjoint(word.terms) and question.terms.isdisjoint(word.others):
            continue
        if begin is not None and word.start > end:
            yield _with_signs(text, begin, end)
            begin = None
        begin, end = word.start if begin is None else begin, word.end
    if begin is not None:
        yield _with_signs(text, begin, end)


def _with_signs(text: str, begin: int, end: int) -> tuple[int, int]:
    """A letter keeps its vowel signs: Khmer ones cannot be shown apart from it."""
    while begin > 0 and unicodedata.category(text[begin])[0] == "M":
        begin -= 1
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return begin, end
