"""Reading standing texts."""

from .models import StandingText


def get(key: str) -> StandingText | None:
    return StandingText.objects.filter(key=key, live=True).first()


def key_choices() -> list[tuple[str, str]]:
    return [(text.key, str(text)) for text in StandingText.objects.all()]
