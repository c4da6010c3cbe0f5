"""Checks a roster row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .columns import BY_KEY, COLUMNS, key_of
from .faults import Code, Fault, Unreadable

LONGEST_TEXT = 200
FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Row:
    """One clinician at one place: texts by column key, and what is wrong with them."""

    number: int
    values: dict[str, str]
    faults: list[Fault]


def checked_rows(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    """Takes rows as read.rows_of gives them, the headings first. Raises Unreadable where columns are missing or stand twice."""
    rows = iter(rows)
    _number, headings = next(rows, (0, []))
    places = _places(headings)
    seen = Seen()
    for number, cells in rows:
        values = {key: cells[place] if place < len(cells) else "" for key, place in places.items()}
        yield Row(number, values, check(number, values, seen))


def _places(headings: list[str]) -> dict[str, int]:
    """Where each column stands."""
    keys = [key_of(heading) for heading in headings]
    missing = [column.name for column in COLUMNS if column.is_required and column.key not in keys]
    if missing:
        raise Unreadable(_("The first row must name the columns. These are missing: %(names)s.") % {"names": ", ".join(missing)})
    twice = [BY_KEY[key].name for key, number in Counter(filter(None, keys)).items() if number > 1]
    if twice:
        raise Unreadable(_("These columns stand twice: %(names)s.") % {"names": ", ".join(twice)})
    return {key: place for place, key in enumerate(keys) if key}


@dataclass
class Seen:
    """The clinicians and places of the rows before."""

    rows: dict[tuple[str, ...], int] = field(default_factory=dict)

    def earlier(self, number: int, values: dict[str, str]) -> int | None:
        """The row that stood for the same clinician at the same place; notes this one otherwise."""
        place = " ".join(values.get("street", "").casefold().split()), values.get("zip", "")[:5]
        first = self.rows.setdefault((values.get("npi", ""), *place), number)
        return first if first != number else None


def check(number: int, values: dict[str, str], seen: Seen) -> list[Fault]:
    """What is wrong with one row, in the order of the columns."""
    faults = []
    for column in COLUMNS:
        value = values.get(column.key, "")
        if code := _fault(column, value):
            faults.append(Fault(number, column.key, code, value[:LONGEST_TEXT]))
    if not any(fault.column in ("npi", "street", "zip") for fault in faults) and (earlier := seen.earlier(number, values)):
        faults.append(Fault(number, "npi", Code.DUPLICATE, values["npi"], earlier))
    return faults


def _fault(column, value: str) -> Code | None:
    if not value:
        return Code.EMPTY if column.is_required else None
    if value.startswith(FORMULA_STARTS) and len(value) > 1 and not (column.key == "phone" and value[1:2].isdigit()):
        return Code.FORMULA
    if len(value) > LONGEST_TEXT:
        return Code.TOO_LONG
    return column.check(value) if column.check else None
