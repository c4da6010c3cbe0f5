"""What the ranking knows of a page that may be a hit."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from . import analysis

SYNONYM = 0.5  # what a synonym counts beside the word itself
OPENING = 40  # terms


class Terms:
    """The terms of a text, separated by spaces."""

    def __init__(self, terms: str):
        self.counts = Counter(terms.split())
        self._text = f" {terms} "

    def has(self, expression: str) -> bool:
        """Whether the expression's terms follow each other in the text."""
        return f" {expression} " in self._text if " " in expression else expression in self.counts

    def share(self, group: tuple[str, ...]) -> float:
        """1 where the text has the word, less where it has only a synonym of it, 0 otherwise."""
        if group[0] in self.counts:
            return 1
        return SYNONYM if any(self.has(other) for other in group[1:]) else 0

    def number_of(self, group: tuple[str, ...]) -> int:
        """How often the text has the word or a synonym of one term."""
        return sum(self.counts[term] for term in group)

    def part(self, terms: frozenset[str]) -> float:
        """Which part of the text these terms are."""
        total = self.counts.total()
        return sum(count for term, count in self.counts.items() if term in terms) / total if total else 0


@dataclass(frozen=True)
class Candidate:
    """A page in one language."""

    entry_id: int
    page_id: int
    path: str  # treebeard's
    url_path: str  # Wagtail's
    language: str
    title: str
    title_terms: str
    body_terms: str
    contact_keys: list[str]

    @cached_property
    def in_heading(self) -> Terms:
        """The title as it is shown."""
        return Terms(" ".join(term for word in analysis.words(self.title, self.language) for term in word.terms))

    @cached_property
    def in_names(self) -> Terms:
        """The title and the page's other names, and what they are found by besides."""
        return Terms(self.title_terms)

    @cached_property
    def in_opening(self) -> Terms:
        return Terms(" ".join(self.body_terms.split(maxsplit=OPENING)[:OPENING]))

    @cached_property
    def in_body(self) -> Terms:
        return Terms(self.body_terms)

    @property
    def is_for_providers(self) -> bool:
        return self.url_path.split("/")[2:3] == ["providers"]

    def has(self, group: tuple[str, ...]) -> bool:
        """Whether the word or one of its synonyms stands anywhere on the page."""
        return bool(self.in_names.share(group) or self.in_body.share(group))
