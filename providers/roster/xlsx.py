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


class Book:
    """`sheets` are the parts that hold rows, each with its name, the first of the book first. Raises Unreadable for what would fill
    the memory, and errors of a dozen kinds for what is broken; so do its rows. Closed at the end of a `with`."""

    def __init__(self, file: BinaryIO):
        self.parts = _Parts(file)
        self.reader = ExcelReader(file, read_only=True, keep_links=False)
        self.reader.archive = self.parts

    def __enter__(self) -> "Book":
        self.reader.read_manifest()
        if named := self.reader.package.find(SHARED_STRINGS):
            self.reader.shared_strings = _texts(self.parts, named.PartName[1:])
        self.reader.read_workbook()
        apply_stylesheet(self.parts, self.reader.wb)
        found = [(rel.target, sheet.name) for sheet, rel in self.reader.parser.find_sheets() if "chartsheet" not in rel.Type]
        self.sheets: dict[str, str] = {}
        for part, name in found:
            if part in self.reader.valid_files:
                self.sheets.setdefault(part, name)  # each once, whatever it is called besides
        return self

    def __exit__(self, *_error) -> None:
        self.parts.close()

    def rows_of(self, part: str, expect: Callable[[int], None] = lambda rows: None) -> Iterator[tuple[int, dict[int, object]]]:
        """(row number, values of its cells by their columns, counted from 1) of the rows that a sheet names. `expect` is told how many rows
        the file says it has."""
        parser = WorkSheetParser(
            None,
            self.reader.shared_strings,
            epoch=self.reader.wb.epoch,
            date_formats=self.reader.wb._date_formats,
            timedelta_formats=self.reader.wb._timedelta_formats,
        )
        before = 0
        for element in self.parts.elements(part, ROW_TAG, DIMENSION_TAG, last=DATA_TAG):
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
            yield number, {cell["column"]: cell["value"] for cell in cells}


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
