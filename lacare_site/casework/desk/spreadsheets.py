"""Lists as XLSX. Nothing in a cell is ever a formula or a link: text is written as text, whatever it begins with."""

import tempfile
from datetime import date, datetime
from typing import BinaryIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from lacare_site.casework.desk.accounts import name_of
from lacare_site.casework.registry import CaseKind

LONGEST_TEXT = 32_767  # characters that a cell holds
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
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
        *kind.export_columns,
    ]
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Cases")
        formats = {
            "heading": book.add_format({"bold": True}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            # Excel's own mark of "this is text", which outlasts editing the cell.
            "text": book.add_format({"quote_prefix": True}),
        }
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(columns) - 1, 20)
        for column, (heading, _) in enumerate(columns):
            sheet.write_string(0, column, heading, formats["heading"])
        row = 0
        for row, case in enumerate(cases.iterator(chunk_size=500), start=1):
            for column, (_, value_of) in enumerate(columns):
                _write_cell(sheet, row, column, value_of(case), formats)
    file.seek(0)
    return file, row


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
