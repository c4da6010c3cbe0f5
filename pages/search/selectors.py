"""Finding pages: candidates from the database's index, their order from ranking.py."""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.safestring import SafeString

from lacare_site import languages
from pages import links, translated
from pages.models.base import SitePage

from . import index, questions, ranking, snippets, texts
from .candidates import Candidate
from .models import SearchEntry
from .questions import Question

MOST_CANDIDATES = 200
ENOUGH = 20  # pages with all words of a question: then those with only some are left out


@dataclass(frozen=True)
class Hit:
    """A page that was found in one language: what stands in the list before its text is read."""

    candidate: Candidate
    question: Question


@dataclass(frozen=True)
class Result:
    """A hit as the result page shows it."""

    url: str
    title: SafeString
    snippet: SafeString
    trail: list[translated.Translated]  # the headings of the sections above the page
    language: str
    is_fallback: bool

    @property
    def attrs(self) -> SafeString:
        return translated.Translated(self.title, self.language, self.is_fallback).attrs


@dataclass(frozen=True)
class Found:
    hits: list[Hit]
    unknown: list[str]  # terms of the question, in the visitor's language, that no page has


def find(text: str, language: str) -> Found:
    """The hits for a cleaned question: pages in the visitor's language, then the other pages in English."""
    question = questions.parse(text, language)
    candidates = _candidates(question)
    hits = [Hit(candidate, question) for candidate in candidates]
    if language != languages.DEFAULT:
        shown = {candidate.page_id for candidate in candidates}
        english = questions.parse(text, languages.DEFAULT)
        hits += [Hit(candidate, english) for candidate in _candidates(english) if candidate.page_id not in shown]
    return Found(hits, ranking.words_without_hit(question, candidates))


def results(hits: list[Hit], language: str) -> list[Result]:
    """What is shown of some hits, with two queries."""
    step = SitePage.steplen
    paths = {hit.candidate.path[:length] for hit in hits for length in range(step, len(hit.candidate.path) + 1, step)}
    pages = {page.path: page for page in links.query(Q(path__in=paths))}
    # A page taken off the site between two queries is left out.
    hits = [hit for hit in hits if hit.candidate.path in pages]
    withheld = {
        hit.candidate.page_id
        for hit in hits
        if hit.question.language != languages.DEFAULT and pages[hit.candidate.path].is_withheld
    }
    wanted = Q(pk__in=[hit.candidate.entry_id for hit in hits]) | Q(page__in=withheld, language=languages.DEFAULT)
    entries = {entry.pk: entry for entry in SearchEntry.objects.filter(wanted).only("page_id", "language", "title", "body")}
    english = {entry.page_id: entry for entry in entries.values() if entry.language == languages.DEFAULT}
    hits = [_as_english(hit, english) if hit.candidate.page_id in withheld else hit for hit in hits]
    return [_result(hit, pages, entries, language) for hit in hits]


def _as_english(hit: Hit, english: dict[int, SearchEntry]) -> Hit:
    """A critical page that nobody has signed in the visitor's language is found by its words, and quoted in English."""
    entry = english.get(hit.candidate.page_id)
    if not entry:
        return hit
    candidate = replace(hit.candidate, entry_id=entry.pk, title=entry.title, language=entry.language)
    return Hit(candidate, replace(hit.question, language=languages.DEFAULT))


def _result(hit: Hit, pages: dict[str, links.LinkedPage], entries: dict[int, SearchEntry], language: str) -> Result:
    candidate, question = hit.candidate, hit.question
    entry = entries.get(candidate.entry_id)
    above = [page for path, page in sorted(pages.items()) if candidate.path.startswith(path) and path != candidate.path]
    return Result(
        url=pages[candidate.path].url,
        title=snippets.marked(candidate.title, question),
        snippet=snippets.snippet(texts.with_numbers(entry.body if entry else ""), question),
        trail=[page.heading for page in above if page.type_name not in ("folderpage", "homepage")],
        language=question.language,
        is_fallback=question.language != language,
    )


def _candidates(question: Question) -> list[Candidate]:
    """At most MOST_CANDIDATES pages in order: those with all words, and where these are few, also those with some."""
    if not question.groups:
        return []
    fields = (
        "has_all_words",
        "pk",
        "page_id",
        "path",
        "page__url_path",
        "language",
        "title",
        "title_terms",
        "body_terms",
        "page__contact_keys",
    )
    rows = list(index.entries(question).values_list(*fields)[:MOST_CANDIDATES])
    complete = [row for row in rows if row[0]]
    chosen = complete if len(complete) >= ENOUGH else rows
    return ranking.in_order(question, [Candidate(*row[1:]) for row in chosen])
