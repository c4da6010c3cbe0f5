"""Texts as a file of XLIFF 2.0, the format of translation agencies (docs.oasis-open.org/xliff/xliff-core/v2.0).

No library writes it for us: translate-toolkit is the one that is kept, under the GPL, 2.6 MB with lxml, and knows inline codes as XML alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from lacare_site import languages

from .rich_text import ATTRIBUTE, TAG, Code, Codes, Parts
from .units import Segment

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
# What XML 1.0 cannot hold, and the carriage return, of which every parser makes a line feed.
UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KINDS = {"b": ("fmt", "xlf:b"), "i": ("fmt", "xlf:i"), "br": ("fmt", "xlf:lb"), "a": ("link", "")}


@dataclass(frozen=True)
class Text:
    """The English of a page with its translation so far."""

    id: str  # says which page, and which texts of it (selectors.py)
    address: str
    heading: str
    segments: dict[str, list[Segment]]  # by field
    targets: dict[str, dict[str, Parts] | None]  # by field and segment, as units.targets_of gives them


def document(texts: Iterable[Text], language: languages.Language) -> Iterator[bytes]:
    """In pieces, of which each is one text: all pages together are large."""
    root = Element("xliff", {"xmlns": NAMESPACE, "version": "2.0", "srcLang": languages.DEFAULT, "trgLang": language.tag})
    root.text = "\n"
    head, end, _nothing = tostring(root, encoding="utf-8", xml_declaration=True).partition(b"</xliff>")
    yield head
    for text in texts:
        yield tostring(_file(text, language), encoding="utf-8")
    yield end


def _file(text: Text, language: languages.Language) -> Element:
    file = Element("file", {"id": text.id, "original": text.address, "canResegment": "no", "trgDir": language.direction})
    file.text = file.tail = "\n"
    _note(file, text.heading)
    for name, segments in text.segments.items():
        targets = text.targets[name]
        for segment in segments:
            _write_segment(file, segment, None if targets is None else targets.get(segment.id, ()))
    return file


def _write_segment(file: Element, segment: Segment, target: Parts | None) -> None:
    unit = _child(file, "unit", {"id": segment.id, "xml:space": "preserve"})
    if target is None:
        _note(
            unit, "There is a translation whose paragraphs, blocks or marks are not those of the English. It is not in this file."
        )
    if segment.max_length:
        _note(unit, f"At most {segment.max_length} characters.")
    if segment.codes:
        data = _child(unit, "originalData")
        for code, html in segment.codes.items():
            for place, tag in zip(("start", "end"), html, strict=True):
                if tag:
                    _append_text(_child(data, "data", {"id": f"{place}{code}"}), tag)
    pair = _child(unit, "segment", {"state": "translated" if target else "initial"})
    _fill(_child(pair, "source"), segment.parts, segment.codes)
    if target:
        _fill(_child(pair, "target"), target, segment.codes)


def _child(parent: Element, name: str, attributes: dict[str, str] | None = None) -> Element:
    """A new child on a line of its own."""
    child = SubElement(parent, name, attributes or {})
    child.tail = "\n"
    parent.text = parent.text or "\n"
    return child


def _note(parent: Element, text: str) -> None:
    notes = parent.find("notes")
    if notes is None:
        notes = _child(parent, "notes")
    _child(notes, "note").text = UNFIT.sub(" ", text)


def _fill(element: Element, parts: Parts, codes: Codes) -> None:
    open_elements = [element]
    for part in parts:
        if isinstance(part, str):
            _append_text(open_elements[-1], part)
        elif part.kind == "close":
            open_elements.pop()
        else:
            inner = SubElement(open_elements[-1], "ph" if part.kind == "single" else "pc", _attributes(part, codes[part.id]))
            if part.kind == "open":
                open_elements.append(inner)


def _append_text(parent: Element, text: str) -> None:
    end = 0
    for unfit in UNFIT.finditer(text):
        _append_string(parent, text[end : unfit.start()])
        SubElement(parent, "cp", {"hex": f"{ord(unfit[0]):04X}"})
        end = unfit.end()
    _append_string(parent, text[end:])


def _append_string(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _attributes(code: Code, html: tuple[str, str]) -> dict[str, str]:
    """Those of an inline code: it has to stand in the translation, once."""
    tag = TAG.fullmatch(html[0])
    kind, sub_kind = KINDS.get(tag["name"].lower(), ("other", ""))
    found = {"id": code.id, "canCopy": "no", "canDelete": "no", "type": kind}
    if sub_kind:
        found["subType"] = sub_kind
    if code.kind == "open":
        return found | {"dataRefStart": f"start{code.id}", "dataRefEnd": f"end{code.id}"}
    if line := dict(ATTRIBUTE.findall(tag["attributes"])).get("key"):
        found["disp"] = f"phone:{line.strip(chr(34))}"
    return found | {"dataRef": f"start{code.id}"}
