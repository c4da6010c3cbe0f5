"""The spreadsheets that we give: the empty template, a roster with a column of its faults, and a roster as it was corrected."""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

import xlsxwriter

from .check import Row
from .columns import BY_KEY, COLUMNS

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


def write_with_faults(file: BinaryIO, rows: Iterable[Row], heading: str) -> None:
    """All rows as they were read, and behind them, under `heading`, what is wrong with each, in the language that is active."""
    with xlsxwriter.Workbook(file, PLAIN) as book:
        bold, marked = book.add_format({"bold": True}), book.add_format({"bg_color": "#FBDCD9"})
        sheet = book.add_worksheet("Roster")
        sheet.freeze_panes(1, 0)
        for place, name in enumerate([*(column.name for column in COLUMNS), heading]):
            sheet.set_column(place, place, 18)
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(rows, start=1):
            wrong = {fault.column for fault in row.faults}
            for place, column in enumerate(COLUMNS):
                sheet.write_string(number, place, row.values.get(column.key, ""), marked if column.key in wrong else None)
            said = "; ".join(f"{BY_KEY[fault.column].name}: {fault.remedy}" for fault in row.faults)
            sheet.write_string(number, len(COLUMNS), said)


def write_rows(file: BinaryIO, extension: str, rows: Iterable[list[str]]) -> None:
    """The cells as texts, the headings first, as a file of the same kind: "csv" or "xlsx"."""
    if extension == "csv":
        # With the mark by which spreadsheets know UTF-8.
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        csv.writer(text).writerows(rows)
        text.detach()
        return
    with xlsxwriter.Workbook(file, PLAIN) as book:
        sheet = book.add_worksheet("Roster")
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell)
