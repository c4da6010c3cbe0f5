"""Checks a roster row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _
from openpyxl.utils import get_column_letter

from lacare_site.intake import personal_numbers

from .columns import BY_KEY, COLUMNS, key_of
from .faults import Code, Fault, Unreadable
from .formulas import is_formula

LONGEST_TEXT = 200
# What stands for nothing: these words, and what spreadsheets write where a formula failed.
NOTHING = frozenset(["n/a", "#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#num!", "#null!", "#spill!", "#calc!"])
PRIVATE_COLUMNS = _(
    "These columns hold what looks like Social Security numbers, member numbers or dates of birth: %(names)s. We do not ask for them here. "
    "Take the columns out, and replace the file. Write a group’s tax number with its hyphen, such as 12-3456789."
)
FORMULAS = _(
    "These cells hold formulas: %(names)s. Put the values themselves in their place, or take the columns out, and replace the file."
)


@dataclass(frozen=True)
class Row:
    """One clinician at one place: the cells as they were read, texts by column key, and what is wrong with them. `place` is the same
    for rows that name the same clinician at the same address, and "" where a fault hides which."""

    number: int
    cells: list[str]
    values: dict[str, str]
    faults: list[Fault]
    place: str = ""


def checked_rows(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    """Takes rows as read.rows_of gives them, the headings first. Raises Unreadable where columns are missing or stand twice, or where one
    of the sender's own holds formulas or numbers of persons, or a heading a formula."""
    rows = iter(rows)
    number, headings = next(rows, (1, []))
    _refuse_formulas(number, headings, headings)
    where = places(headings)
    if missing := [column.name for column in COLUMNS if column.is_required and column.key not in where]:
        raise Unreadable(_("The first row must name the columns. These are missing: %(names)s."), ", ".join(missing))
    ours = set(where.values())
    first: dict[str, int] = {}
    for number, cells in rows:
        others = [cell if place not in ours else "" for place, cell in enumerate(cells)]
        _refuse_formulas(number, others, headings)
        _refuse_numbers(number, others, headings)
        values = values_of(cells, where)
        faults = own_faults(number, values)
        place = place_of(values, faults)
        if place and (earlier := first.setdefault(place, number)) != number:
            faults.append(repeats(number, values, earlier))
        yield Row(number, cells, values, faults, place)


def places(headings: list[str]) -> dict[str, int]:
    """Where each column stands. Raises Unreadable where one stands twice."""
    keys = [key_of(heading) for heading in headings]
    twice = [BY_KEY[key].name for key, number in Counter(filter(None, keys)).items() if number > 1]
    if twice:
        raise Unreadable(_("These columns stand twice: %(names)s."), ", ".join(twice))
    return {key: place for place, key in enumerate(keys) if key}


def values_of(cells: list[str], where: dict[str, int]) -> dict[str, str]:
    """The texts of a row by column key; `where` is what `places` gives."""
    return {key: cells[place] if place < len(cells) else "" for key, place in where.items()}


def own_faults(number: int, values: dict[str, str]) -> list[Fault]:
    """What is wrong with one row by itself, in the order of the columns."""
    found = [(column.key, _fault(column, values.get(column.key, ""))) for column in COLUMNS]
    return [Fault(number, key, code, values.get(key, "")[:LONGEST_TEXT]) for key, code in found if code]


def place_of(values: dict[str, str], faults: list[Fault]) -> str:
    """Who works where, however the address is spaced or capitalised; "" where a fault hides it."""
    if any(fault.column in ("npi", "street", "zip") for fault in faults):
        return ""
    street = " ".join(values["street"].casefold().split())
    return "|".join((values["npi"], values["zip"][:5], street))


def repeats(number: int, values: dict[str, str], earlier: int) -> Fault:
    """That a row repeats an earlier one."""
    return Fault(number, "npi", Code.DUPLICATE, values["npi"], earlier)


def _fault(column, value: str) -> Code | None:
    if not any(map(str.isalnum, value)) or value.casefold() in NOTHING:  # a dash says no more than nothing
        return Code.EMPTY if column.is_required else None
    if is_formula(value):
        return Code.FORMULA
    if len(value) > LONGEST_TEXT:
        return Code.TOO_LONG
    wrong = column.check(value) if column.check else None
    if column.names_nobody or (column.check and not wrong and not column.takes_any):
        return wrong
    kind = personal_numbers.found_in(value)
    return Code(kind) if kind else wrong


def _refuse_formulas(number: int, cells: list[str], headings: list[str]) -> None:
    """Raises Unreadable where there are formulas in cells that nobody corrects here."""
    if found := [_name(number, place, headings) for place, cell in enumerate(cells) if is_formula(cell)]:
        raise Unreadable(FORMULAS, ", ".join(found))


def _refuse_numbers(number: int, cells: list[str], headings: list[str]) -> None:
    """Raises Unreadable where there are numbers of persons in cells that nobody corrects here. A heading says which dates are dates of
    birth; where it asks for such numbers itself, nothing in its column may stay, be it a number without its zeros or a date's."""
    refused = []
    for place, cell in enumerate(cells):
        heading = headings[place] if place < len(headings) else ""
        if cell and (
            personal_numbers.is_named_in(heading) or personal_numbers.found_in(f"{heading}: {cell}", asks_for_dates=True)
        ):
            refused.append(_name(number, place, headings))
    if refused:
        raise Unreadable(PRIVATE_COLUMNS, ", ".join(refused))


def _name(number: int, place: int, headings: list[str]) -> str:
    """How a message names a cell: by its heading, and as a spreadsheet does."""
    heading = headings[place] if place < len(headings) else ""
    return f"{heading} ({get_column_letter(place + 1)}{number})".strip()
