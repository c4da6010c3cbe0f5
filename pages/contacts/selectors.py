"""Reading the contacts registry: one query for all lines, however many places of a page name one."""

from collections.abc import Iterable
from contextvars import ContextVar

from .models import ContactLine

_lines: ContextVar[dict[str, ContactLine] | None] = ContextVar("contact_lines", default=None)


def forget(**_kwargs) -> None:
    """Reads the registry anew at the next question; called when a request begins and when a line changes."""
    _lines.set(None)


def lines() -> dict[str, ContactLine]:
    """The lines in use by key, in the directory's order."""
    known = _lines.get()
    if known is None:
        known = {line.key: line for line in ContactLine.objects.filter(retired=False)}
        _lines.set(known)
    return known


def lines_of(keys: Iterable[str]) -> list[ContactLine]:
    """The lines of the keys, in the keys' order; a key that is not (or no longer) in use gives nothing."""
    known = lines()
    return [known[key] for key in keys if key in known]


def key_choices() -> list[tuple[str, str]]:
    return [(key, str(line)) for key, line in lines().items()]


def directory() -> list[tuple[str, list[ContactLine]]]:
    """(topic's name, its lines) for the telephone directory; topics without lines are left out."""
    groups = [(label, [line for line in lines().values() if line.topic == topic]) for topic, label in ContactLine.Topic.choices]
    return [(label, members) for label, members in groups if members]
