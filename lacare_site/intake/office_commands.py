"""What Office does by itself with the XML of a document: macros by their content type, parts that it fetches or unpacks, and fields that
start a program (DDE). Read by a parser, since the same may be written in many ways: with either quotes, with entities, in UTF-16.
"""

import re
from collections.abc import Callable
from typing import BinaryIO
from xml.parsers import expat

from .refusals import DAMAGED, HAS_PROGRAM, Unfit

PROGRAM_TYPES = re.compile(r"macroEnabled|vbaProject|ms-office\.activeX|macrosheet|dialogsheet", re.IGNORECASE)
# A template or an object that Office would fetch from elsewhere when the file is opened.
FETCHED = re.compile(r"/(attachedTemplate|oleObject|frame|subDocument)$", re.IGNORECASE)
# A page of HTML, MHT or RTF that Word makes part of the text (altChunk), macros, and controls.
RUN = re.compile(r"/(aFChunk|vbaProject|xlMacrosheet|xlIntlMacrosheet|control|activeXControlBinary)$", re.IGNORECASE)
# Names of elements and attributes have no entities; without its zeros, UTF-16 reads as ASCII does.
SERVER = re.compile(rb"[<:]ddeLink[\s/>]")
MAYBE_FIELD = re.compile(rb"nstrText|fldSimple")
DDE = re.compile(r"\s*[\"“]?\s*DDE(AUTO)?\b", re.IGNORECASE)
FIELDS = ("fldSimple", "fldChar")
LONGEST_START = 100  # signs of a field that are kept: its name is the first word
MOST_NESTED = 100  # fields in one another
PIECE = 64 * 1024


def check_types(content: bytes) -> set[str]:
    """The content types of an archive's parts, by [Content_Types].xml. Raises Unfit, and ExpatError for what is no XML."""
    types = set()
    _parse(content, lambda _name, attributes: types.add(attributes.get("ContentType", "").strip()))
    if any(map(PROGRAM_TYPES.search, types)):
        raise Unfit(HAS_PROGRAM)
    return types


def check_relations(content: bytes) -> None:
    """Raises Unfit, and ExpatError for what is no XML."""

    def look_at(_name: str, attributes: dict[str, str]) -> None:
        kind, is_external = attributes.get("Type", "").strip(), attributes.get("TargetMode", "").strip().lower() == "external"
        if RUN.search(kind) or (is_external and FETCHED.search(kind)):
            raise Unfit(HAS_PROGRAM)

    _parse(content, look_at)


def may_have_fields(piece: bytes) -> bool:
    """Whether a piece of a part may hold fields, so that the part is one for `check_fields`. Raises Unfit."""
    plain = piece.replace(b"\0", b"")
    if SERVER.search(plain):
        raise Unfit(HAS_PROGRAM)
    return bool(MAYBE_FIELD.search(plain))


def check_fields(stream: BinaryIO) -> None:
    """Fields of a text whose name is DDE or DDEAUTO, in however many runs it is written, or is made by another field. Raises Unfit, and
    ExpatError for what is no XML."""
    fields = _Fields()
    reader = expat.ParserCreate()
    reader.StartElementHandler, reader.CharacterDataHandler = fields.start, fields.text
    while piece := stream.read(PIECE):
        reader.Parse(piece)
    reader.Parse(b"", True)
    fields.finish()


class _Fields:
    """`open` has the beginnings of the fields that are open, the innermost last; None for one whose result has begun."""

    def __init__(self):
        self.open: list[str | None] = [""]
        self.is_code = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.is_code = name.endswith("nstrText")
        if not name.endswith(FIELDS):
            return
        known = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name.endswith("fldSimple"):
            self._begin()
            self.text(known.get("instr", ""), is_code=True)
            self._finish_innermost()
            self.open.pop()
            return
        kind = known.get("fldCharType", "")
        if kind == "begin":
            self._begin()
        else:
            self._finish_innermost()
            if kind == "separate":
                self.open[-1] = None
            elif kind == "end" and len(self.open) > 1:
                self.open.pop()

    def text(self, data: str, *, is_code: bool = False) -> None:
        if (is_code or self.is_code) and (known := self.open[-1]) is not None and len(known) < LONGEST_START:
            self.open[-1] = (known + data).lstrip()[:LONGEST_START]

    def finish(self) -> None:
        while self.open:
            self._finish_innermost()
            self.open.pop()

    def _begin(self) -> None:
        if len(self.open) > MOST_NESTED:
            raise Unfit(DAMAGED)
        if len(self.open) > 1 and self.open[-1] is not None and "DDEAUTO".startswith(self.open[-1].lstrip(' "“').upper()):
            raise Unfit(HAS_PROGRAM)  # what another field says is the name of this one, or its end
        self.open.append("")

    def _finish_innermost(self) -> None:
        if DDE.match(self.open[-1] or ""):
            raise Unfit(HAS_PROGRAM)


def _parse(content: bytes, look_at: Callable[[str, dict[str, str]], None]) -> None:
    reader = expat.ParserCreate()
    reader.StartElementHandler = look_at
    reader.Parse(content, True)
