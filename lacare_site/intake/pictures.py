"""The structure of PNG, JPEG and TIFF files, read from the first byte to the last without decoding a picture.

Each check takes the whole file as a buffer and raises `Unfit`.
"""

import re
import struct
import zlib

from .refusals import DAMAGED, MORE_THAN_ONE_FILE, TOO_MANY_PIXELS, WRONG_CONTENT, Unfit

MOST_PIXELS = 100_000_000  # a page of A3 at 600 dots an inch has 70 million
MOST_PAGES = 500
MOST_PARTS = 100_000  # of any picture; more are there only to keep a reader busy
PADDING = b"\0\r\n\t "

PNG_START = b"\x89PNG\r\n\x1a\n"
# A marker of a part; in the picture's own data such a byte is followed by zero or a restart marker.
JPEG_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
JPEG_END = 0xD9
MOST_PICTURES = 20  # of one JPEG file
ARCHIVE_END = b"PK\5\6"
JPEG_SIZES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
TIFF_WIDTH, TIFF_HEIGHT = 256, 257
TIFF_PARTS = ((273, 279), (324, 325))  # where strips, or tiles, begin and how long they are
TIFF_TAGS = {TIFF_WIDTH, TIFF_HEIGHT, *(tag for pair in TIFF_PARTS for tag in pair)}
TIFF_FORMATS = {1: "B", 3: "H", 4: "I"}


def check_png(content) -> None:
    if content[:8] != PNG_START:
        raise Unfit(WRONG_CONTENT)
    place, kind, count = len(PNG_START), b"", 0
    while kind != b"IEND":
        count += 1
        head = content[place : place + 8]
        if len(head) < 8 or count > MOST_PARTS:
            raise Unfit(DAMAGED)
        length, kind = struct.unpack(">I4s", head)
        end = place + 12 + length
        chunk = content[place + 4 : end - 4]
        if end > len(content) or content[end - 4 : end] != struct.pack(">I", zlib.crc32(chunk)):
            raise Unfit(DAMAGED)
        if place == len(PNG_START):
            if kind != b"IHDR" or length != 13:
                raise Unfit(DAMAGED)
            _check_size(*struct.unpack(">II", chunk[4:12]))
        place = end
    if place < len(content):
        raise Unfit(MORE_THAN_ONE_FILE)


def check_jpeg(content) -> None:
    if content[:3] != b"\xff\xd8\xff":
        raise Unfit(WRONG_CONTENT)
    place = _end_of_jpeg(content, 0)
    for _further in range(MOST_PICTURES):
        # Cameras put further pictures of the same scene behind the first.
        if content[place : place + 3] == b"\xff\xd8\xff":
            place = _end_of_jpeg(content, place)
    if content[place:].strip(PADDING) and not _is_phone_s_trailer(content, place):
        raise Unfit(MORE_THAN_ONE_FILE)


def _is_phone_s_trailer(content, start: int) -> bool:
    """Whether all from `start` on is what phones of Samsung put behind a picture: named blocks one after the other, a directory (SEFH)
    of exactly these, its length, and SEFT (as ExifTool reads it). No end of an archive may stand in it."""
    if len(content) < start + 20 or content[-4:] != b"SEFT":
        return False
    directory = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    entries = content[directory + 12 : -8]
    if directory < start or content[directory : directory + 4] != b"SEFH" or len(entries) % 12:
        return False
    if len(entries) > 12 * MOST_PARTS or len(entries) // 12 != int.from_bytes(content[directory + 8 : directory + 12], "little"):
        return False
    place = start
    for kind, before, size in sorted(struct.iter_unpack("<2x2sII", entries), key=lambda entry: -entry[1]):
        if directory - before != place or size < 8 or content[place + 2 : place + 4] != kind:
            return False
        place += size
    return place == directory and content.find(ARCHIVE_END, start) < 0


def _end_of_jpeg(content, start: int) -> int:
    """Where the picture that begins at `start` ends, going from part to part."""
    place, has_size, count = start + 2, False, 0
    while (found := JPEG_MARKER.search(content, place)) and count < MOST_PARTS:
        marker, place, count = found[0][-1], found.end(), count + 1
        if marker == JPEG_END and has_size:
            return place
        part = content[place : place + int.from_bytes(content[place : place + 2], "big")]
        if len(part) < 2 or marker == JPEG_END:
            break
        if marker in JPEG_SIZES:
            if len(part) < 7:
                break
            height, width = struct.unpack(">HH", part[3:7])
            _check_size(width, height)
            has_size = True
        place += len(part)
        if place > len(content):
            break
    raise Unfit(DAMAGED)


def check_tiff(content) -> None:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(content[:4])
    if not order:
        raise Unfit(WRONG_CONTENT)
    try:
        place, seen, left = struct.unpack(order + "I", content[4:8])[0], set(), MOST_PARTS
        while place:
            if place in seen or len(seen) == MOST_PAGES:
                raise Unfit(TOO_MANY_PIXELS)
            seen.add(place)
            values, place, used = _read_tiff_page(content, order, place, left)
            left -= used
            _check_tiff_page(values, len(content))
        if not seen:
            raise Unfit(DAMAGED)
    except struct.error as fault:
        raise Unfit(DAMAGED) from fault


def _read_tiff_page(content, order: str, place: int, left: int) -> tuple[dict[int, tuple], int, int]:
    """What the directory at `place` says: the values of the tags that matter, the place of the next directory, how much was read."""
    (count,) = struct.unpack(order + "H", content[place : place + 2])
    values, used = {}, count
    for entry in range(place + 2, place + 2 + 12 * min(count, left), 12):
        tag, kind, number = struct.unpack(order + "HHI", content[entry : entry + 8])
        if tag not in TIFF_TAGS or kind not in TIFF_FORMATS:
            continue
        used += number
        size = number * struct.calcsize(TIFF_FORMATS[kind])
        start = entry + 8 if size <= 4 else struct.unpack(order + "I", content[entry + 8 : entry + 12])[0]
        if used > left or start + size > len(content):
            raise Unfit(DAMAGED)
        values[tag] = struct.unpack(f"{order}{number}{TIFF_FORMATS[kind]}", content[start : start + size])
    end = place + 2 + 12 * count
    return values, struct.unpack(order + "I", content[end : end + 4])[0], used


def _check_tiff_page(values: dict[int, tuple], size: int) -> None:
    _check_size(*((values.get(tag) or (0,))[0] for tag in (TIFF_WIDTH, TIFF_HEIGHT)))
    parts = [(values[starts], values[lengths]) for starts, lengths in TIFF_PARTS if starts in values and lengths in values]
    for starts, lengths in parts:
        if len(starts) != len(lengths) or any(start + length > size for start, length in zip(starts, lengths, strict=True)):
            raise Unfit(DAMAGED)
    if not parts:
        raise Unfit(DAMAGED)


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Unfit(DAMAGED)
    if width * height > MOST_PIXELS:
        raise Unfit(TOO_MANY_PIXELS)
