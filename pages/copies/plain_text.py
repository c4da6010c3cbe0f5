"""A tree (`reading`) as plain text, for screen readers, braille displays and slow connections: a paragraph is a line, a heading begins with
as many # as it is deep (but for one that names an item of a list), and the address of a link follows it.

A text without marks has no direction of its own, and a browser shows each line from the left: what runs from the right says so by
Unicode's own signs (UAX 9), and numbers and addresses in it that they do not turn around.
"""

import re

from .addresses import written_out
from .reading import HEADINGS, Element

INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "br",
    "cite",
    "code",
    "dd",
    "dt",
    "em",
    "i",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "wbr",
}
FROM_THE_RIGHT, END_OF_LINE = "\u202b", "\u202c"
ISOLATES, END = {"ltr": "\u2066", "rtl": "\u2067"}, "\u2069"
INDENT = "  "
HEADING_MARK = re.compile(f"^({FROM_THE_RIGHT}?)#{{1,6}} ", re.MULTILINE)


def write(root: Element) -> str:
    return "\n\n".join(_blocks(root, "ltr")) + "\n"


def _blocks(element: Element, direction: str) -> list[str]:
    """The paragraphs of an element, each one line or the lines of a list."""
    direction = element.attributes.get("dir", direction)
    found, run = [], []
    for child in [*element.children, None]:
        if isinstance(child, str) or (child is not None and child.tag in INLINE):
            run.append(child)
            continue
        if text := _lines(run, direction):
            found.append(text)
        run = []
        if child is not None:
            found += _block(child, child.attributes.get("dir", direction))
    return found


def _block(element: Element, direction: str) -> list[str]:
    if element.tag in HEADINGS:
        return [_lines([f"{'#' * int(element.tag[1])} ", *element.children], direction)]
    if element.tag in ("ul", "ol"):
        return [_list(element, direction)]
    return _blocks(element, direction)


def _list(element: Element, direction: str) -> str:
    items = []
    start = int(element.attributes.get("start", "1"))
    for number, item in enumerate((child for child in element.children if isinstance(child, Element)), start):
        first, *rest = HEADING_MARK.sub(r"\1", "\n".join(_blocks(item, direction))).split("\n")
        mark = f"{number}. " if element.tag == "ol" else "- "
        items.append("\n".join([_marked(mark, first), *(f"{INDENT}{line}" for line in rest)]))
    return "\n".join(items)


def _marked(mark: str, line: str) -> str:
    """The line with a mark at its beginning, which lies on the right where it runs from there."""
    return f"{FROM_THE_RIGHT}{mark}{line[1:]}" if line.startswith(FROM_THE_RIGHT) else f"{mark}{line}"


def _lines(nodes: list, direction: str) -> str:
    """Words in a row, with single spaces; a line break stays one."""
    lines = "".join(_inline(node, direction) for node in nodes).split("\n")
    words = [" ".join(line.split()) for line in lines if line.strip()]
    return "\n".join(f"{FROM_THE_RIGHT}{line}{END_OF_LINE}" if direction == "rtl" else line for line in words)


def _inline(node: Element | str, direction: str) -> str:
    if isinstance(node, str):
        return " ".join(node.split("\n"))
    if node.tag == "br":
        return "\n"
    own = node.attributes.get("dir", direction)
    words = "".join(_inline(child, own) for child in node.children)
    if node.tag == "a" and (address := written_out(node)):
        words = f"{words} {_isolated(f'<{address}>', 'ltr', own)}"
    return _isolated(words, own, direction)


def _isolated(words: str, own: str, direction: str) -> str:
    """Words that run in their own direction within a line of another."""
    inner = words.strip()
    return words.replace(inner, f"{ISOLATES[own]}{inner}{END}") if own != direction and inner else words
