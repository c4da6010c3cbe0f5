"""Small files of every type that is taken, and hostile ones."""

import io
import struct
import zipfile
import zlib

import openpyxl
from PIL import Image

from lacare_site.intake import office_files

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
xref
0 4
trailer<</Size 4/Root 1 0 R>>
startxref
180
%%EOF
"""
CSV = "name,npi\nDr. Peña,1234567893\n".encode()


def picture(kind: str, width: int = 40, height: int = 30, **options) -> bytes:
    target = io.BytesIO()
    Image.effect_noise((width, height), 90).save(target, kind, **options)
    return target.getvalue()


def office(extension: str, parts: dict[str, bytes] | None = None, without: tuple = (), **options) -> bytes:
    """An Office file with the least that it needs, and further parts."""
    main, main_type = office_files.MAIN_PARTS[extension]
    types = f'<Types><Override PartName="/{main}" ContentType="{main_type}"/></Types>'.encode()
    content = {"[Content_Types].xml": types, main: b"<main/>"} | (parts or {})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in content.items():
            if name not in without:
                archive.writestr(name, data)
    return target.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["name", "npi"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def phone_trailer(*blocks: bytes) -> bytes:
    """What phones of Samsung put behind a JPEG: blocks with their names, and a directory of them."""
    data, entries = b"", []
    for number, block in enumerate((b"1700000000000", *blocks)):
        named = struct.pack("<HHI", 0, 0x0A01 + number, 14) + b"Image_UTC_Data" + block
        entries.append((0x0A01 + number, len(data), len(named)))
        data += named
    listed = b"".join(struct.pack("<HHII", 0, kind, len(data) - start, size) for kind, start, size in entries)
    directory = b"SEFH" + struct.pack("<II", 106, len(entries)) + listed
    return data + directory + struct.pack("<I", len(directory)) + b"SEFT"


def archive(name: str = "notes.txt") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr(name, b"MZ")
    return target.getvalue()


def overlapping_archive() -> bytes:
    """Two entries of the list that name the same bytes: unpacked, they are more than there is."""
    whole = bytearray(office("docx", {"word/a.xml": b"<a/>" * 1000, "word/b.xml": b"<a/>" * 1000}))
    places = [match for match in range(len(whole)) if whole[match : match + 4] == b"PK\x01\x02"]
    whole[places[3] + 42 : places[3] + 46] = whole[places[2] + 42 : places[2] + 46]
    whole[places[3] + 46 + 5] = whole[places[2] + 46 + 5]  # the name in the list is that of its bytes
    return bytes(whole)


GOOD = {
    "letter.pdf": PDF,
    "Carta Peña (1).PDF": PDF,
    "نامه.docx": office("docx"),
    "roster.xlsx": workbook(),
    "slides.pptx": office("pptx", {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": workbook()}),
    "roster.csv": CSV,
    "roster of excel.csv": "name;npi\r\nPeña;1\r\n".encode("cp1252"),
    "unicode.csv": "name\tnpi\r\nPeña\t1\r\n".encode("utf-16"),
    "logo.png": picture("PNG"),
    "scan.jpg": picture("JPEG"),
    "photo of a phone.jpg": picture("JPEG") + phone_trailer(picture("JPEG")),
    "scan.jpeg": picture("JPEG", progressive=True),
    "scan.tif": picture("TIFF"),
    "fax.tiff": picture("TIFF", compression="tiff_lzw"),
}
