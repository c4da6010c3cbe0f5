"""Properties that are written as XML: XMP, as pictures and PDF have it, and docProps of Office files."""

from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from .trace import AUTHOR, COMMENT, DEVICE, LONGEST_READ, PLACE, SOFTWARE, TIME, TITLE, Trace, trace

LARGEST = 1024 * 1024  # bytes
DEEPEST = 100  # elements within one another
# By the name without its namespace; all of them are written by programs, unasked.
NAMES = {
    **dict.fromkeys(
        ["creator", "author", "lastmodifiedby", "manager", "company", "rights", "ownername", "cameraownername"], AUTHOR
    ),
    **dict.fromkeys(["artist", "copyright", "authorsposition", "captionwriter", "by-line", "personinimage"], AUTHOR),
    **dict.fromkeys(["gpslatitude", "gpslongitude", "city", "state", "country", "location", "sublocation", "countryname"], PLACE),
    **dict.fromkeys(["make", "model", "serialnumber", "bodyserialnumber", "lens", "lensmodel", "lensserialnumber"], DEVICE),
    **dict.fromkeys(["createdate", "modifydate", "metadatadate", "datetimeoriginal", "datecreated", "when"], TIME),
    **dict.fromkeys(["created", "modified", "lastprinted", "date"], TIME),
    **dict.fromkeys(["creatortool", "producer", "application", "softwareagent", "software", "template"], SOFTWARE),
    **dict.fromkeys(["title", "headline"], TITLE),
    **dict.fromkeys(["description", "subject", "keywords", "category", "usercomment", "instructions", "contentstatus"], COMMENT),
    "property": COMMENT,  # of docProps/custom.xml
}
CONTAINERS = {"{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"}


def read(xml: bytes) -> list[Trace]:
    """What these properties tell. XML that cannot be read is itself a trace: nobody knows what stands in it."""
    if len(xml) > LARGEST:
        return trace(COMMENT, "XML")
    found, depth = [], 0
    try:
        for event, element in iterparse(BytesIO(xml.strip(b"\0 \r\n\t")), ("start", "end"), forbid_dtd=True):
            if event == "start":
                depth += 1
                if depth > DEEPEST:
                    return trace(COMMENT, "XML")
                continue
            depth -= 1
            for name, value in element.attrib.items():
                if kind := _kind(name):
                    found += trace(kind, value)
            if element.tag not in CONTAINERS and (kind := _kind(element.tag)):
                found += trace(kind, _beginning(element))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return trace(COMMENT, "XML")
    return found


def _kind(name: str) -> str | None:
    return NAMES.get(name.rpartition("}")[2].lower())


def _beginning(element: Element) -> str:
    """As much of the text as is looked at: that of everything would be joined once for each element around it."""
    words, length = [], 0
    for text in element.itertext():
        words.append(text.strip())
        length += len(words[-1]) + 1
        if length > LONGEST_READ:
            break
    return " ".join(words)
