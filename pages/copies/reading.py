"""The words of a page as a tree, in their order, without what only a screen has use for: pictures, menus, forms, columns.

It is read from what the page's own template has written, so that whatever type of page or block there is has its copies, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"}
SCREEN_ONLY = {"button", "caption", "dialog", "form", "head", "iframe", "img", "script", "style", "svg", "template"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BETWEEN = " · "


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is read in it, with single spaces."""
        return " ".join("".join(_texts(self)).split())

    def all(self, *tags: str) -> Iterator["Element"]:
        """The elements of these tags below it, in their order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Element("root")]

    def handle_starttag(self, tag, attributes):
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in (element.tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """The tree of what our templates have written."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _for_reading(reader.open[0])


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child)


def _for_reading(element: Element) -> Element:
    if element.tag == "table":
        return _in_lines(element)
    children = [child if isinstance(child, str) else _for_reading(child) for child in element.children if not _is_left_out(child)]
    if element.tag in ("aside", "details"):  # nothing stands aside or is closed on paper
        return Element("div", element.attributes, children)
    if element.tag == "summary":
        return Element("h3", {}, children)
    return Element(element.tag, element.attributes, _apart(children))


def _is_left_out(child: Element | str) -> bool:
    if isinstance(child, str):
        return False
    if child.tag in SCREEN_ONLY or child.attributes.get("aria-hidden") == "true" or "hidden" in child.attributes:
        return True
    if child.tag == "nav":  # but for the way through a list in parts
        return not any(link.attributes.get("rel") in ("next", "prev") for link in child.all("a"))
    return child.tag not in VOID and not child.text


def _apart(children: list[Element | str]) -> list[Element | str]:
    """Facts in a row, which a stylesheet sets apart on the screen, are set apart by a sign."""
    facts = [child for child in children if isinstance(child, Element) or child.strip()]
    if len(facts) < 2 or any(isinstance(fact, str) or fact.tag != "span" for fact in facts):
        return children
    return [part for fact in facts for part in (BETWEEN, fact)][1:]


def _in_lines(table: Element) -> Element:
    """A table as a list: each row is its name, with what stands under each heading."""
    heads = [cell.text for row in table.all("thead") for cell in row.all("th", "td")]
    lines = []
    for row in (row for body in table.all("tbody") for row in body.all("tr")):
        cells = list(row.all("th", "td"))
        named = [_under(head, cell) for head, cell in zip_longest(heads[: len(cells)], cells, fillvalue="")]
        lines.append(Element("li", {}, [Element("strong", {}, [cells[0].text]), Element("ul", {}, named[1:])]))
    return Element("ul", {}, lines)


def _under(head: str, cell: Element) -> Element:
    """A cell with the heading of its column, which it may repeat for narrow screens."""
    children = _for_reading(Element("li", cell.attributes, cell.children)).children
    first = next((child for child in children if isinstance(child, Element)), None)
    if first and first.text == head:
        children = [child for child in children if child is not first]
    return Element("li", {}, [f"{head}: " if head else "", *children])
