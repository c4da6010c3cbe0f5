"""Where office programs write down who worked on a document, when and on which machine."""

import re

from .trace import AUTHOR, COMMENT, DEVICE, PATH, PLACE, TIME, Trace, trace

NOBODY, NOBODYS_INITIALS = "Author", "A"
SOME_DAY = "2000-01-01T00:00:00Z"
NO_PATH = "removed"
GONE = object()

# Parts that hold nothing of the document itself: properties, lists of persons, printers, signatures, histories, other programs' data.
DROPPED = re.compile(
    r"(docProps|customXml|docMetadata|_xmlsignatures|package)/|word/people\.xml$|xl/revisions/|ppt/(changesInfos/|revisionInfo\.xml$)"
    r"|(word|xl|ppt)/printerSettings/|.*/customProperty/|\[trash\]/",
    re.IGNORECASE,
)
SHEET = re.compile(r"xl/(worksheets|chartsheets|dialogsheets)/[^/]+\.xml$|xl/sharedStrings\.xml$", re.IGNORECASE)
PAGE_SETUP = re.compile(rb"<(?:\w+:)?pageSetup\b[^<>]*>")
RELATION = re.compile(rb"""\s+\w+:id\s*=\s*(?:"[^"]*"|'[^']*')""")
# A part of another format, known by its beginning, since its name often says another; archives by their name.
INNER_STARTS = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"II*\0": "tif", b"MM\0*": "tif", b"%PDF": "pdf"}
INNER_ARCHIVES = {"docx", "xlsx", "pptx"}

# Attributes by their local name, in any element.
AUTHORS = {"author", "userName", "userId", "providerId", "displayName", "initials", "presenceUserId"}
TIMES = {"date", "dateUtc", "dT", "dt", "created", "modified", "createdDate", "lastEdited"}
DATED = re.compile(r"\d{4}-\d\d-\d\dT")
# Attributes that mean a person in these elements alone.
OF_ELEMENTS = {
    ("cmAuthor", "name"): AUTHOR,
    ("author", "name"): AUTHOR,
    ("customWorkbookView", "name"): AUTHOR,
    ("chgData", "name"): AUTHOR,
    ("dbPr", "connection"): DEVICE,
    ("dbPr", "command"): DEVICE,
}
REVISION = re.compile(r"rsid\w*$")
# Elements that go as a whole, with what stands in them.
EMPTIED = [
    re.compile(rf"<([\w.-]+:)?{name}(\s[^<>]*?)?(/>|>.*?</([\w.-]+:)?{name}\s*>)", re.DOTALL)
    for name in ("rsids", "docVars", "mailMerge", "docId", "presenceInfo")
]
AUTHOR_ELEMENT = re.compile(r"(<(?:[\w.-]+:)?author\s*>)[^<]*(</)")


def traces(element: str, attributes: dict[str, str], text: str) -> list[Trace]:
    """What this element of a document tells."""
    found = trace(AUTHOR, text) if element == "author" and text != NOBODY else []
    if element == "docVar":
        found += trace(COMMENT, " ".join(attributes.values()))
    for name, value in attributes.items():
        kind = _kind(element, name, value)
        if kind and value not in (NOBODY, NOBODYS_INITIALS, SOME_DAY, "None"):
            found += trace(kind, value)
    return found


def replacement(element: str, name: str, value: str):
    """What stands in place of this attribute's value: a text, GONE for no such attribute, None for as it is."""
    if REVISION.match(name):
        return GONE
    kind = _kind(element, name, value)
    if kind is None:
        return None
    if kind == TIME:
        return SOME_DAY
    if kind in (DEVICE, PLACE):
        return NO_PATH
    return {"initials": NOBODYS_INITIALS, "providerId": "None"}.get(name, NOBODY)


def _kind(element: str, name: str, value: str) -> str | None:
    if (element, name) in OF_ELEMENTS:
        return OF_ELEMENTS[element, name]
    if name in AUTHORS:
        return AUTHOR if value else None
    if name in TIMES and DATED.match(value):
        return TIME
    return DEVICE if PATH.match(value) else None
