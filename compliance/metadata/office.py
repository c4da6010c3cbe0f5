"""DOCX, XLSX and PPTX: who wrote, changed and commented them, and a copy that does not say so.

The archive is written anew. Parts that only speak of people and programs are left out, and so is what points to them; in all others,
names, days and paths that programs wrote into attributes are replaced. Pictures and documents inside are cleaned like files of their own.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from lacare_site.intake import office_files
from lacare_site.intake.refusals import DAMAGED, UNPACKS_TOO_LARGE, Unfit

from . import embedded, office_names, properties
from .trace import AUTHOR, COMMENT, DEVICE, MOST, PATH, TIME, Trace, trace

LARGEST_PART = 24 * 1024 * 1024  # bytes of XML that is held in memory at once
LARGEST_READ = 32 * 1024 * 1024  # bytes of XML that is read element by element, of all parts together: some ten seconds
DEEPEST = 500  # elements within one another; a table within a table takes four
LONGEST_NAME = 255  # signs; office programs let their users have 52
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the archive's own time; it knows none earlier
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEAD = re.compile(r"\A\s*<\?xml\b[^<>]*\?>\s*")
NOT_CONTENT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
TAG = re.compile(r"""<([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))++)(\s*/?>)""")
TEXT = re.compile(r">([^<>]*)")
ATTRIBUTE = re.compile(r"""\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

Inner = Callable[[bytes, str], list[Trace]]
InnerCopy = Callable[[bytes, str], bytes]


def traces(content: bytes, extension: str, inner: Inner) -> list[Trace]:
    """`inner` tells the traces of a picture or document inside. Raises Unfit."""
    office_files.check(content, extension)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        _bound(archive)
        packed = max(part.date_time for part in archive.infolist())
        found = trace(TIME, "{}-{:02}-{:02} {:02}:{:02}:{:02}".format(*packed)) if packed > EARLIEST else []
        for part in archive.infolist():
            found += _of_part(archive, part, inner)
    return found


def copy(content: bytes, extension: str, inner: InnerCopy) -> bytes:
    """`inner` makes a copy of a picture or document inside. Raises Unfit."""
    office_files.check(content, extension)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copied:
        _bound(archive)
        kept = [part for part in archive.infolist() if not part.is_dir() and not office_names.DROPPED.match(part.filename)]
        for part in kept:
            info = zipfile.ZipInfo(part.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            copied.writestr(info, _cleaned(archive, part, inner))
    return out.getvalue()


def _bound(archive: zipfile.ZipFile) -> None:
    read = [part for part in archive.infolist() if _is_xml(part) and not office_names.SHEET.match(part.filename)]
    if sum(part.file_size for part in read) > LARGEST_READ:
        raise Unfit(UNPACKS_TOO_LARGE)


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels", ".vml", ".svg"))


def _is_svg(name: str) -> bool:
    return name.lower().endswith(".svg")


def _kind(name: str, content: bytes) -> str | None:
    """The format of a part that is a file of its own kind, or None."""
    starts = office_names.INNER_STARTS.items()
    extension = posixpath.splitext(name)[1].removeprefix(".").lower()
    by_name = extension if extension in office_names.INNER_ARCHIVES else embedded.kind_of(content)
    return next((kind for start, kind in starts if content.startswith(start)), by_name)


def _of_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, inner: Inner) -> list[Trace]:
    name = part.filename
    if not _is_xml(part):
        if "printersettings" in name.lower():
            return trace(DEVICE, name)
        content = archive.read(part)
        try:
            if kind := _kind(name, content):
                return inner(content, kind)
            # A film, say: who made it may stand in there, and nobody here knows where.
            is_silent = not content or office_names.SILENT.search(name) or office_names.DROPPED.match(name)
            return [] if is_silent else trace(COMMENT, name)
        except Unfit:
            return trace(COMMENT, name)
    if name.startswith("docProps/"):
        return properties.read(archive.read(part))
    if office_names.SHEET.match(name):
        return _of_sheet(archive.read(part)) if part.file_size <= LARGEST_PART else []
    try:
        content = _read(archive, part)
        found = trace(COMMENT, name) if _is_svg(name) and "metadata" in _text(content) else []
        return found + [told for element in _elements(content) for told in office_names.traces(*element)]
    except Unfit:
        if _is_svg(name):
            return trace(COMMENT, name)
        raise


def _of_sheet(sheet: bytes) -> list[Trace]:
    found = {}
    for user in office_names.USER_IN_SHEETS.finditer(sheet):
        found |= dict.fromkeys(trace(AUTHOR, user[1].decode(errors="replace")))
    for link in office_names.LINKS_IN_SHEETS.finditer(sheet):
        for path in office_names.PATH_IN_SHEETS.finditer(link[0]):
            found |= dict.fromkeys(trace(DEVICE, path[0].decode(errors="replace")))
        if len(found) > MOST:
            break
    return list(found)


