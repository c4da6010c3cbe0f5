"""Help with spelling: the nearest words that titles of pages have."""

import re
from difflib import get_close_matches

from . import analysis, questions, vocabulary
from .models import SearchEntry
from .questions import Question

MOST_TITLES = 5000
MOST_CORRECTIONS = 4
NEARNESS = 0.72
SHORTEST_WORD = 4
WORD = re.compile(r"[^\W\d_]+")


def corrected(question: Question, unknown: list[str]) -> str:
    """The question with the words of the `unknown` terms replaced by the nearest known ones; "" if there are none near."""
    suspects = [
        (word.start, word.end)
        for word in analysis.words(question.text, question.language)
        if not set(unknown).isdisjoint(word.terms) and word.end - word.start >= SHORTEST_WORD
    ][:MOST_CORRECTIONS]
    if not suspects:
        return ""
    known = _known_words(question.language)
    text, is_changed = question.text, False
    for start, end in reversed(suspects):
        typed = text[start:end].lower()
        candidates = [word for word in known if abs(len(word) - len(typed)) <= 2]
        for nearest in get_close_matches(typed, candidates, n=1, cutoff=NEARNESS):
            if nearest != typed:  # a synonym that stands on no page is spelt well
                text, is_changed = text[:start] + nearest + text[end:], True
    return text[: questions.LONGEST_QUESTION] if is_changed else ""


def _known_words(language: str) -> list[str]:
    """Words of titles, and those that the search knows as synonyms, in alphabetical order."""
    titles = SearchEntry.objects.filter(language=language).order_by("page_id").values_list("title", flat=True)
    texts = [*titles[:MOST_TITLES], *(words for line in vocabulary.of(language).synonyms for words in line)]
    return sorted({word.lower() for text in texts for word in WORD.findall(text) if len(word) >= SHORTEST_WORD})
