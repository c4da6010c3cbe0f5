"""The order of hits. The databases choose candidates, each in its own way; this orders them alike on both.

A page that has all words of the question comes before one that has some. Within these, a word counts by its rarity among the
candidates and by its place: title, opening (the first words, where a page says what it is about), body. Further points: the
words stand in the title, or in the text, as they were typed; the title says little else.
"""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from math import log2

from .questions import Question

ALL_WORDS = 1000  # more than any page can reach otherwise
IN_TITLE, IN_OPENING, IN_BODY = 6, 2, 1
PHRASE_IN_TITLE, PHRASE_IN_BODY = 5, 2
NOTHING_ELSE_IN_TITLE = 5
SYNONYM = 0.5  # what a synonym counts beside the word itself
OPENING = 40  # terms


@dataclass(frozen=True)
class Candidate:
    entry_id: int
    page_id: int
    path: str
    title: str
    title_terms: str
    body_terms: str

    @cached_property
    def in_title(self) -> Counter:
        return Counter(self.title_terms.split())

    @cached_property
    def in_opening(self) -> set[str]:
        return set(self.body_terms.split(maxsplit=OPENING)[:OPENING])

    @cached_property
    def in_body(self) -> Counter:
        return Counter(self.body_terms.split())

    def has(self, group: tuple[str, ...]) -> bool:
        """Whether one of the terms stands anywhere on the page."""
        return any(term in self.in_title or term in self.in_body for term in group)


def in_order(question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, the best first; equals by title."""
    weights = [_rarity(group, candidates) for group in question.groups]
    return sorted(candidates, key=lambda candidate: (-_score(question, weights, candidate), candidate.title, candidate.path))


def words_without_hit(question: Question, candidates: list[Candidate]) -> list[str]:
    """The terms of those words of the question that no candidate has."""
    return [group[0] for group in question.groups if not any(candidate.has(group) for candidate in candidates)]


def _rarity(group: tuple[str, ...], candidates: list[Candidate]) -> float:
    """1 for a word that all candidates have, more for one that few have."""
    having = sum(candidate.has(group) for candidate in candidates)
    return 1 + log2((len(candidates) + 1) / (having + 1))


def _score(question: Question, weights: list[float], candidate: Candidate) -> float:
    score, found = 0.0, 0
    for group, weight in zip(question.groups, weights, strict=True):
        in_title, in_body = _share(group, candidate.in_title), _share(group, candidate.in_body)
        often = 1 + log2(1 + sum(candidate.in_body[term] for term in group)) / 4
        score += weight * (IN_TITLE * in_title + IN_OPENING * _share(group, candidate.in_opening) + IN_BODY * in_body * often)
        found += bool(in_title or in_body)
    if found == len(question.groups):
        score += ALL_WORDS
    if " " in question.phrase:
        score += PHRASE_IN_TITLE * (f" {question.phrase} " in f" {candidate.title_terms} ")
        score += PHRASE_IN_BODY * (f" {question.phrase} " in f" {candidate.body_terms} ")
    asked_for = sum(count for term, count in candidate.in_title.items() if term in question.terms)
    return score + NOTHING_ELSE_IN_TITLE * asked_for / (candidate.in_title.total() or 1)


def _share(group: tuple[str, ...], terms: Container[str]) -> float:
    if group[0] in terms:
        return 1
    return SYNONYM if any(term in terms for term in group[1:]) else 0
