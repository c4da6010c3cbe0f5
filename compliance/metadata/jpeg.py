"""JPEG: what its parts say, and a copy with the picture's own parts alone. The picture is copied as it is, without being decoded."""

import struct
from collections.abc import Iterator

from lacare_site.intake.pictures import JPEG_END, JPEG_MARKER, JPEG_SIZES, MOST_PARTS
from lacare_site.intake.refusals import DAMAGED, Unfit

from . import exif, properties
from .trace import COMMENT, Trace, trace

START = b"\xff\xd8"
SCAN, COMMENT_PART, JFIF, ADOBE, EXIF, PHOTOSHOP = 0xDA, 0xFE, 0xE0, 0xEE, 0xE1, 0xED
# Tables, sizes, scans. Colour profiles are not kept: they may name a screen or a scanner.
KEPT = {0xC4, 0xCC, 0xDB, SCAN, 0xDC, 0xDD, 0xDE, 0xDF, *JPEG_SIZES}
EXIF_HEAD, XMP_HEAD = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"


def traces(content: bytes) -> list[Trace]:
    """Raises Unfit."""
    found = []
    for marker, head, _scan in _parts(content):
        if marker == COMMENT_PART:
            found += trace(COMMENT, head.decode("utf-8", "replace"))
        elif marker == EXIF and head.startswith(EXIF_HEAD):
            found += _of_exif(head)
        elif marker == EXIF and head.startswith(XMP_HEAD):
            found += properties.read(head.removeprefix(XMP_HEAD))
        elif marker == PHOTOSHOP:
            found += exif.iptc(head)
    return found


def copy(content: bytes) -> bytes:
    """How the picture is to be turned is kept, since without that it would lie on its side. Raises Unfit."""
    out, turned = bytearray(START), 1
    for marker, head, scan in _parts(content):
        if marker == JFIF and head.startswith(b"JFIF\0"):
            out += _part(JFIF, head[:12] + bytes(2))  # without its thumbnail
        elif marker == ADOBE and head.startswith(b"Adobe"):
            out += _part(ADOBE, head[:12])  # says how the colours are meant
        elif marker == EXIF and head.startswith(EXIF_HEAD) and turned == 1:
            turned = exif.orientation(head.removeprefix(EXIF_HEAD))
            if turned != 1:
                out += _part(EXIF, EXIF_HEAD + exif.exif_with(turned))
        elif marker in KEPT:
            out += _part(marker, head) + scan
    return bytes(out + bytes([0xFF, JPEG_END]))


def _of_exif(head: bytes) -> list[Trace]:
    try:
        return exif.traces(head.removeprefix(EXIF_HEAD))
    except Unfit:
        return trace(COMMENT, "EXIF")


def _parts(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The parts of the first picture: marker, content, and for a scan the picture's data behind it."""
    if content[:2] != START:
        raise Unfit(DAMAGED)
    place = len(START)
    for _part_number in range(MOST_PARTS):
        found = JPEG_MARKER.search(content, place)
        if not found:
            break
        marker, place = found[0][-1], found.end()
        if marker == JPEG_END:
            return
        length = int.from_bytes(content[place : place + 2], "big")
        end = after = place + length
        if length < 2 or end > len(content):
            break
        if marker == SCAN:
            following = JPEG_MARKER.search(content, end)
            after = following.start() if following else len(content)
        yield marker, content[place + 2 : end], content[end:after]
        if after == len(content) and marker == SCAN:
            return  # its end is missing, as that of many pictures within documents
        place = after
    raise Unfit(DAMAGED)


def _part(marker: int, head: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(head) + 2) + head