def _cleaned(archive: zipfile.ZipFile, part: zipfile.ZipInfo, inner: InnerCopy) -> bytes:
    if not _is_xml(part):
        content = archive.read(part)
        return inner(content, kind) if (kind := _kind(part.filename, content)) else content
    if office_names.SHEET.match(part.filename):
        sheet = office_names.IN_SHEETS.sub(lambda tag: office_names.GONE_IN_SHEETS.sub(b"", tag[0]), _read(archive, part))
        nowhere = office_names.NO_PATH.encode()
        return office_names.LINKS_IN_SHEETS.sub(lambda link: office_names.PATH_IN_SHEETS.sub(nowhere, link[0]), sheet)
    try:
        return _rewritten(_read(archive, part), part.filename).encode()
    except Unfit:
        if _is_svg(part.filename):
            return archive.read(part)  # drawing programs write what no office program does; `_of_part` tells of it
        raise


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if part.file_size > LARGEST_PART:
        raise Unfit(UNPACKS_TOO_LARGE)
    return archive.read(part)


def _elements(xml: bytes) -> Iterator[tuple[str, dict[str, str], str]]:
    """Every element: its name, its attributes, its text; names without their namespaces. Proves on the way that the XML is whole."""
    around = []  # the elements that are open
    try:
        for event, element in iterparse(BytesIO(xml), ("start", "end"), forbid_dtd=True):
            if event == "start":
                around.append(element)
                if len(around) > DEEPEST:
                    raise Unfit(DAMAGED)
                continue
            around.pop()
            attributes = {_local(name): value for name, value in element.attrib.items()}
            yield _local(element.tag), attributes, element.text or ""
            if around:
                del around[-1][:]  # empty elements take memory, too
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Unfit(DAMAGED) from None


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _rewritten(xml: bytes, name: str) -> str:
    """The same XML without the names in it. It is edited as text, since office programs look for their own prefixes."""
    authors = {tell.value for element in _elements(xml) for tell in office_names.traces(*element) if tell.kind == AUTHOR}
    text = NOT_CONTENT.sub("", HEAD.sub("", _text(xml)))
    for element in office_names.EMPTIED:
        text = element.sub("", text)
    if _is_svg(name):  # elsewhere an element of this name is content
        text = office_names.SVG_METADATA.sub("", text)
    text = office_names.AUTHOR_ELEMENT.sub(rf"\g<1>{office_names.NOBODY}\g<2>", text)
    text = _without_paths(text)
    names = {escape(author) for author in authors}
    text = TEXT.sub(lambda run: _unnamed(run[1], names), text)
    return XML_HEAD + TAG.sub(lambda tag: _tag(tag, name), text)


def _without_paths(text: str) -> str:
    """The instructions of a field stand in several runs, in the midst of a word, too: what goes is all of a field with a path."""
    fields: list[list[re.Match]] = []
    for tag in office_names.INSTRUCTION.finditer(text):
        if fields and "fldChar" not in text[fields[-1][-1].end() : tag.start()]:
            fields[-1].append(tag)
        else:
            fields.append([tag])
    kept, place = [], 0
    for tags in fields:
        if PATH.search("".join(tag[2] for tag in tags)):
            for tag in tags:
                kept += [text[place : tag.end(1)]]
                place = tag.end(2)
    return "".join([*kept, text[place:]])


def _unnamed(text: str, names: set[str]) -> str:
    """A comment in a spreadsheet begins with its author's name."""
    ends = [end for end, sign in enumerate(text[:LONGEST_NAME]) if sign == ":" and text[:end] in names]
    return f">{office_names.NOBODY}{text[ends[-1] :]}" if ends else f">{text}"


def _text(xml: bytes) -> str:
    try:
        text = xml.decode("utf-16" if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit(DAMAGED) from None
    if "<![CDATA[" in text:
        raise Unfit(DAMAGED)  # no office program writes it, and what stands in it only looks like tags
    return text


def _tag(tag: re.Match, part: str) -> str:
    element = _local(tag[1])
    attributes = {_local(found[1]): found[2] or found[3] or "" for found in ATTRIBUTE.finditer(tag[2])}
    if element in ("Relationship", "Override") and _points_nowhere(part, attributes):
        return "" if tag[3].strip() == "/>" else f"<{tag[1]}{tag[3]}"
    return f"<{tag[1]}{ATTRIBUTE.sub(lambda found: _attribute(found, element), tag[2])}{tag[3]}"


def _points_nowhere(part: str, attributes: dict[str, str]) -> bool:
    """Whether this speaks of a part that was left out."""
    target = attributes.get("PartName") or attributes.get("Target", "")
    if attributes.get("TargetMode") == "External" or not target:
        return False
    base = posixpath.dirname(posixpath.dirname(part))
    found = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
    return bool(office_names.DROPPED.match(found))


def _attribute(found: re.Match, element: str) -> str:
    replaced = office_names.replacement(element, _local(found[1]), found[2] or found[3] or "")
    if replaced is None:
        return found[0]
    return f' {found[1]}="{replaced}"' if replaced is not office_names.GONE else ""
