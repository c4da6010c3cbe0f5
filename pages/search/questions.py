"""A visitor's question, taken apart into the words to look for."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lacare_site import languages

from . import analysis, vocabulary

LONGEST_QUESTION = 100  # characters
UNSEEN = {"Cc", "Cs", "Co", "Cn"}  # categories: control characters, halves of characters, unassigned
MOST_WORDS = 16  # SQLite and PostgreSQL both bound the depth of a query


@dataclass(frozen=True)
class Question:
    """`groups` holds for each word that counts its term, then its synonyms; `phrase` all terms as they were typed.

    A synonym is a term, or several, separated by spaces, that follow each other. `shares` holds for each term its share in the word that
    it comes from: "Medi-Cal" is two terms, but one word.
    """

    text: str
    language: str
    groups: tuple[tuple[str, ...], ...]
    phrase: str
    shares: dict[str, float]

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term that is a find by itself, synonyms included."""
        return frozenset(term for group in self.groups for term in group if " " not in term)

    @cached_property
    def telling(self) -> tuple[tuple[str, ...], ...]:
        """The groups that say what is looked for, not only that a telephone line is; may be none."""
        return tuple(group for group in self.groups if group[0] not in line_terms(self.language))


def clean(text: str) -> str:
    """What was typed, on one line, without control characters, cut to the longest question."""
    text = unicodedata.normalize("NFC", text[: LONGEST_QUESTION * 4])
    shown = "".join(" " if unicodedata.category(character) in UNSEEN else character for character in text)
    return " ".join(shown.split())[:LONGEST_QUESTION].strip()


@lru_cache(maxsize=1000)
def parse(text: str, language: str) -> Question:
    """The question that a text (cleaned) asks of the pages in a language."""
    asked = _with_our_phrases(text) if language == languages.DEFAULT else text
    words = list(analysis.words(asked, language))
    terms = [term for word in words for term in word.terms]
    shares = {term: 1 / len(word.terms) for word in words for term in word.terms}
    counting = [term for term in terms if term not in stop_terms(language)] or terms
    others = _synonyms_of(terms, language)
    groups = tuple((term, *others.get(term, ())) for term in dict.fromkeys(counting[:MOST_WORDS]))
    return Question(text, language, groups, " ".join(terms[:MOST_WORDS]), shares)


@lru_cache(maxsize=16)
def stop_terms(language: str) -> frozenset[str]:
    return frozenset(_terms(vocabulary.of(language).stop_words, language))


@lru_cache(maxsize=16)
def line_terms(language: str) -> frozenset[str]:
    """The terms that say that a telephone line is meant, not which."""
    return frozenset(_terms(vocabulary.of(language).line_words, language))


def _synonyms_of(terms: list[str], language: str) -> dict[str, tuple[str, ...]]:
    """For each of the terms that belongs to a known expression the other expressions that ask for the same."""
    found: dict[str, list[str]] = {}
    typed = f" {' '.join(terms)} "
    for expression, others in _synonyms(language).items():
        if f" {expression} " in typed:
            for term in expression.split():
                found.setdefault(term, []).extend(others)
    return {term: tuple(dict.fromkeys(others)) for term, others in found.items()}


@lru_cache(maxsize=16)
def _synonyms(language: str) -> dict[str, list[str]]:
    """For each expression (its terms, separated by spaces) those that ask for the same."""
    found: dict[str, list[str]] = {}
    for line in vocabulary.of(language).synonyms:
        expressions = list(dict.fromkeys(" ".join(_terms(words, language)) for words in line))
        for expression in expressions:
            known = found.setdefault(expression, [])
            known += [other for other in expressions if other != expression and other not in known]
    return found


def _terms(text: str, language: str) -> Iterator[str]:
    return (term for word in analysis.words(text, language) for term in word.terms)


def _with_our_phrases(text: str) -> str:
    phrases = vocabulary.of(languages.DEFAULT).phrases
    return _phrases().sub(lambda match: phrases[" ".join(match.group().lower().split())], text)


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern:
    longest_first = sorted(vocabulary.of(languages.DEFAULT).phrases, key=len, reverse=True)
    patterns = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)
