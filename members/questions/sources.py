"""Since when the answers are known to say what their sources say."""

from datetime import date

from .tables import Source

AS_OF, REVIEW_ON = date(2026, 11, 22), date(2027, 11, 22)


def source(page: str, as_of: date = AS_OF, review_on: date = REVIEW_ON) -> Source:
    """Whoever compares one answer with its source again gives its own dates."""
    return Source(page, as_of, review_on)
