"""PDF: what stands in it besides its pages, and a copy that has its pages alone."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from lacare_site.intake.refusals import DAMAGED, LOCKED, UNPACKS_TOO_LARGE, Unfit

from . import jpeg, properties
from .trace import AUTHOR, COMMENT, DEVICE, PATH, PLACE, SOFTWARE, TIME, TITLE, Trace, trace

JPEG = "/DCTDecode"
MOST_PAGES = 2000
MOST_OBJECTS = 200_000
MOST_FILTERS = 10  # of one stream
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes of all streams, before and after each filter; pypdf bounds one alone
LARGEST_READ = 16 * 1024 * 1024  # bytes of all XMP and packed JPEG, which are looked through part by part
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings quote the file
DEEPEST = 100  # of lists and dictionaries within one another
DOCUMENT = {
    "/Author": AUTHOR,
    "/Company": AUTHOR,
    "/Creator": SOFTWARE,
    "/Producer": SOFTWARE,
    "/CreationDate": TIME,
    "/ModDate": TIME,
    "/SourceModified": TIME,
    "/Title": TITLE,
}
MARKUP = {"/T": AUTHOR, "/M": TIME, "/CreationDate": TIME}  # of an annotation; of a field of a form, /T is its name
SIGNATURE = {"/Name": AUTHOR, "/Location": PLACE, "/ContactInfo": AUTHOR, "/M": TIME}
PIECES = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Thumb",
    "/Info",
    "/Usage",
)  # of any object; what programs note for themselves


def traces(content: bytes) -> list[Trace]:
    """Raises Unfit."""
    with _reading():
        unpacker = _Unpacker()
        reader = _open(content, unpacker)
        found = []
        for key, value in (reader.metadata or {}).items():
            found += trace(DOCUMENT.get(key, COMMENT), str(value))
        found += _of_xmp(reader.root_object, unpacker)
        for name in reader.attachments:
            found += trace(COMMENT, name)
        for part in _dictionaries(_pages(reader)):
            found += _of_part(part, unpacker)
        return found


def copy(content: bytes) -> bytes:
    """The pages with their annotations, without fields' scripts, signatures, layers, outlines and files inside. Raises Unfit."""
    with _reading():
        unpacker = _Unpacker()
        writer = _pages(_open(content, unpacker))
        for part in _dictionaries(writer):
            _clean(part, unpacker)
        writer = _pages(writer)  # once more: what nothing points to any longer stays behind
        writer.metadata = None
        out = BytesIO()
        writer.write(out)
        return out.getvalue()


@contextmanager
def _reading():
    """Whatever goes wrong in reading a PDF is the file's fault: a hostile one can raise nearly anything, and faults quote it."""
    try:
        yield
    except Unfit:
        raise
    except Exception:
        raise Unfit(DAMAGED) from None


def _open(content: bytes, unpacker: "_Unpacker") -> PdfReader:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise Unfit(LOCKED)
    if sum(map(len, reader.xref.values())) + len(reader.xref_objStm) > MOST_OBJECTS:
        raise Unfit(UNPACKS_TOO_LARGE)
    packs = {number for number, _place in reader.xref_objStm.values()}
    if packs & reader.xref_objStm.keys():
        raise Unfit(DAMAGED)  # objects that are packed within one another
    for number in packs:  # before pypdf does, which keeps all of them
        if isinstance(pack := reader.get_object(number), StreamObject):
            unpacker.unpack(pack)
    if len(reader.pages) > MOST_PAGES:
        raise Unfit(UNPACKS_TOO_LARGE)
    return reader


def _pages(source: PdfReader | PdfWriter) -> PdfWriter:
    """The pages, and all that they need to be shown."""
    writer = PdfWriter()
    for page in source.pages:
        writer.add_page(page)
    return writer


def _dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    for whole in writer._objects:
        left = [(whole, 0)]
        while left:
            part, depth = left.pop()
            if depth > DEEPEST:
                raise Unfit(DAMAGED)
            if isinstance(part, DictionaryObject):
                yield part
                left += [(inner, depth + 1) for inner in part.values()]
            elif isinstance(part, ArrayObject):
                left += [(inner, depth + 1) for inner in part]


