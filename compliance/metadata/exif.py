"""What the directories of EXIF and TIFF say. EXIF is TIFF without a picture."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from lacare_site.intake import pictures
from lacare_site.intake.refusals import DAMAGED, Unfit

from . import properties
from .trace import AUTHOR, COMMENT, DEVICE, PLACE, SOFTWARE, TIME, TITLE, Trace, trace

ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
LONG, SHORT, TEXT = 4, 3, 2
ORIENTATION, XMP, IPTC, EXIF, GPS = 274, 700, 33723, 34665, 34853
LARGEST_VALUE = 8 * 1024 * 1024  # bytes
KINDS = {
    **dict.fromkeys([315, 33432, 40093, 42032], AUTHOR),  # artist, copyright, the last two of Windows and of the camera
    **dict.fromkeys([271, 272, 316, 42033, 42035, 42036, 42037, 42016], DEVICE),  # make, model, serial numbers, lens
    **dict.fromkeys([306, 36867, 36868], TIME),
    **dict.fromkeys([11, 305], SOFTWARE),
    **dict.fromkeys([269, 285, 40091], TITLE),
    **dict.fromkeys([270, 37510, 40092, 40094, 40095], COMMENT),
}
WINDOWS = range(40091, 40096)  # written as UTF-16
USER_COMMENT = 37510
IPTC_KINDS = {
    5: TITLE,
    25: COMMENT,
    55: TIME,
    80: AUTHOR,
    90: PLACE,
    95: PLACE,
    101: PLACE,
    116: AUTHOR,
    120: COMMENT,
    122: AUTHOR,
}
MOST_IPTC = 1000


@dataclass(frozen=True)
class Value:
    kind: int
    raw: bytes

    def numbers(self, order: str) -> tuple[int, ...]:
        letter = {1: "B", SHORT: "H", LONG: "I", 13: "I"}.get(self.kind)
        return struct.unpack(f"{order}{len(self.raw) // SIZES[self.kind]}{letter}", self.raw) if letter else ()


def traces(content: bytes) -> list[Trace]:
    """Raises Unfit."""
    order = order_of(content)
    return [found for page in pages(content, order) for found in _of_directory(content, order, page)]


def orientation(exif: bytes) -> int:
    """How a picture with this EXIF is to be turned, 1 to 8; 1 if it does not say so."""
    try:
        order = order_of(exif)
        value = next(pages(exif, order)).get(ORIENTATION, Value(SHORT, b""))
        turned = (value.numbers(order) or (1,))[0]
    except (Unfit, StopIteration):
        return 1
    return turned if 1 <= turned <= 8 else 1


def exif_with(orientation: int) -> bytes:
    """EXIF that says this and nothing else."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, SHORT, 1, orientation, 0, 0)


def iptc(data: bytes) -> list[Trace]:
    """What news agencies' fields say, which stand in Photoshop's part of a JPEG, or in a TIFF."""
    found, place = [], data.find(b"\x1c\x02")
    for _field in range(MOST_IPTC):
        if place < 0 or place + 5 > len(data):
            break
        end = place + 5 + int.from_bytes(data[place + 3 : place + 5], "big")
        found += trace(IPTC_KINDS.get(data[place + 2], COMMENT), data[place + 5 : end].decode("utf-8", "replace"))
        place = data.find(b"\x1c\x02", end)
    return found


def order_of(content: bytes) -> str:
    """The order of bytes, as struct names it. Raises Unfit."""
    try:
        return ORDERS[content[:4]]
    except KeyError:
        raise Unfit(DAMAGED) from None


def pages(content: bytes, order: str) -> Iterator[dict[int, Value]]:
    """The directories one after the other: tags with their values. Raises Unfit."""
    seen = set()
    try:
        (place,) = struct.unpack(order + "I", content[4:8])
        while place and place not in seen and len(seen) < pictures.MOST_PAGES:
            seen.add(place)
            page, end = _directory(content, order, place)
            yield page
            # EXIF often ends with its last directory's values, without a word on the next.
            place = int.from_bytes(content[end : end + 4], "little" if order == "<" else "big")
    except struct.error:
        raise Unfit(DAMAGED) from None


def _directory(content: bytes, order: str, place: int) -> tuple[dict[int, Value], int]:
    """The tags of a directory, and where it ends. What lies beyond the file's end is left out."""
    (count,) = struct.unpack(order + "H", content[place : place + 2])
    end, values, left = place + 2 + 12 * count, {}, len(content)
    for entry in range(place + 2, end, 12):
        tag, kind, number = struct.unpack(order + "HHI", content[entry : entry + 8])
        size = SIZES.get(kind, 0) * number
        start = entry + 8 if size <= 4 else struct.unpack(order + "I", content[entry + 8 : entry + 12])[0]
        left -= size
        if 0 < size <= LARGEST_VALUE and left >= 0 and start + size <= len(content):
            values[tag] = Value(kind, content[start : start + size])
    return values, end


def _of_directory(content: bytes, order: str, page: dict[int, Value], depth: int = 0) -> list[Trace]:
    found = []
    for tag, value in page.items():
        if tag in KINDS:
            found += trace(KINDS[tag], _text(tag, value.raw))
        elif tag == XMP:
            found += properties.read(value.raw)
        elif tag == IPTC:
            found += iptc(value.raw)
        elif tag in (EXIF, GPS) and depth == 0 and (numbers := value.numbers(order)):
            try:
                inner, _end = _directory(content, order, numbers[0])
            except struct.error:
                continue
            found += _place(order, inner) if tag == GPS else _of_directory(content, order, inner, depth + 1)
    return found


def _text(tag: int, raw: bytes) -> str:
    if tag in WINDOWS:
        return raw.decode("utf-16-le", "ignore")
    if tag == USER_COMMENT:
        raw = raw.removeprefix(b"ASCII\0\0\0").removeprefix(b"UNICODE\0")
    return raw.replace(b"\0", b" ").decode("utf-8", "replace")


def _place(order: str, gps: dict[int, Value]) -> list[Trace]:
    """Latitude and longitude in degrees; the letters without them, if they cannot be read."""
    shown = []
    for letter_tag, degrees_tag in ((1, 2), (3, 4)):
        letter, degrees = gps.get(letter_tag, Value(TEXT, b"")), gps.get(degrees_tag, Value(5, b""))
        parts = struct.unpack(f"{order}{len(degrees.raw) // 4}I", degrees.raw[: len(degrees.raw) // 4 * 4])
        pairs = zip(parts[::2], parts[1::2], strict=False)
        number = sum(top / below / 60**step for step, (top, below) in enumerate(pairs) if below)
        shown.append(f"{number:.4f}° {_text(letter_tag, letter.raw)}")
    return trace(PLACE, ", ".join(shown)) if gps else []
