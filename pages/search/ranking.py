"""The order of hits. The databases choose candidates, each in its own way; this orders them alike on both.

A word counts by its rarity among the candidates and by its place: title, other names, opening (the first words, where a page says what it is
about), body. Further points: the page has all words of the question; the words stand in the title, or in the text, as they were
typed; the title says little else.
"""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from math import log2

from . import analysis
from .questions import Question

ALL_WORDS = 12  # as much as two words in the title: for "Medi-Cal nurse line" the nurse line, though its page names no plan
IN_TITLE, IN_OTHER_NAME, IN_OPENING, IN_BODY = 6, 4, 2, 1
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
    contact_keys: list[str]

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
    shown = analysis.index_terms(candidate.title, question.language).split()
    score, found = 0.0, 0
    for group, weight in zip(question.groups, weights, strict=True):
        in_name, in_body = _share(group, candidate.in_title), _share(group, candidate.in_body)
        in_title = max(IN_TITLE * _share(group, shown), IN_OTHER_NAME * in_name)
        often = 1 + log2(1 + sum(candidate.in_body[term] for term in group)) / 4
        score += weight * (in_title + IN_OPENING * _share(group, candidate.in_opening) + IN_BODY * in_body * often)
        found += bool(in_name or in_body)
    if found == len(question.groups):
        score += ALL_WORDS
    if " " in question.phrase:
        score += PHRASE_IN_TITLE * (f" {question.phrase} " in f" {candidate.title_terms} ")
        score += PHRASE_IN_BODY * (f" {question.phrase} " in f" {candidate.body_terms} ")
    return score + NOTHING_ELSE_IN_TITLE * sum(term in question.terms for term in shown) / (len(shown) or 1)


def _share(group: tuple[str, ...], terms: Container[str]) -> float:
    if group[0] in terms:
        return 1
    return SYNONYM if any(term in terms for term in group[1:]) else 0