class _Unpacker:
    """Unpacks the streams of one file, up to a size of all together."""

    def __init__(self):
        self.unpacked = self.read = 0

    def unpack(self, stream: StreamObject) -> bytes:
        """Raises Unfit."""
        content = self._counted(stream._data)
        filters, settings = (_listed(stream, name) for name in ("/Filter", "/DecodeParms"))
        if len(filters) > MOST_FILTERS:
            raise Unfit(DAMAGED)
        for place, name in enumerate(filters):
            step = DecodedStreamObject()
            step.set_data(content)
            step[NameObject("/Filter")] = name
            if place < len(settings):
                step[NameObject("/DecodeParms")] = settings[place]
            content = self._counted(decode_stream_data(step))  # which leaves JPEG as it is
        return content

    def may_read(self, content: bytes) -> bool:
        """Whether there is time left for what was unpacked to be looked through."""
        self.read += len(content)
        return self.read <= LARGEST_READ

    def _counted(self, content: bytes) -> bytes:
        self.unpacked += len(content)
        if self.unpacked > LARGEST_UNPACKED:
            raise Unfit(UNPACKS_TOO_LARGE)
        return content


def _listed(stream: StreamObject, name: str) -> list:
    found = stream.get(name, ArrayObject()).get_object()
    return found if isinstance(found, ArrayObject) else [found]


def _of_xmp(part: DictionaryObject, unpacker: _Unpacker) -> list[Trace]:
    found = part.get("/Metadata")
    stream = found.get_object() if found is not None else None
    if not isinstance(stream, StreamObject):
        return []
    xml = unpacker.unpack(stream)
    return properties.read(xml) if unpacker.may_read(xml) else trace(COMMENT, "XML")


def _of_part(part: DictionaryObject, unpacker: _Unpacker) -> list[Trace]:
    found = _of_xmp(part, unpacker)
    if _is_markup(part):
        names = MARKUP
    elif "/ByteRange" in part:
        names = SIGNATURE
    else:
        names = {}
    for name, kind in names.items():
        if name in part:
            found += trace(kind, str(part[name]))
    found += [path for value in part.values() if _is_path(value) for path in trace(DEVICE, str(value))]
    return found + _of_jpeg(part, unpacker)


def _of_jpeg(part: DictionaryObject, unpacker: _Unpacker) -> list[Trace]:
    content = _jpeg_in(part, unpacker)
    if content and content is not part._data and not unpacker.may_read(content):
        return trace(COMMENT, "JPEG")
    try:
        return jpeg.traces(content) if content else []
    except Unfit:
        return []


def _clean(part: DictionaryObject, unpacker: _Unpacker) -> None:
    names = [*PIECES, "/EF"]
    if _is_markup(part):
        names += [*MARKUP, "/NM", "/RC", "/Subj"]
    if part.get("/Subtype") == "/FileAttachment":
        names += ["/FS"]
    if "/ByteRange" in part:
        names = list(part)
    for name in names:
        part.pop(name, None)
    for name, value in part.items():
        if _is_path(value):
            part[NameObject(name)] = TextStringObject("")
    if content := _jpeg_in(part, unpacker):
        part._data = jpeg.copy(content)
        if isinstance(part["/Filter"], ArrayObject):
            part[NameObject("/Filter")] = NameObject(JPEG)
            part.pop("/DecodeParms", None)


def _is_markup(part: DictionaryObject) -> bool:
    return "/Rect" in part and "/Subtype" in part and part["/Subtype"] != "/Widget"


def _is_path(value) -> bool:
    return isinstance(value, TextStringObject) and bool(PATH.match(value))


def _jpeg_in(part: DictionaryObject, unpacker: _Unpacker) -> bytes | None:
    """The JPEG that a stream holds, perhaps packed once more."""
    filters = part["/Filter"] if isinstance(part, StreamObject) and "/Filter" in part else None
    if isinstance(filters, ArrayObject) and filters and filters[-1] == JPEG:
        return unpacker.unpack(part)
    return part._data if filters == JPEG else None
