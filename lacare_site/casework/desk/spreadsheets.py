"""Lists as XLSX. Nothing in a cell is ever a formula or a link: text is written as text, whatever it begins with."""

import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial, reduce
from typing import BinaryIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from lacare_site.casework.desk.accounts import name_of
from lacare_site.casework.figures import Figures, headings
from lacare_site.casework.registry import LANGUAGE, CaseKind, Facet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767  # characters that a cell holds
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
IN_MEMORY = 5 * 1024 * 1024


def write(kind: CaseKind, cases: QuerySet) -> tuple[BinaryIO, int]:
    """The file, and how many cases stand in it."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, whoever sends it closes it
    stages = kind.workflow.stages
    columns = [
        ("Reference", lambda case: case.reference),
        ("Stage", lambda case: stages[case.stage].label),
        ("Received", lambda case: case.received_at),
        ("Due", lambda case: case.due_at),
        ("Closed", lambda case: case.closed_at),
        ("Assigned to", lambda case: name_of(case.assigned_to)),
        ("Language", lambda case: case.language),
        *([("Urgent", lambda case: bool(case.urgent_at))] if kind.knows_urgency else []),
        *((facet.label, partial(_words_of, facet, dict(facet.choices()))) for facet in kind.facets if facet != LANGUAGE),
        *kind.export_columns,
    ]
    rows = ([value_of(case) for _heading, value_of in columns] for case in cases.iterator(chunk_size=500))
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        count = _add_sheet(book, "Cases", [heading for heading, _value_of in columns], rows)
    file.seek(0)
    return file, count


def write_figures(kind: CaseKind, found: Figures) -> BinaryIO:
    """The figures, a sheet for the months and one for each facet."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, whoever sends it closes it
    tables = [("Month", [*found.months, found.total]), *((facet.label, lines) for facet, lines in found.by_facet)]
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        for label, lines in tables:
            _add_sheet(book, f"By {label.lower()}", [label, *headings(kind)], ([line.label, *line.cells] for line in lines))
    file.seek(0)
    return file


def _words_of(facet: Facet, words: dict, case) -> str:
    value = reduce(getattr, facet.lookup.split("__"), case)
    return str(words.get(value, value))


def _add_sheet(book: xlsxwriter.Workbook, name: str, columns: list[str], rows: Iterable[list]) -> int:
    """Returns how many rows there are below the headings."""
    sheet = book.add_worksheet(name)
    formats = {
        "heading": book.add_format({"bold": True}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        # Excel's own mark of "this is text", which outlasts editing the cell.
        "text": book.add_format({"quote_prefix": True}),
    }
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, 20)
    for column, heading in enumerate(columns):
        sheet.write_string(0, column, heading, formats["heading"])
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, formats)
    return number


def _write_cell(sheet, row: int, column: int, value, formats: dict) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, timezone.localtime(value).replace(tzinfo=None), formats["time"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        text = str(value)[:LONGEST_TEXT]
        sheet.write_string(row, column, text, formats["text"] if text.startswith(LIKE_A_FORMULA) else None)
