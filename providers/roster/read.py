"""Reads the rows of a roster from a CSV or XLSX file, one at a time, so that memory does not grow with the file."""

import codecs
import contextlib
import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext_noop as _
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from . import xlsx
from .columns import COLUMNS
from .faults import BLOATED, MORE_COLUMNS, MORE_SHEETS, NO_SPREADSHEET, Unreadable

MOST_ROWS = 20_000
MOST_EMPTY_ROWS = 20_000
MOST_COLUMNS = 60
OF_TEMPLATE = [column.name for column in COLUMNS], [column.example for column in COLUMNS]
LONGEST_CELL = 2_000  # characters kept of one; a roster's longest is a few dozen


def rows_of(file: BinaryIO, extension: str, expect: Callable[[int], None] = lambda rows: None) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet counts, texts of the cells), without empty rows; `extension` is "csv" or "xlsx".

    `expect` is told how many rows there seem to be, headings and empty rows among them, where the file lets it be known.
    A formula comes as its text, never as its result. Raises Unreadable for what is no such file, or has too many rows.
    """
    rows = _csv_rows(file, expect) if extension == "csv" else _xlsx_rows(file, expect)
    read = empty = 0
    for number, cells in rows:
        if not any(cells):
            empty += 1
            if empty > MOST_EMPTY_ROWS:
                raise Unreadable(BLOATED)
            continue
        read += 1
        if read > MOST_ROWS + 1:  # and the headings
            raise Unreadable(_("This roster has more than 20,000 rows. Send the rest under “Other files”, or call us."))
        yield number, [cell.replace("\0", "") for cell in cells]  # which no database keeps in a text


def _csv_rows(file: BinaryIO, expect: Callable[[int], None]) -> Iterator[tuple[int, list[str]]]:
    expect(sum(piece.count(b"\n") for piece in iter(lambda: file.read(65_536), b"")))
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=_encoding(file), errors="strict", newline="")
    try:
        sample = text.readline()
        text.seek(0)
        delimiter = max(",;\t", key=sample.count)
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter), start=1):
            cells = [cell.strip()[:LONGEST_CELL] for cell in cells]
            if any(cells[MOST_COLUMNS:]):
                raise Unreadable(MORE_COLUMNS)
            yield number, cells[:MOST_COLUMNS]
    except (UnicodeError, csv.Error) as error:
        raise Unreadable(_("This file cannot be read as CSV. Save it again as “CSV UTF-8”, or send it as XLSX.")) from error
    finally:
        with contextlib.suppress(ValueError):  # whoever stops reading early may have closed the file before
            text.detach()


def _encoding(file: BinaryIO) -> str:
    start = file.read(4)
    file.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        for piece in codecs.iterdecode(iter(lambda: file.read(65_536), b""), "utf-8"):
            if "\0" in piece:
                raise Unreadable(_("This file cannot be read as CSV. Save it again as “CSV UTF-8”, or send it as XLSX."))
    except UnicodeDecodeError:
        return "cp1252"  # what spreadsheets on Windows write
    finally:
        file.seek(0)
    return "utf-8"


def _xlsx_rows(file: BinaryIO, expect: Callable[[int], None]) -> Iterator[tuple[int, list[str]]]:
    try:
        with xlsx.Book(file) as book:
            first, *others = book.sheets
            if used := _with_rows(book, others):
                raise Unreadable(MORE_SHEETS, ", ".join(book.sheets[part] for part in used))
            for number, values in book.rows_of(first, expect):
                yield number, _texts(values)
    except Unreadable:
        raise
    except Exception as error:  # a broken or hostile file makes the library fail in a dozen ways
        raise Unreadable(NO_SPREADSHEET) from error


def _with_rows(book: xlsx.Book, parts: list[str]) -> list[str]:
    """The sheets that say anything but what the template's own say."""
    used, read = [], 0
    for part in parts:
        for _number, values in book.rows_of(part):
            read += 1
            if read > MOST_EMPTY_ROWS:
                raise Unreadable(BLOATED)
            texts = [text for value in values.values() if (text := _text(value))]
            if texts and texts not in OF_TEMPLATE:
                used.append(part)
                break
    return used


def _texts(values: dict[int, object]) -> list[str]:
    """The cells of a row. Raises Unreadable where something stands in too far a column."""
    texts = {column: text for column, value in values.items() if (text := _text(value))}
    if any(column > MOST_COLUMNS for column in texts):
        raise Unreadable(MORE_COLUMNS)
    return [texts.get(column, "") for column in range(1, MOST_COLUMNS + 1)]


def _text(value) -> str:
    """What a spreadsheet shows: a number without the decimals that it does not have, yes and no in words."""
    if value is None:
        return ""
    if isinstance(value, (ArrayFormula, DataTableFormula)):
        return "=" + (getattr(value, "text", None) or "").removeprefix("=")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:LONGEST_CELL]
