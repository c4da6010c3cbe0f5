"""Rich text as a translator sees it: words, and marks (bold, links, telephone numbers) as codes that nobody can break."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

ATTRIBUTES = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)\b(?P<attributes>{ATTRIBUTES})>")
# Tags between which a translator's segments stand. All others are marks within a segment.
STRUCTURE = re.compile(rf"(</?(?:p|h[1-6]|ul|ol|li|hr|blockquote|table|tbody|thead|tr|td|th|div)\b{ATTRIBUTES}>)", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*')""")
WITHOUT_END = frozenset({"br", "embed", "img", "wbr"})


@dataclass(frozen=True)
class Code:
    """A mark in a segment: its beginning (`open`) or end (`close`), or the whole of one that holds no words (`single`)."""

    kind: str
    id: str


Parts = tuple[str | Code, ...]
Codes = dict[str, tuple[str, str]]  # by id the HTML of a mark: how it begins, and how it ends ("" for a single one)


def segmented(html: str, take: Callable[[int, str], str]) -> str:
    """The rich text with each run of inline content that holds words replaced by `take(number, run)`."""
    pieces = STRUCTURE.split(html)
    for number in range(0, len(pieces), 2):
        if unescape(TAG.sub("", pieces[number])).strip():
            pieces[number] = take(number, pieces[number])
    return "".join(pieces)


def parts_of(run: str) -> tuple[Parts, Codes]:
    """The words and codes of a run, its marks numbered from 1 in their order."""
    parts, codes, ids = [], {}, {}
    tokens = list(_tokens(run))
    ends = _ends(tokens)
    for number, token in enumerate(tokens):
        if isinstance(token, str):
            parts.append(unescape(token))
        elif number in ids:
            parts.append(Code("close", ids[number]))
        else:
            code = str(len(codes) + 1)
            end = ends.get(number)
            parts.append(Code("single" if end is None else "open", code))
            codes[code] = (token[0], "" if end is None else tokens[end][0])
            if end is not None:
                ids[end] = code
    return tuple(parts), codes


def parts_by(run: str, codes: Codes) -> Parts | None:
    """The words and codes of a run with the numbers that its English gives to the same marks; None if its marks are others."""
    own_parts, own_codes = parts_of(run)
    free = dict(codes)
    renamed = {}
    for own, html in own_codes.items():
        renamed[own] = next((code for code, other in free.items() if _form(other) == _form(html)), None)
        if renamed[own] is None:
            return None
        del free[renamed[own]]
    return None if free else tuple(part if isinstance(part, str) else Code(part.kind, renamed[part.id]) for part in own_parts)


def html_of(parts: Parts, codes: Codes) -> str:
    return "".join(
        escape(part, quote=False) if isinstance(part, str) else codes[part.id][1 if part.kind == "close" else 0] for part in parts
    )


def _tokens(run: str) -> Iterator[str | re.Match]:
    """Texts as strings, tags as matches."""
    end = 0
    for tag in TAG.finditer(run):
        if tag.start() > end:
            yield run[end : tag.start()]
        yield tag
        end = tag.end()
    if end < len(run):
        yield run[end:]


def _ends(tokens: list[str | re.Match]) -> dict[int, int]:
    """By the place of each opening tag that of its end. A tag without its counterpart is left out, and counts as single."""
    found, open_tags = {}, []
    for number, token in enumerate(tokens):
        if isinstance(token, str) or token["name"].lower() in WITHOUT_END or token["attributes"].endswith("/"):
            continue
        if not token["end"]:
            open_tags.append(number)
        elif open_tags and tokens[open_tags[-1]]["name"] == token["name"]:
            found[open_tags.pop()] = number
    return found


def _form(code: tuple[str, str]) -> tuple:
    """Equal for marks that differ in the order of their attributes alone."""
    start, end = code
    tag = TAG.fullmatch(start)
    return tag["name"].lower(), tag["end"], sorted(ATTRIBUTE.findall(tag["attributes"])), bool(end)
