"""A page as the crawl sees it: its elements, what they are called, and where they lead."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from lacare_site import addresses
from lacare_site.languages import Language

SPACE = re.compile(r"\s+")
WITHOUT_TEXT = {"script", "style", "template", "svg", "head"}


def squeezed(text: str | None) -> str:
    return SPACE.sub(" ", text or "").strip()


@dataclass
class Page:
    """One address with what it answered."""

    path: str  # English: "/members/id-card"
    language: Language
    status: int
    body: str

    @cached_property
    def address(self) -> str:
        return addresses.in_language(self.path, self.language.code) or "/"

    @cached_property
    def html(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.body)

    def all(self, selector: str) -> list[LexborNode]:
        return self.html.css(selector)

    def one(self, selector: str) -> LexborNode:
        (found,) = self.html.css(selector)
        return found

    @cached_property
    def by_id(self) -> dict[str, LexborNode]:
        return {node.attributes["id"]: node for node in self.all("[id]")}

    @cached_property
    def text(self) -> str:
        """All that is read, also what opens only on demand."""
        return squeezed(" ".join(text for _node, text in self.texts()))

    def texts(self):
        """(element, its own text) of everything that is read, in order."""
        for node in self.html.root.traverse(include_text=True):
            if node.is_text_node and (text := squeezed(node.text_content)) and not _is_hidden(node):
                yield node.parent, text

    def name(self, node: LexborNode) -> str:
        """The accessible name (the parts of the standard that our templates use)."""
        named_by = [self.by_id[key] for key in (node.attributes.get("aria-labelledby") or "").split() if key in self.by_id]
        if named_by:
            return squeezed(" ".join(self._content(other) for other in named_by))
        return (
            squeezed(node.attributes.get("aria-label")) or squeezed(self._content(node)) or squeezed(node.attributes.get("title"))
        )

    def _content(self, node: LexborNode) -> str:
        if node.is_text_node:
            return node.text_content or ""
        if node.attributes.get("aria-hidden") == "true" or "hidden" in node.attributes or node.tag in WITHOUT_TEXT:
            return ""
        if node.tag == "img":
            return f" {node.attributes.get('alt') or ''} "
        if label := node.attributes.get("aria-label"):
            return label
        return "".join(self._content(child) for child in node.iter(include_text=True))

    def links(self, selector: str = "a[href]") -> list[tuple[LexborNode, str]]:
        """(element, address), with the address of what lies on this site as a path, else whole."""
        return [(node, self.target(node.attributes["href"] or "")) for node in self.all(selector)]

    def target(self, href: str) -> str:
        whole = urljoin(f"http://site{self.address}", href)
        return whole.removeprefix("http://site") or "/"


def is_on_site(target: str) -> bool:
    return target.startswith("/") and not target.startswith("//")


def without_fragment(target: str) -> str:
    return target.partition("#")[0]


def language_of(node: LexborNode) -> str:
    """The language that the nearest element states."""
    while node is not None and node.tag != "-document":
        if lang := node.attributes.get("lang"):
            return lang
        node = node.parent
    return ""


def direction_of(node: LexborNode) -> str:
    while node is not None and node.tag != "-document":
        if direction := node.attributes.get("dir"):
            return direction
        node = node.parent
    return "ltr"


def is_external(target: str) -> bool:
    return urlsplit(target).scheme in ("http", "https")


def _is_hidden(node: LexborNode) -> bool:
    node = node.parent
    while node is not None and node.tag != "-document":
        if node.tag in WITHOUT_TEXT or "hidden" in node.attributes or node.attributes.get("aria-hidden") == "true":
            return True
        node = node.parent
    return False
