"""PNG: what its chunks say, and a copy with the picture's own chunks alone. The picture is copied as it is, without being decoded."""

import struct
import zlib
from collections.abc import Iterator

from lacare_site.intake.pictures import PNG_START
from lacare_site.intake.refusals import DAMAGED, Unfit

from . import exif, properties
from .trace import AUTHOR, COMMENT, DEVICE, SOFTWARE, TIME, TITLE, Trace, trace

# Sizes, colours, the picture, its transparency, and animation. Colour profiles are not kept: they may name a screen or a scanner.
KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD", b"pHYs"}
KEPT |= {b"acTL", b"fcTL", b"fdAT"}
XMP = b"XML:com.adobe.xmp"
KEYWORDS = {
    b"author": AUTHOR,
    b"copyright": AUTHOR,
    b"title": TITLE,
    b"software": SOFTWARE,
    b"source": DEVICE,
    b"creation time": TIME,
}
LARGEST_TEXT = properties.LARGEST  # bytes, unpacked, of all texts together


def traces(content: bytes) -> list[Trace]:
    """Raises Unfit."""
    found, room = [], LARGEST_TEXT
    for kind, data in _chunks(content):
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, text = _text(kind, data, room)
            found += _of_text(kind, keyword, text)
            room = max(1, room - len(text))  # 0 would be no bound at all
        elif kind == b"eXIf":
            found += _of_exif(data)
        elif kind == b"tIME" and len(data) == 7:
            year, *rest = struct.unpack(">H5B", data)
            found += trace(TIME, "{}-{:02}-{:02} {:02}:{:02}:{:02}".format(year, *rest))
    return found


def copy(content: bytes) -> bytes:
    """How the picture is to be turned is kept, since without that it would lie on its side. Raises Unfit."""
    out = bytearray(PNG_START)
    for kind, data in _chunks(content):
        turned = exif.orientation(data) if kind == b"eXIf" else 1
        if turned != 1:
            out += _chunk(kind, exif.exif_with(turned))
        elif kind in KEPT:
            out += _chunk(kind, data)
    return bytes(out)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    if content[: len(PNG_START)] != PNG_START:
        raise Unfit(DAMAGED)
    place, kind = len(PNG_START), b""
    while kind != b"IEND":
        head = content[place : place + 8]
        if len(head) < 8:
            raise Unfit(DAMAGED)
        length, kind = struct.unpack(">I4s", head)
        if place + 12 + length > len(content):
            raise Unfit(DAMAGED)
        yield kind, content[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _text(kind: bytes, data: bytes, longest: int) -> tuple[bytes, bytes]:
    """Its keyword, and not more of the text than that many bytes."""
    keyword, _separator, rest = data.partition(b"\0")
    packed = kind == b"zTXt"
    if kind == b"iTXt":
        packed = rest[:1] == b"\1"
        rest = rest[2:].split(b"\0", 2)[-1]  # behind the language and the keyword in that language
    elif packed:
        rest = rest[1:]
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, longest)
        except zlib.error:
            rest = b""
    return keyword, rest[:longest]


def _of_text(kind: bytes, keyword: bytes, content: bytes) -> list[Trace]:
    if keyword == XMP:
        return properties.read(content)
    text = content.decode("utf-8" if kind == b"iTXt" else "latin-1", "replace")
    known = KEYWORDS.get(keyword.lower())
    return trace(known, text) if known else trace(COMMENT, f"{keyword.decode('latin-1')}: {text}")


def _of_exif(data: bytes) -> list[Trace]:
    try:
        return exif.traces(data)
    except Unfit:
        return trace(COMMENT, "EXIF")
