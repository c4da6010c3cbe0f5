"""GIF, WebP and EMF, which stand inside Office files alone: what they say, and copies with the picture's own parts."""

import struct
from collections.abc import Iterator

from lacare_site.intake.refusals import DAMAGED, Unfit

from .trace import COMMENT, MOST, Trace, trace

GIF, WEBP, EMF = "gif", "webp", "emf"
EMF_MARK, EMF_DESCRIPTION = b" EMF", 60  # where the length and the place of its description stand
WEBP_TELLS = (b"EXIF", b"XMP ", b"ICCP")
WEBP_FLAGS = 0x2C  # that these three are there
GIF_CONTROL, GIF_APPLICATION, GIF_PICTURE, GIF_END = 0xF9, 0xFF, 0x2C, 0x3B
GIF_LOOPS = b"\x0bNETSCAPE2.0"


def kind_of(content: bytes) -> str | None:
    """By its first bytes; None for anything else."""
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return GIF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return EMF if content[:4] == b"\1\0\0\0" and content[40:44] == EMF_MARK else None


def traces(content: bytes) -> list[Trace]:
    """Raises Unfit."""
    found = {}
    for _part, told in _parts(content):
        found |= dict.fromkeys(trace(COMMENT, told.decode("latin-1").replace("\0", "")))
        if len(found) >= MOST:
            break
    return list(found)


def copy(content: bytes) -> bytes:
    """Raises Unfit."""
    out = bytearray(b"".join(part for part, _told in _parts(content)))
    if kind_of(content) == WEBP:
        struct.pack_into("<I", out, 4, len(out) - 8)
    return bytes(out)


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each part as it stands in a copy, and what is told where it stood. Raises Unfit."""
    try:
        yield from {GIF: _of_gif, WEBP: _of_webp, EMF: _of_emf}[kind_of(content)](content)
    except (IndexError, KeyError, struct.error):
        raise Unfit(DAMAGED) from None


def _of_gif(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 13 + _colours(content[10])
    yield content[:place], b""
    while content[place] != GIF_END:
        start = place
        label = content[place + 1]
        if content[place] == GIF_PICTURE:
            place += 11 + _colours(content[place + 9])
        else:
            place += 2
        data = place
        while content[place]:
            place += 1 + content[place]
        place += 1
        is_kept = content[start] == GIF_PICTURE or label == GIF_CONTROL
        is_kept |= label == GIF_APPLICATION and content.startswith(GIF_LOOPS, data)
        yield (content[start:place], b"") if is_kept else (b"", content[data + 1 : place])
    yield bytes([GIF_END]), b""


def _colours(flags: int) -> int:
    """The length of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _of_webp(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    yield content[:12], b""
    place = 12
    while place + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, place)
        end = place + 8 + length + length % 2
        if name in WEBP_TELLS:
            yield b"", content[place + 8 : end]
        elif name == b"VP8X":
            yield content[place : place + 8] + bytes([content[place + 8] & ~WEBP_FLAGS]) + content[place + 9 : end], b""
        else:
            yield content[place:end], b""
        place = end


def _of_emf(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    length, start = struct.unpack_from("<II", content, EMF_DESCRIPTION)
    told = content[start : start + 2 * length]
    out = bytearray(content)
    out[start : start + len(told)] = bytes(len(told))
    yield bytes(out), told
