"""Reads the rows of an XLSX file from a stranger, in memory that does not grow with the file.

openpyxl reads a row and the small parts of the file. What may be large, the rows and the texts that cells share, is read here, element
by element: the library would keep all of it, and make up every row that is left out.
"""

import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, iterparse

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import DATA_TAG, DIMENSION_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from .faults import BLOATED, Unreadable

LAST_ROW = 1_048_576  # that a spreadsheet can have
LARGEST_PART = 8 * 1024 * 1024  # unpacked bytes of all but rows and texts
LONGEST_STRETCH = 1024 * 1024  # unpacked bytes from one row or text to the next
MOST_TEXT = 48 * 1024 * 1024  # letters of all texts; a roster of 20,000 rows has some 5 million
MOST_TEXTS = 1_000_000
LONGEST_FORMULA = 8_192  # letters, as Excel has it
MOST_SHARED_FORMULAS = 200
DEEPEST = 20  # elements in one another
TEXT_TAG = f"{{{SHEET_MAIN_NS}}}si"


def rows_of(file: BinaryIO, most_columns: int, expect: Callable[[int], None]) -> Iterator[tuple[int, list]]:
    """(row number, values of the cells) of the rows that the first sheet names. `expect` is told how many rows the file says it has.
    Raises Unreadable for what would fill the memory, and errors of a dozen kinds for what is broken."""
    with _Parts(file) as parts:
        reader = ExcelReader(file, read_only=True, keep_links=False)
        reader.archive = parts
        reader.read_manifest()
        if named := reader.package.find(SHARED_STRINGS):
            reader.shared_strings = _texts(parts, named.PartName[1:])
        reader.read_workbook()
        apply_stylesheet(parts, reader.wb)
        yield from _rows(parts, reader, most_columns, expect)


class _Parts(zipfile.ZipFile):
    """What the library opens it may read at once: it is given nothing large."""

    def open(self, name, *args, **kwargs):
        if self.getinfo(name).file_size > LARGEST_PART:
            raise Unreadable(BLOATED)
        return super().open(name, *args, **kwargs)

    def elements(self, name: str, *tags: str, last: str = "") -> Iterator[Element]:
        """The elements with these tags, one at a time, up to the end of `last`."""
        above: list[Element] = []
        with super().open(name) as stream:
            source = _Stretch(stream)
            for event, element in iterparse(source, ("start", "end")):  # noqa: S314 expat bounds what entities may become
                if event == "start":
                    above.append(element)
                    if len(above) > DEEPEST:
                        raise Unreadable(BLOATED)
                    continue
                above.pop()
                if element.tag in tags:
                    yield element
                    source.read_since = 0
                    for each in above:
                        each.clear()
                if element.tag == last:
                    return


class _Stretch:
    """A stream that ends with Unreadable where too much comes without an element that is asked for."""

    def __init__(self, stream: BinaryIO):
        self.stream, self.read_since = stream, 0

    def read(self, size: int) -> bytes:
        piece = self.stream.read(size)
        self.read_since += len(piece)
        if self.read_since > LONGEST_STRETCH:
            raise Unreadable(BLOATED)
        return piece


def _texts(parts: _Parts, name: str) -> list[str]:
    texts, length = [], 0
    for element in parts.elements(name, TEXT_TAG):
        texts.append(Text.from_tree(element).content.replace("x005F_", ""))
        length += len(texts[-1])
        if length > MOST_TEXT or len(texts) > MOST_TEXTS:
            raise Unreadable(BLOATED)
    return texts


def _rows(parts: _Parts, reader: ExcelReader, most_columns: int, expect: Callable[[int], None]) -> Iterator[tuple[int, list]]:
    book = reader.wb
    sheets = (rel.target for _sheet, rel in reader.parser.find_sheets() if "chartsheet" not in rel.Type)
    name = next(target for target in sheets if target in reader.valid_files)
    parser = WorkSheetParser(
        None,
        reader.shared_strings,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )
    before = 0
    for element in parts.elements(name, ROW_TAG, DIMENSION_TAG, last=DATA_TAG):
        if element.tag == DIMENSION_TAG:
            # It may be wrong: it is no more than a word on how long this may take.
            expect(SheetDimension.from_tree(element).boundaries[3])
            continue
        if any(len(formula.text or "") > LONGEST_FORMULA for formula in element.iter(FORMULA_TAG)):
            raise Unreadable(BLOATED)
        number, cells = parser.parse_row(element)
        if not before < number <= LAST_ROW:
            raise ValueError(f"Row {number} follows row {before}.")
        before = number
        parser.row_dimensions.clear()
        for old in list(parser.shared_formulae)[:-MOST_SHARED_FORMULAS]:
            del parser.shared_formulae[old]
        values = [None] * most_columns
        for cell in cells:
            if 1 <= cell["column"] <= most_columns:
                values[cell["column"] - 1] = cell["value"]
        yield number, values
