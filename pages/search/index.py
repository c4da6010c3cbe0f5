"""Asking the index for candidates.

Wagtail's search writes the index, and is not asked: its queries rank all matches in SQL, which at 10,000 pages takes minutes on
SQLite and reads the whole table on PostgreSQL.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Length

from .models import SearchEntry
from .questions import Question


class Dialect(NamedTuple):
    """How a database's index is asked: SQL that gives the ids of the entries for an expression, and how the expression is written."""

    sql: str
    term: str
    and_: str
    or_: str


SQLITE = Dialect(
    "SELECT CAST(entry.object_id AS INTEGER) FROM wagtailsearch_indexentry_fts AS words"
    " JOIN wagtailsearch_indexentry AS entry ON entry.id = words.rowid WHERE wagtailsearch_indexentry_fts MATCH %s",
    '"{}"',
    " AND ",
    " OR ",
)
POSTGRESQL = Dialect(
    "SELECT object_id::bigint FROM wagtailsearch_indexentry WHERE body @@ to_tsquery('simple', %s)", "'{}'", " & ", " | "
)
# How many entries are read of those that have words of the question in their title, and of the others: on a large site a common word
# stands on thousands of pages.
MOST_BY_TITLE, MOST_BY_TEXT = 500, 200


def entries(question: Question) -> QuerySet[SearchEntry]:
    """The entries in the question's language that have at least one of its words (or of their synonyms), as many as are read.

    Those with all of them come first (`has_all_words`), then those with most of them in the title, the shortest title first.
    """
    # Of a synonym of several words the index is asked for the words, in any order: the ranking looks at the order.
    anywhere = [_some_of(_all_of(map(_term, synonym.split())) for synonym in group) for group in question.groups]
    in_title = [_some_of(_all_of(map(_term_in_title, synonym.split())) for synonym in group) for group in question.groups]
    with_all = [
        (_all_of(in_title), MOST_BY_TITLE),
        (_all_of([*anywhere, _some_of(in_title)]), MOST_BY_TITLE),
        (_all_of(anywhere), MOST_BY_TEXT),
    ]
    with_some = [(_some_of(in_title), MOST_BY_TITLE), (_some_of(anywhere), MOST_BY_TEXT)]
    is_one_word = len(question.groups) == 1
    return (
        SearchEntry.objects.filter(pk__in=_ids(question.language, with_some if is_one_word else with_all + with_some))
        .annotate(
            path=F("page__path"),
            has_all_words=Value(True)
            if is_one_word
            else Case(When(pk__in=_ids(question.language, with_all), then=True), default=False),
            title_words=Concat(Value(" "), "title_terms", Value(" "), output_field=TextField()),
        )
        .order_by("-has_all_words", _words_in_title(question).desc(), Length("title_terms"), "path")
    )


def _ids(language: str, parts: list[tuple[str, int]]) -> RawSQL:
    """The ids of the entries in a language for some expressions, at most so many for each."""
    sql = _dialect().sql
    selects = [f"SELECT * FROM ({sql} LIMIT {most}) AS part{place}" for place, (_expression, most) in enumerate(parts)]  # noqa: S608
    # The language is a term too, which no other record of the index has.
    of_language = _term(SearchEntry.term_of_language(language))
    return RawSQL(" UNION ".join(selects), [_all_of([of_language, expression]) for expression, _most in parts])  # noqa: S611


def _term(term: str) -> str:
    """The term, of letters and digits alone, as an expression."""
    return _dialect().term.format(term)


def _term_in_title(term: str) -> str:
    return _term(SearchEntry.term_of_title(term))


def _all_of(expressions: Iterable[str]) -> str:
    return f"({_dialect().and_.join(expressions)})"


def _some_of(expressions: Iterable[str]) -> str:
    return f"({_dialect().or_.join(expressions)})"


def _dialect() -> Dialect:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def _words_in_title(question: Question):
    """How many of the question's words the title has."""
    groups = [Q(*(("title_words__contains", f" {term} ") for term in group), _connector=Q.OR) for group in question.groups]
    cases = [Case(When(group, then=1), default=0, output_field=IntegerField()) for group in groups]
    return sum(cases[1:], start=cases[0])
