"""A copy of a TIFF with the picture's own tags alone. The picture is copied as it is, without being decoded."""

import struct

from lacare_site.intake import pictures
from lacare_site.intake.refusals import DAMAGED, Unfit

from . import jpeg
from .exif import LONG, SIZES, Value, order_of, pages, traces

__all__ = ["copy", "traces"]

COMPRESSION, JPEG_TABLES = 259, 347
OLD_JPEG, NEW_JPEG = 6, 7
# What a reader needs to show the picture: size, bits, compression, colours, how it is turned, strips and tiles, resolution.
KEPT = {254, 255, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 292, 293, 296, 297}
KEPT |= {317, 318, 319, 320, 322, 323, 324, 325, 332, 336, 338, 339, 347, 529, 530, 531, 532}


def copy(content: bytes) -> bytes:
    """Raises Unfit."""
    pictures.check_tiff(content)
    order = order_of(content)
    out = bytearray(content[:4] + bytes(4))
    link = 4  # where the place of the next directory is to be written
    for page in pages(content, order):
        values = {tag: value for tag, value in page.items() if tag in KEPT and value.kind in SIZES}
        _copy_picture(content, order, values, out)
        places = {}
        for tag, value in values.items():
            if len(value.raw) > 4:
                places[tag] = _append(out, value.raw)
        start = _append(out, struct.pack(order + "H", len(values)))
        for tag, value in sorted(values.items()):
            out += struct.pack(order + "HHI", tag, value.kind, len(value.raw) // SIZES[value.kind])
            out += struct.pack(order + "I", places[tag]) if tag in places else value.raw.ljust(4, b"\0")
        struct.pack_into(order + "I", out, link, start)
        link = len(out)
        out += bytes(4)
    return bytes(out)


def _copy_picture(content: bytes, order: str, values: dict[int, Value], out: bytearray) -> None:
    """Puts the picture's strips or tiles behind what is there already, and their new places and lengths into the values."""
    compression = (values[COMPRESSION].numbers(order) or (1,))[0] if COMPRESSION in values else 1
    if compression == OLD_JPEG:
        raise Unfit(DAMAGED)  # its tables stand outside all tags; programs that wrote it are twenty years old
    if compression == NEW_JPEG and JPEG_TABLES in values:
        values[JPEG_TABLES] = Value(7, jpeg.copy(values[JPEG_TABLES].raw))
    for starts, lengths in pictures.TIFF_PARTS:
        if starts not in values or lengths not in values:
            continue
        new = []
        for start, length in zip(values[starts].numbers(order), values[lengths].numbers(order), strict=True):
            part = content[start : start + length]
            part = jpeg.copy(part) if compression == NEW_JPEG else part
            new.append((_append(out, part), len(part)))
            if len(out) > 2 * len(content) + 1024:
                raise Unfit(DAMAGED)  # strips that lie over one another
        if not new:
            raise Unfit(DAMAGED)
        for tag, numbers in zip((starts, lengths), zip(*new, strict=True), strict=True):
            values[tag] = Value(LONG, struct.pack(f"{order}{len(numbers)}I", *numbers))


def _append(out: bytearray, data: bytes) -> int:
    """Where it stands now."""
    out += bytes(len(out) % 2)
    place = len(out)
    out += data
    return place
