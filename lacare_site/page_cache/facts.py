"""What the bytes of a page hang on beside the database: the clock, and which notices a visitor may have closed. Apps register what they know."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Facts:
    """`closable` are the closing ids of the notices of now, `until` the moment from which a page may look otherwise."""

    until: datetime
    closable: frozenset[str] = frozenset()


_registered: list[Callable[[datetime], tuple[frozenset[str], datetime | None]]] = []


def register(source: Callable[[datetime], tuple[frozenset[str], datetime | None]]) -> None:
    """For the `ready` of an app. `source(now)` gives the closing ids that count now, and when its part of the pages changes next, if ever."""
    _registered.append(source)


def current() -> Facts:
    """Asks the database. At midnight in the plan's time zone dates begin and end, and the footer's year."""
    now = timezone.localtime()
    facts = Facts(until=(now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0))
    for source in _registered:
        closable, changes_at = source(now)
        facts = replace(facts, closable=facts.closable | closable, until=min(facts.until, changes_at or facts.until))
    return facts
