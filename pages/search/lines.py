"""Telephone lines that answer a question: often a person needs the number, not a page."""

from collections import Counter
from dataclasses import dataclass

from pages import translated
from pages.contacts import selectors as contacts
from pages.contacts.models import ContactLine

from . import analysis, questions, vocabulary
from .questions import Question

MOST_LINES = 5
FEWEST_DIGITS = 7  # of a number that is asked for by itself


@dataclass(frozen=True)
class Lines:
    """The lines, the best first, and (in English) which of their questions was asked: "nurse line"."""

    lines: list[ContactLine]
    asked: str

    @property
    def are_by_plan(self) -> bool:
        return sum(bool(line.plan) for line in self.lines) > 1


def for_question(question: Question) -> Lines:
    """The lines whose keywords the question has, whose label or topic it names, or whose number it is."""
    digits = "".join(character for character in question.text if character.isdecimal())
    if len(digits) >= FEWEST_DIGITS:
        return Lines([line for line in contacts.lines().values() if digits in f"{line.dial}{line.extension}"], "")
    found = [(len(words), asked, line) for line in contacts.lines().values() for words, asked in [_fit(question, line)] if words]
    best = max((count for count, _asked, _line in found), default=0)
    near = sorted((row for row in found if row[0] * 2 >= best), key=lambda row: -row[0])[:MOST_LINES]
    return Lines([line for _count, _asked, line in near], near[0][1] if near else "")


def _fit(question: Question, line: ContactLine) -> tuple[set[str], str]:
    """The question's words that the line answers, and the keyword with most of them."""
    typed = Counter(question.phrase.split())
    words = {group[0] for group in question.groups} - _line_words(question.language)
    fits: list[tuple[set[str], str]] = []
    for keyword in line.keywords.splitlines():
        asked = _words_of(keyword, "en")
        if asked and asked <= typed:
            fits.append((set(asked), keyword))
    label = translated.of(line, "label")
    if label.language == question.language:
        named = set(_words_of(str(label), question.language))
        if words and words <= named and len(words) * 2 > len(named):
            fits.append((words, ""))
    if words and words == set(_words_of(line.get_topic_display(), "en")):
        fits.append((words, ""))
    return set().union(*(fit for fit, _keyword in fits)), max(fits, key=lambda fit: len(fit[0]), default=(set(), ""))[1]


def _words_of(text: str, language: str) -> Counter:
    """The text's words that say which line is meant, each as often as it has it; all of them where it has no such word."""
    question = questions.parse(text.strip(), language)
    words = Counter(term for term in question.phrase.split() if (term,) in {group[:1] for group in question.groups})
    return Counter({term: count for term, count in words.items() if term not in _line_words(language)}) or words


def _line_words(language: str) -> set[str]:
    return set(analysis.index_terms(vocabulary.LINE_WORDS, "en").split()) if language == "en" else set()
