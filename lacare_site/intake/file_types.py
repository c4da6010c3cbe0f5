"""Whether the content of a file is what its name says: the magic bytes, and the structure from the first byte to the last.

The whole file comes as a buffer (a memory map), and nothing of it is kept. What a scanner knows of viruses is asked in scanner.py.
"""

import re

from . import office_files, pictures
from .refusals import DAMAGED, HAS_PROGRAM, INFECTED, LOCKED, MORE_THAN_ONE_FILE, WRONG_CONTENT, WRONG_EXTENSION, Unfit
from .signatures import has_test_virus

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "tif": "image/tiff",
    "tiff": "image/tiff",
}
ZIP_END = b"PK\x05\x06"
ZIP_END_LENGTH = 22  # bytes, and a comment that may be as long as the next
LONGEST_ZIP_COMMENT = 65_535

PDF_END = b"%%EOF"
# Also what fetches another file, or sends what was typed: to a share of somebody else's network, for one.
PDF_PROGRAM = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoTo[RE])(?![A-Za-z0-9])")
PDF_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
MARKUP = re.compile(r"\A\s*<|<\s{0,9}(script|html|svg|iframe|object|embed)\b", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
OTHER_STARTS = (b"PK", b"MZ", b"%PDF", office_files.OLD_OFFICE, b"\x7fELF", b"{\\rtf", b"#!")


def check(content, extension: str) -> str:
    """The MIME type of a file with this ending (lower case, without a dot); raises `Unfit`."""
    if extension not in TYPES:
        raise Unfit(WRONG_EXTENSION)
    if has_test_virus(content):
        raise Unfit(INFECTED)
    CHECKS[extension](content)
    return TYPES[extension]


def check_pdf(content) -> None:
    if content[:5] != b"%PDF-":
        raise Unfit(WRONG_CONTENT)
    end = content.rfind(PDF_END)
    if end < 0 or content.rfind(b"startxref", max(0, end - 1024), end) < 0:
        raise Unfit(DAMAGED)
    if content[end + len(PDF_END) :].strip(pictures.PADDING) or _ends_as_zip(content):
        raise Unfit(MORE_THAN_ONE_FILE)
    # Names may be written with escapes (/J#61vaScript). What is compressed inside is the virus scanner's part.
    plain = PDF_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content)
    if PDF_PROGRAM.search(plain):
        raise Unfit(HAS_PROGRAM)
    if PDF_LOCKED.search(plain):
        raise Unfit(LOCKED)  # neither the scanner nor we can look into it


def check_csv(content) -> None:
    data = content[:]
    if data.startswith(OTHER_STARTS):
        raise Unfit(WRONG_CONTENT)
    # Excel writes "Unicode text" as UTF-16, and plain CSV in the code page of the machine.
    for coding in ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text) and not MARKUP.search(text):
            return
        break
    raise Unfit(WRONG_CONTENT)


def check_tiff(content) -> None:
    if _ends_as_zip(content):
        raise Unfit(MORE_THAN_ONE_FILE)
    pictures.check_tiff(content)


CHECKS = {
    "pdf": check_pdf,
    "docx": lambda content: office_files.check(content, "docx"),
    "xlsx": lambda content: office_files.check(content, "xlsx"),
    "csv": check_csv,
    "pptx": lambda content: office_files.check(content, "pptx"),
    "png": pictures.check_png,
    "jpg": pictures.check_jpeg,
    "jpeg": pictures.check_jpeg,
    "tif": check_tiff,
    "tiff": check_tiff,
}


def _ends_as_zip(content) -> bool:
    """Whether a program that opens archives would find one in this file: the index of an archive stands at the end."""
    tail = content[-(ZIP_END_LENGTH + LONGEST_ZIP_COMMENT) :]
    place = tail.rfind(ZIP_END)
    while place >= 0:
        comment = int.from_bytes(tail[place + 20 : place + 22], "little")
        if place + ZIP_END_LENGTH + comment == len(tail):
            return True
        place = tail.rfind(ZIP_END, 0, place)
    return False
