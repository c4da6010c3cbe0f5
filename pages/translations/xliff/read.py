"""Reading a file of XLIFF 2: what a translator has written, by text and segment. Nothing in it is believed (services.py compares it)."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from .rich_text import Code, Parts
from .write import NAMESPACE

LARGEST_FILE = 10 * 1024 * 1024  # bytes; all pages of the site with a translation are about 1 MB
MOST_ELEMENTS = 400_000
DEEPEST = 60
# What other programs put around words (terms, comments): the words count.
AROUND_WORDS = ("mrk", "sm", "em")


class ReadError(Exception):
    """The file cannot be read; the message says why."""


@dataclass
class ReadUnit:
    id: str
    source: Parts
    target: Parts  # () where there is none


@dataclass
class ReadFile:
    id: str
    units: list[ReadUnit] = field(default_factory=list)


@dataclass
class Document:
    source_language: str
    target_language: str
    files: list[ReadFile]


def document(stream) -> Document:
    """Reads a file object of bytes; ReadError for what is no XLIFF 2 file."""
    root = _parse(stream)
    if root.tag == "{urn:oasis:names:tc:xliff:document:1.2}xliff":
        raise ReadError("This is XLIFF 1.2. Ask for the file in XLIFF 2, the version that was exported.")
    if root.tag != _named("xliff") or root.get("version") not in ("2.0", "2.1"):
        raise ReadError("This is no XLIFF 2 file.")
    files = []
    for element in root.iter(_named("file")):
        file = ReadFile(element.get("id", ""))
        file.units = [_unit(unit) for unit in element.iter(_named("unit"))]
        files.append(file)
    if not files:
        raise ReadError("The file holds no texts.")
    return Document(root.get("srcLang", ""), root.get("trgLang", ""), files)


def _parse(stream) -> Element:
    depth = count = 0
    try:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            count += event == "start"
            if count == 1:
                root = element
            if count > MOST_ELEMENTS or depth > DEEPEST:
                raise ReadError("The file has more elements, or deeper ones, than a file of this site's texts can have.")
    except DefusedXmlException:
        raise ReadError(
            "The file has a document type or entities (DTD). These may be used to attack, and XLIFF needs none."
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError(f"The file is broken XML: {error}.") from None
    return root


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _unit(unit: Element) -> ReadUnit:
    """A unit's words: other programs may have divided it into several segments. A part without translation leaves it without."""
    source, target = [], []
    for piece in unit:
        if piece.tag not in (_named("segment"), _named("ignorable")):
            continue
        original, translation = piece.find(_named("source")), piece.find(_named("target"))
        own = [] if original is None else _parts(original)
        theirs = own if translation is None and piece.tag == _named("ignorable") else _parts(translation)
        if _has_words(own) and not _has_words(theirs):
            target = None
        source += own
        target = None if target is None else target + theirs
    return ReadUnit(unit.get("id", ""), _joined(source), _joined(target or []))


def _has_words(parts: list[str | Code]) -> bool:
    return any(isinstance(part, str) and part.strip() for part in parts)


def _parts(element: Element | None) -> list[str | Code]:
    if element is None:
        return []
    found = [element.text or ""]
    for child in element:
        name = child.tag.removeprefix(f"{{{NAMESPACE}}}")
        if name == "pc":
            found += [Code("open", child.get("id", "")), *_parts(child), Code("close", child.get("id", ""))]
        elif name == "ph":
            found.append(Code("single", child.get("id", "")))
        elif name == "sc":
            found.append(Code("open", child.get("id", "")))
        elif name == "ec":
            found.append(Code("close", child.get("startRef", "")))
        elif name == "cp":
            found.append(_character(child.get("hex", "")))
        elif name in AROUND_WORDS:
            found += _parts(child)
        else:
            raise ReadError(f"An element <{name}> stands within a text.")
        found.append(child.tail or "")
    return found


def _character(code: str) -> str:
    try:
        character = chr(int(code, 16))
        character.encode()
    except (ValueError, OverflowError):
        character = "\0"
    if character == "\0":
        raise ReadError(f"No text can have the character {code!r}.")
    return character


def _joined(parts: list[str | Code]) -> Parts:
    """Strings that stand side by side as one, empty ones left out."""
    found = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)
