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
    r"|(word|xl|ppt)/(printerSettings|webextensions)/|.*/customProperty/|\[trash\]/",
    re.IGNORECASE,
)
SHEET = re.compile(r"xl/(worksheets|chartsheets|dialogsheets)/[^/]+\.xml$|xl/sharedStrings\.xml$", re.IGNORECASE)
# The attributes of an element. Possessive: what somebody sends may have megabytes of anything in one place.
ATTRIBUTES = r"""(?:"[^"]*+"|'[^']*+'|[^<>"']++)*+"""
# In a sheet, which is too large to be read by a parser: elements, and which of their attributes go (the printer's settings; persons).
IN_SHEETS = re.compile(rf"<(?:\w+:)?(?:pageSetup|scenario|protectedRange)\b{ATTRIBUTES}>".encode())
GONE_IN_SHEETS = re.compile(rb"""\s(?:\w+:id|user|comment|securityDescriptor)\s*=\s*("[^"]*"|'[^']*')""")
USER_IN_SHEETS = re.compile(rb"""<(?:\w+:)?scenario\b[^<>]*?\suser\s*=\s*["']([^"'<>]*)""")
# Links and formulas of a sheet, and the paths in them, to their end.
LINKS_IN_SHEETS = re.compile(
    rf"<(?:\w+:)?(?:hyperlink|dataRef|webPublishItem)\b{ATTRIBUTES}>|<(?:\w+:)?f\b{ATTRIBUTES}>[^<]*+".encode()
)
PATH_IN_SHEETS = re.compile((PATH.pattern + r"""(?:[^"'\[<>&]|&(?!quot;|apos;))*+""").encode(), re.IGNORECASE)
# A part of another format, known by its beginning, since its name often says another; archives by their name.
INNER_STARTS = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"II*\0": "tif", b"MM\0*": "tif", b"%PDF": "pdf"}
INNER_ARCHIVES = {"docx", "xlsx", "pptx"}
# Formats that have no place for a name: pictures without any, fonts, a picture's state before an effect.
SILENT = re.compile(r"\.(wmf|bmp|dib|fntdata|odttf|wdp)$", re.IGNORECASE)

# Attributes by their local name, in any element.
AUTHORS = {"author", "userName", "userId", "providerId", "displayName", "initials", "presenceUserId", "refreshedBy"}
TIMES = {"date", "dateUtc", "dT", "dt", "created", "modified", "createdDate", "lastEdited"}
DATED = re.compile(r"\d{4}-\d\d-\d\dT")
# Attributes that mean a person in these elements alone.
OF_ELEMENTS = {
    ("cmAuthor", "name"): AUTHOR,
    ("author", "name"): AUTHOR,
    ("customWorkbookView", "name"): AUTHOR,
    ("chgData", "name"): AUTHOR,
    ("permStart", "ed"): AUTHOR,
    ("dbPr", "connection"): DEVICE,
    ("dbPr", "command"): DEVICE,
    ("olapPr", "localConnection"): DEVICE,
    ("connection", "sourceFile"): DEVICE,
    ("connection", "odcFile"): DEVICE,
    ("textPr", "sourceFile"): DEVICE,
    ("webPr", "url"): DEVICE,
    ("absPath", "url"): DEVICE,
}
NEEDLESS = re.compile(r"(rsid\w*|refreshedDate|refreshedDateIso)$")
INSTRUCTIONS = ("instrText", "delInstrText")  # of a field, such as the path of a picture that it shows


def _whole(name: str) -> re.Pattern:
    """An element that goes with all that stands in it."""
    return re.compile(rf"<(?:[\w.-]+:)?{name}(?=[\s/>]){ATTRIBUTES}>(?:(?<=/>)|.*?</(?:[\w.-]+:)?{name}\s*>)", re.DOTALL)


EMPTIED = [_whole(name) for name in ("rsids", "docVars", "mailMerge", "docId", "presenceInfo")]
SVG_METADATA = _whole("metadata")
AUTHOR_ELEMENT = re.compile(r"(<(?:[\w.-]+:)?author\s*>)[^<]*(</)")
INSTRUCTION = re.compile(rf"(<(?:[\w.-]+:)?(?:{'|'.join(INSTRUCTIONS)})\b[^<>]*>)([^<]*)(</)")


def traces(element: str, attributes: dict[str, str], text: str) -> list[Trace]:
    """What this element of a document tells."""
    found = trace(AUTHOR, text) if element == "author" and text != NOBODY else []
    if element in INSTRUCTIONS and PATH.search(text):
        found += trace(DEVICE, text)
    if element == "docVar":
        found += trace(COMMENT, " ".join(attributes.values()))
    for name, value in attributes.items():
        kind = _kind(element, name, value)
        if kind and value not in (NOBODY, NOBODYS_INITIALS, SOME_DAY, NO_PATH, "None"):
            found += trace(kind, value)
    return found


def replacement(element: str, name: str, value: str):
    """What stands in place of this attribute's value: a text, GONE for no such attribute, None for as it is."""
    if NEEDLESS.match(name):
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
    return DEVICE if PATH.match(value) or (name == "instr" and PATH.search(value)) else None
