"""The order of hits. The databases choose candidates, each in its own way; this orders them alike on both.

A word counts by its rarity among the candidates and by its place: title, other names, opening (the first words, where a page says what it is
about), body. Further points: the page has all words of the question; the words stand in the title, or in the text, as they were
typed; the title says little else.
"""

from math import log2

from lacare_site import languages
from pages.contacts import selectors as contacts
from pages.models.base import SitePage

from . import analysis
from .candidates import Candidate
from .questions import Question

ALL_WORDS = 12  # as much as two words in the title: for "Medi-Cal nurse line" the nurse line, though its page names no plan
IN_TITLE, IN_OTHER_NAME, IN_OPENING, IN_BODY = 6, 4, 2, 1
PHRASE_IN_TITLE, PHRASE_IN_BODY = 5, 2
NOTHING_ELSE_IN_TITLE = 5
OF_LINES = 0.5  # what "line" or "telephone" counts beside "nurse"
FOR_PROVIDERS = -4  # most who search are members; whoever is a provider writes words that members' pages lack
NEXT = 0.01  # what puts a page right before or after another


def in_order(question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, the best first; equals by title.

    A page goes before one above it in the tree where its title has more words of the question, and after it where it has none that the
    other's lacks: "grievance form" is the form, "grievance" all that there is about grievances.
    """
    weights = [_weight(group, question, candidates) for group in question.groups]
    telling = question.telling or question.groups
    of_lines = _terms_of_lines(question.language)
    scores, named = {}, {}
    for candidate in sorted(candidates, key=lambda candidate: candidate.path):  # those above first
        path = candidate.path
        beside = set().union(*(of_lines.get(key, ()) for key in candidate.contact_keys))
        named[path] = {group for group in telling if candidate.in_heading.share(group)}
        scores[path] = _score(question, weights, candidate, telling, beside)
        scores[path] += NOTHING_ELSE_IN_TITLE * candidate.in_heading.part(question.terms) * len(named[path]) / len(telling)
        for above in (path[:length] for length in range(SitePage.steplen, len(path), SitePage.steplen)):
            if not named.get(above):
                continue
            if named[path] <= named[above]:
                scores[path] = min(scores[path], scores[above] - NEXT)
            elif named[path] > named[above]:
                scores[path] = max(scores[path], scores[above] + NEXT)
    return sorted(candidates, key=lambda candidate: (-scores[candidate.path], candidate.title, candidate.path))


def words_without_hit(question: Question, candidates: list[Candidate]) -> list[str]:
    """The terms of those words of the question that no candidate has."""
    return [group[0] for group in question.groups if not any(candidate.has(group) for candidate in candidates)]


def _weight(group: tuple[str, ...], question: Question, candidates: list[Candidate]) -> float:
    """1 for a word that all candidates have, more for one that few have; less for one that only says that a line is meant."""
    having = sum(candidate.has(group) for candidate in candidates)
    rarity = 1 + log2((len(candidates) + 1) / (having + 1))
    return rarity * question.shares[group[0]] * (1 if group in question.telling else OF_LINES)


def _terms_of_lines(language: str) -> dict[str, set[str]]:
    """For each line the terms of its label: they stand beside a page's text, in its help panel."""
    field = f"label_{languages.get(language).field_suffix}"
    labels = {key: getattr(line, field) or line.label_en for key, line in contacts.lines().items()}
    return {key: set(analysis.index_terms(label, language).split()) for key, label in labels.items()}


def _score(question: Question, weights: list[float], candidate: Candidate, telling: tuple, beside: set[str]) -> float:
    """What the candidate is worth by itself; `telling` are the words that it must have, `beside` the terms that stand beside its text."""
    score, found = 0.0, {group for group in question.groups if group[0] in beside}
    for group, weight in zip(question.groups, weights, strict=True):
        in_name, in_body = candidate.in_names.share(group), candidate.in_body.share(group)
        in_title = max(IN_TITLE * candidate.in_heading.share(group), IN_OTHER_NAME * in_name)
        often = 1 + log2(1 + candidate.in_body.number_of(group)) / 4
        score += weight * (in_title + IN_OPENING * candidate.in_opening.share(group) + IN_BODY * in_body * often)
        if in_name or in_body:
            found.add(group)
    if found.issuperset(telling):
        score += ALL_WORDS
    if " " in question.phrase:
        score += PHRASE_IN_TITLE * candidate.in_names.has(question.phrase) + PHRASE_IN_BODY * candidate.in_body.has(
            question.phrase
        )
    return score + FOR_PROVIDERS * candidate.is_for_providers
