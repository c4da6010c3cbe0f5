"""The spreadsheets that we give: the empty template, a roster with a column of its faults, and a roster as it was corrected."""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

import xlsxwriter

from .check import Row
from .columns import BY_KEY, COLUMNS, key_of
from .formulas import as_text

# What a cell holds is a text, whatever it begins with: nothing in these files is a formula or a link.
PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TEMPLATE_NAME = "roster-template.xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_template(file: BinaryIO) -> None:
    """The headings, and on a second sheet one made-up row that shows what is meant."""
    with xlsxwriter.Workbook(file, PLAIN) as book:
        bold = book.add_format({"bold": True})
        roster, example = book.add_worksheet("Roster"), book.add_worksheet("Example")
        for sheet in (roster, example):
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(COLUMNS):
                sheet.set_column(place, place, max(len(column.name), len(column.example)) + 2)
                sheet.write_string(0, place, column.name, bold)
        for place, column in enumerate(COLUMNS):
            example.write_string(1, place, column.example)


def write_with_faults(file: BinaryIO, headings: list[str], rows: Iterable[Row], heading: str) -> None:
    """All columns that have a heading, as they were read, and behind them, under `heading`, what is wrong with each row, in the language
    that is active. What an earlier such file said there is left out."""
    columns = [(place, key_of(name)) for place, name in enumerate(headings) if name not in ("", heading)]
    with xlsxwriter.Workbook(file, PLAIN) as book:
        bold, marked = book.add_format({"bold": True}), book.add_format({"bg_color": "#FBDCD9"})
        sheet = book.add_worksheet("Roster")
        sheet.freeze_panes(1, 0)
        for place, name in enumerate([*(headings[place] for place, _key in columns), heading]):
            sheet.set_column(place, place, 18)
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(rows, start=1):
            wrong = {fault.column for fault in row.faults}
            for target, (place, key) in enumerate(columns):
                text = row.cells[place] if place < len(row.cells) else ""
                sheet.write_string(number, target, text, marked if key in wrong else None)
            said = "; ".join(f"{BY_KEY[fault.column].name}: {fault.remedy}" for fault in row.faults)
            sheet.write_string(number, len(columns), said)


def write_rows(file: BinaryIO, extension: str, rows: Iterable[list[str]]) -> None:
    """The cells as texts, the headings first, as a file of the same kind: "csv" or "xlsx". Nothing in it is a formula."""
    if extension == "csv":
        # With the mark by which spreadsheets know UTF-8.
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        csv.writer(text).writerows(map(as_text, cells) for cells in rows)
        text.detach()
        return
    with xlsxwriter.Workbook(file, PLAIN) as book:
        sheet = book.add_worksheet("Roster")
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell)
