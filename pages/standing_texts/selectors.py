"""Reading standing texts."""

from .models import StandingText


def get(key: str) -> StandingText | None:
    """The text as visitors may see it: laws prescribe such texts, so that an unsigned translation is withheld."""
    text = StandingText.objects.filter(key=key, live=True).first()
    if text:
        from pages.translations import showing  # knows the pages' models

        showing.prepare([text], all_critical=True)
    return text


def key_choices() -> list[tuple[str, str]]:
    return [(text.key, str(text)) for text in StandingText.objects.all()]
