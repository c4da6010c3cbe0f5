"""Telephone lines that answer a question: often a person needs the number, not a page."""

from collections import Counter
from dataclasses import dataclass

from lacare_site import languages
from pages import translated
from pages.contacts import selectors as contacts
from pages.contacts.models import ContactLine

from . import analysis, questions, vocabulary
from .questions import Question
from .selectors import Hit

MOST_LINES = 5
FEWEST_DIGITS = 7  # of a number that is asked for by itself


@dataclass(frozen=True)
class Lines:
    """The lines, the best first."""

    lines: list[ContactLine]

    @property
    def are_by_plan(self) -> bool:
        return sum(bool(line.plan) for line in self.lines) > 1


def for_question(question: Question, hits: list[Hit] = ()) -> Lines:
    """The lines whose keywords the question has, whose label or topic it names, or whose number it is.

    Keywords are English: a question in another language that names no line gets those of the first page found in its language.
    """
    known = contacts.lines().values()
    digits = "".join(character for character in question.text if character.isdecimal())
    if len(digits) >= FEWEST_DIGITS:
        return Lines([line for line in known if digits in f"{line.dial}{line.extension}"])
    found = [(len(words), line) for line in known if (words := _answered(question, line))]
    if not found and question.language != languages.DEFAULT and hits and hits[0].question.language == question.language:
        return Lines(contacts.lines_of(hits[0].candidate.contact_keys)[:MOST_LINES])
    best = max((count for count, _line in found), default=0)
    near = sorted((row for row in found if row[0] * 2 >= best), key=lambda row: -row[0])[:MOST_LINES]
    return Lines([line for _count, line in near])


def _answered(question: Question, line: ContactLine) -> set[str]:
    """The question's words that the line answers."""
    typed = Counter(question.phrase.split())
    words = {group[0] for group in question.groups} - _line_words(question.language)
    answered: set[str] = set()
    for keyword in line.keywords.splitlines():
        asked = _words_of(keyword, "en")
        if asked and asked <= typed:
            answered |= set(asked)
    label = translated.of(line, "label")
    named = set(_words_of(str(label), question.language)) if label.language == question.language else set()
    if words and words <= named and len(words) * 2 > len(named):
        answered |= words
    if words and words == set(_words_of(line.get_topic_display(), "en")):
        answered |= words
    return answered


def _words_of(text: str, language: str) -> Counter:
    """The text's words that say which line is meant, each as often as it has it; all of them where it has no such word."""
    question = questions.parse(text.strip(), language)
    words = Counter(term for term in question.phrase.split() if (term,) in {group[:1] for group in question.groups})
    return Counter({term: count for term, count in words.items() if term not in _line_words(language)}) or words


def _line_words(language: str) -> set[str]:
    return set(analysis.index_terms(vocabulary.LINE_WORDS, "en").split()) if language == "en" else set()
