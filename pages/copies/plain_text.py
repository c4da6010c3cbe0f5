"""A tree (`reading`) as plain text, for screen readers, braille displays and slow connections: a paragraph is a line, a heading begins with
as many # as it is deep (but for one that names an item of a list), and the address of a link follows it.
"""

import re

from .addresses import written_out
from .reading import HEADINGS, Element

INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time", "wbr"}
# What <bdi dir="ltr"> is in a text without marks (Unicode, UAX 9): numbers and addresses do not turn around among letters from the right.
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
INDENT = "  "
HEADING_MARK = re.compile("^#{1,6} ", re.MULTILINE)


class Writer:
    def __init__(self, *, is_rtl: bool):
        self._is_rtl = is_rtl

    def write(self, element: Element) -> str:
        return "\n\n".join(self._blocks(element)) + "\n"

    def _blocks(self, element: Element) -> list[str]:
        """The paragraphs of an element, each one line or the lines of a list."""
        found, run = [], []
        for child in [*element.children, None]:
            if isinstance(child, str) or (child is not None and child.tag in INLINE):
                run.append(child)
                continue
            if text := self._line(run):
                found.append(text)
            run = []
            if child is not None:
                found += self._block(child)
        return found

    def _block(self, element: Element) -> list[str]:
        if element.tag in HEADINGS:
            return [f"{'#' * int(element.tag[1])} {self._line(element.children)}"]
        if element.tag in ("ul", "ol"):
            return [self._list(element)]
        if element.tag == "dl":
            terms, values = ([self._line(part.children) for part in element.all(tag)] for tag in ("dt", "dd"))
            return ["\n".join(f"{term.rstrip(':')}: {value}" for term, value in zip(terms, values, strict=False))]
        return self._blocks(element)

    def _list(self, element: Element) -> str:
        items = []
        start = int(element.attributes.get("start", "1"))
        for number, item in enumerate((child for child in element.children if isinstance(child, Element)), start):
            first, *rest = HEADING_MARK.sub("", "\n".join(self._blocks(item))).split("\n")
            mark = f"{number}. " if element.tag == "ol" else "- "
            items.append("\n".join([f"{mark}{first}", *(f"{INDENT}{line}" for line in rest)]))
        return "\n".join(items)

    def _line(self, nodes: list) -> str:
        """Words in a row, with single spaces; a line break stays one."""
        lines = "".join(map(self._inline, nodes)).split("\n")
        return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)

    def _inline(self, node: Element | str) -> str:
        if isinstance(node, str):
            return " ".join(node.split("\n"))
        if node.tag == "br":
            return "\n"
        words = "".join(map(self._inline, node.children))
        if node.tag == "bdi" and node.attributes.get("dir") == "ltr":
            return self._isolated(words)
        if node.tag == "a" and (address := written_out(node)):
            return f"{words} {self._isolated(f'<{address}>')}"
        return words

    def _isolated(self, words: str) -> str:
        return f"{LEFT_TO_RIGHT}{words}{END}" if self._is_rtl and words.strip() else words
