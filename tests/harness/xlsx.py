"""Reads a spreadsheet as what stands in its XML, without a library that might hide something."""

import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(book: zipfile.ZipFile, name: str = "sheet1") -> list[list[str]]:
    """The rows of a sheet, each as its texts; empty cells are "" ."""
    shared = []
    if "xl/sharedStrings.xml" in book.namelist():
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314, we wrote it
        shared = ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in strings.iter(f"{MAIN}si")]
    sheet = ElementTree.fromstring(book.read(f"xl/worksheets/{name}.xml"))  # noqa: S314
    rows = []
    for row in sheet.iter(f"{MAIN}row"):
        texts = {}
        for cell in row.iter(f"{MAIN}c"):
            letters = "".join(letter for letter in cell.get("r") if letter.isalpha())
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            value = "".join(part.text or "" for part in (*cell.iter(f"{MAIN}v"), *cell.iter(f"{MAIN}t")))
            texts[column] = shared[int(value)] if cell.get("t") == "s" else value
        rows.append([texts.get(column, "") for column in range(1, max(texts) + 1)])
    return rows
