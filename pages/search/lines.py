"""Telephone lines that answer a question: often a person needs the number, not a page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lacare_site import languages
from pages import translated
from pages.contacts import selectors as contacts
from pages.contacts.models import ContactLine

from . import questions
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

    Keywords are English. A question in another language that they do not answer as a whole gets the lines of the first page found in
    its language (of the plans that it names, where it names some); where there is none, those that its words get in English.
    """
    known = contacts.lines().values()
    digits = "".join(character for character in question.text if character.isdecimal())
    if len(digits) >= FEWEST_DIGITS:
        return Lines([line for line in known if digits in f"{line.dial}{line.extension}"])
    answered = _answered_by_line(question, known)
    if question.language == languages.DEFAULT or {group[0] for group in question.telling} <= set().union(*answered.values()):
        return Lines(_best(answered, known))
    if hits and hits[0].question.language == question.language:
        plans = {line.plan for line in known if line.plan and line.key in answered}
        of_page = contacts.lines_of(hits[0].candidate.contact_keys)
        return Lines([line for line in of_page if not (plans and line.plan) or line.plan in plans][:MOST_LINES])
    return for_question(questions.parse(question.text, languages.DEFAULT))


def _best(answered: dict[str, set[str]], known: Iterable[ContactLine]) -> list[ContactLine]:
    """The lines that answer at least half as many words as the best one."""
    most = max(map(len, answered.values()), default=0)
    near = [line for line in known if len(answered.get(line.key, ())) * 2 >= most > 0]
    return sorted(near, key=lambda line: -len(answered[line.key]))[:MOST_LINES]


def _answered_by_line(question: Question, known: Iterable[ContactLine]) -> dict[str, set[str]]:
    """For each line that answers words of the question these words."""
    return {line.key: words for line in known if (words := _answered(question, line))}


def _answered(question: Question, line: ContactLine) -> set[str]:
    """The question's words that the line answers."""
    typed = Counter(question.phrase.split())
    words = {group[0] for group in question.telling}
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
    return Counter({term: count for term, count in words.items() if term not in questions.line_terms(language)}) or words
