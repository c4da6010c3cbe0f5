"""Asking the index for candidates.

Wagtail's search writes the index, and is not asked: its queries rank all matches in SQL, which at 10,000 pages takes minutes on
SQLite and reads the whole table on PostgreSQL.
"""

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Length

from .models import SearchEntry
from .questions import Question

# SQL that gives the ids of the entries for an expression, then how the expression is written.
ON_SQLITE = (
    "SELECT CAST(entry.object_id AS INTEGER) FROM wagtailsearch_indexentry_fts AS words"
    " JOIN wagtailsearch_indexentry AS entry ON entry.id = words.rowid WHERE wagtailsearch_indexentry_fts MATCH %s",
    '"{}"',
    " AND ",
    " OR ",
)
ON_POSTGRESQL = (
    "SELECT object_id::bigint FROM wagtailsearch_indexentry WHERE body @@ to_tsquery('simple', %s)",
    "'{}'",
    " & ",
    " | ",
)


def entries(question: Question) -> QuerySet[SearchEntry]:
    """The entries in the question's language that have at least one of its words (or of their synonyms).

    Those with all of them come first (`has_all_words`), then those with most of them in the title, the shortest title first.
    """
    all_words, some_words = _having(question, all_words=True), _having(question, all_words=False)
    return (
        SearchEntry.objects.filter(pk__in=some_words)
        .annotate(
            path=F("page__path"),
            has_all_words=Case(When(pk__in=all_words, then=True), default=False),
            title_words=Concat(Value(" "), "title_terms", Value(" "), output_field=TextField()),
        )
        .order_by("-has_all_words", _words_in_title(question).desc(), Length("title_terms"), "path")
    )


def _having(question: Question, all_words: bool) -> RawSQL:
    """The ids of the entries with all of the question's words, or with some."""
    sql, term_form, and_, or_ = ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE
    # Of a synonym of several words the index is asked for the words, in any order: the ranking looks at the order.
    groups = [
        "(" + or_.join(f"({and_.join(term_form.format(term) for term in synonym.split())})" for synonym in group) + ")"
        for group in question.groups
    ]
    # The language is a term too, which no other record of the index has.
    language = term_form.format(SearchEntry.term_of_language(question.language))
    expression = f"{language}{and_}({(and_ if all_words else or_).join(groups)})"
    return RawSQL(sql, [expression])  # noqa: S611 constant, with letters and digits as its one parameter


def _words_in_title(question: Question):
    """How many of the question's words the title has."""
    groups = [Q(*(("title_words__contains", f" {term} ") for term in group), _connector=Q.OR) for group in question.groups]
    cases = [Case(When(group, then=1), default=0, output_field=IntegerField()) for group in groups]
    return sum(cases[1:], start=cases[0])
