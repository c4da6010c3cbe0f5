"""A visitor's question, taken apart into the words to look for."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from . import analysis, vocabulary

LONGEST_QUESTION = 100  # characters
UNSEEN = {"Cc", "Cs", "Co", "Cn"}  # categories: control characters, halves of characters, unassigned
MOST_WORDS = 16  # SQLite and PostgreSQL both bound the depth of a query


@dataclass(frozen=True)
class Question:
    """`groups` holds for each word that counts its term, then those of its synonyms; `phrase` all terms as they were typed."""

    text: str
    language: str
    groups: tuple[tuple[str, ...], ...]
    phrase: str

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term that is a find, synonyms included."""
        return frozenset(term for group in self.groups for term in group)


def clean(text: str) -> str:
    """What was typed, on one line, without control characters, cut to the longest question."""
    text = unicodedata.normalize("NFC", text[: LONGEST_QUESTION * 4])
    shown = "".join(" " if unicodedata.category(character) in UNSEEN else character for character in text)
    return " ".join(shown.split())[:LONGEST_QUESTION].strip()


@lru_cache(maxsize=1000)
def parse(text: str, language: str) -> Question:
    """The question that a text (cleaned) asks of the pages in a language."""
    asked = _with_our_phrases(text) if language == "en" else text
    terms = [term for word in analysis.words(asked, language) for term in word.terms]
    counting = [term for term in terms if term not in stop_terms(language)] or terms
    others = synonyms() if language == "en" else {}
    groups = tuple((term, *others.get(term, ())) for term in dict.fromkeys(counting[:MOST_WORDS]))
    return Question(text, language, groups, " ".join(terms[:MOST_WORDS]))


@lru_cache(maxsize=16)
def stop_terms(language: str) -> frozenset[str]:
    return frozenset(analysis.index_terms(vocabulary.STOP_WORDS.get(language, ""), language).split())


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """For each English term the terms that ask for the same."""
    found: dict[str, tuple[str, ...]] = {}
    for line in vocabulary.SYNONYMS.strip().splitlines():
        terms = list(dict.fromkeys(analysis.index_terms(line, "en").split()))
        for term in terms:
            others = [other for other in terms if other != term]
            found[term] = tuple(dict.fromkeys([*found.get(term, ()), *others]))
    return found


def _with_our_phrases(text: str) -> str:
    return _phrases().sub(lambda match: vocabulary.PHRASES[" ".join(match.group().lower().split())], text)


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern:
    longest_first = sorted(vocabulary.PHRASES, key=len, reverse=True)
    patterns = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)
