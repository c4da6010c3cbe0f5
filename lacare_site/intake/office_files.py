"""The structure of DOCX, XLSX and PPTX files: archives of XML parts, unpacked in memory piece by piece and thrown away.

`check` takes the whole file as a buffer and raises `Unfit`.
"""

import re
import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from . import office_commands
from .refusals import (
    DAMAGED,
    HAS_PROGRAM,
    INFECTED,
    LOCKED,
    MORE_THAN_ONE_FILE,
    UNPACKS_TOO_LARGE,
    WRONG_CONTENT,
    Unfit,
)
from .signatures import has_test_virus

START = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also what Office makes of a file with a password
MOST_PARTS = 10_000
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes; a roster of 20,000 rows has some 60 MB
MOST_TIMES = 150  # what a part of some size unpacks to, as a multiple of its packed size; XML reaches 20 to 60
# What is read element by element, of all parts and documents inside: a sheet with 65,530 links, all that it may have, has some 10 MB.
LARGEST_READ = 48 * 1024 * 1024
SMALL_PART = 1024 * 1024
PIECE = 64 * 1024
LOCAL_HEAD = 30
ENCRYPTED = 0x1
MAIN_PARTS = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
}
CONTENT_TYPES = "[Content_Types].xml"
PROGRAM_NAMES = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex|oleobject|embeddings/[^/]*\.bin$|\.(exe|dll|js|vbs|bat|cmd|scr|jar|lnk|html?|mht|mhtml)$"
    r"|\.(doc|dot|xls|xlt|xla|ppt|pot|pps|ppa)m$|\.xlsb$",
    re.IGNORECASE,
)
DECLARATIONS = tuple("<!DOCTYPE".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be"))
UNSAFE_NAME = re.compile(r"^/|^[a-zA-Z]:|\\|\0|(^|/)\.\.(/|$)")


def check(content, extension: str) -> None:
    if content[:8] == OLD_OFFICE:
        raise Unfit(LOCKED if b"E\0n\0c\0r\0y\0p\0t" in content[:] else WRONG_CONTENT)
    if content[:4] != START:
        raise Unfit(WRONG_CONTENT)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_frame(archive, len(content))
            _check_parts(archive, extension)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as fault:
        raise Unfit(DAMAGED) from fault


def _check_frame(archive: zipfile.ZipFile, size: int) -> None:
    """The list of the parts: one behind the other, none of them a trick."""
    parts = sorted(archive.infolist(), key=lambda part: part.header_offset)
    if archive.comment or (parts and parts[0].header_offset):
        raise Unfit(MORE_THAN_ONE_FILE)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unfit(UNPACKS_TOO_LARGE)
    ends = [part.header_offset + LOCAL_HEAD + part.compress_size for part in parts]
    starts = [part.header_offset for part in parts[1:]] + [size]
    if any(end > start for end, start in zip(ends, starts, strict=True)):
        raise Unfit(UNPACKS_TOO_LARGE)  # parts that lie over one another: a bomb
    if len({part.filename for part in parts}) < len(parts) or any(UNSAFE_NAME.search(part.orig_filename) for part in parts):
        raise Unfit(MORE_THAN_ONE_FILE)
    for part in parts:
        if part.flag_bits & ENCRYPTED:
            raise Unfit(LOCKED)
        if part.file_size > SMALL_PART and part.file_size > MOST_TIMES * part.compress_size:
            raise Unfit(UNPACKS_TOO_LARGE)
        if PROGRAM_NAMES.search(part.filename):
            raise Unfit(HAS_PROGRAM)


def _check_parts(archive: zipfile.ZipFile, extension: str) -> None:
    main, main_type = MAIN_PARTS[extension]
    names = set(archive.namelist())
    if CONTENT_TYPES not in names or main not in names:
        raise Unfit(WRONG_CONTENT)
    budget = _Budget()
    if main_type not in _types_of(archive, budget):
        raise Unfit(WRONG_CONTENT)
    for part in archive.infolist():
        _check_part(archive, part, budget)


class _Budget:
    """Bytes that one file may still have unpacked from the documents inside it, and read element by element."""

    def __init__(self, unpacked: int = LARGEST_UNPACKED, read: int = LARGEST_READ):
        self.unpacked, self.read = unpacked, read

    def read_xml(self, part: zipfile.ZipInfo) -> None:
        self.read -= part.file_size
        self._check()

    def unpack(self, inner: zipfile.ZipFile) -> None:
        self.unpacked -= sum(part.file_size for part in inner.infolist())
        self._check()

    def _check(self) -> None:
        if self.unpacked < 0 or self.read < 0:
            raise Unfit(UNPACKS_TOO_LARGE)


def _types_of(archive: zipfile.ZipFile, budget: _Budget) -> set[str]:
    budget.read_xml(archive.getinfo(CONTENT_TYPES))
    return office_commands.check_types(archive.read(CONTENT_TYPES))


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: _Budget, *, is_inner: bool = False) -> None:
    """Reads a part to its end (which proves its checksum), and looks for what no document needs."""
    name = part.filename.lower()
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    is_archive = has_fields = False
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            text = before + piece  # what lies across two pieces is seen, too
            if has_test_virus(text):
                raise Unfit(INFECTED)
            if is_xml and any(declaration in text for declaration in DECLARATIONS):
                raise Unfit(HAS_PROGRAM)
            has_fields = office_commands.may_have_fields(text) or has_fields
            is_archive = is_archive or (not before and piece.startswith(START))
            before = piece[-1024:]
    if is_archive:
        if not is_inner:
            _check_inner(archive, part, budget)
        return
    if has_fields:
        budget.read_xml(part)
        with archive.open(part) as stream:
            office_commands.check_fields(stream)
    if name.endswith(".rels"):
        budget.read_xml(part)
        office_commands.check_relations(archive.read(part))


def _check_inner(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: _Budget) -> None:
    """A document inside, such as the figures of a chart: honest, but without macros whatever its name."""
    with zipfile.ZipFile(BytesIO(archive.read(part))) as inner:
        _check_frame(inner, part.file_size)
        budget.unpack(inner)
        if CONTENT_TYPES in inner.namelist():
            _types_of(inner, budget)
        for each in inner.infolist():
            _check_part(inner, each, budget, is_inner=True)
