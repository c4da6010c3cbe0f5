"""Reading standing texts: all of them at once, since there are few and a page may show several."""

from contextvars import ContextVar

from .models import StandingText

_texts: ContextVar[dict[str, StandingText] | None] = ContextVar("standing_texts", default=None)


def forget(**_kwargs) -> None:
    _texts.set(None)


def texts() -> dict[str, StandingText]:
    """Every text by its key, published or not; read once a request."""
    known = _texts.get()
    if known is None:
        known = {text.key: text for text in StandingText.objects.all()}
        _texts.set(known)
    return known


def get(key: str) -> StandingText | None:
    """The text as visitors may see it: laws prescribe such texts, so that an unsigned translation is withheld."""
    text = texts().get(key)
    if text is None or not text.live:
        return None
    from pages.translations import showing  # knows the pages' models

    showing.prepare([text], all_critical=True)
    return text


def key_choices() -> list[tuple[str, str]]:
    return [(key, str(text)) for key, text in texts().items()]
