"""Properties that are written as XML: XMP, as pictures and PDF have it, and docProps of Office files."""

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from .trace import AUTHOR, COMMENT, DEVICE, PLACE, SOFTWARE, TIME, TITLE, Trace, trace

LARGEST = 1024 * 1024  # bytes
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
    try:
        root = fromstring(xml.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return trace(COMMENT, "XML")
    found = []
    for element in root.iter():
        for name, value in element.attrib.items():
            found += _of(name, value)
        if element.tag not in CONTAINERS:
            found += _of(element.tag, " ".join(text.strip() for text in element.itertext()))
    return found


def _of(name: str, value: str) -> list[Trace]:
    kind = NAMES.get(name.rpartition("}")[2].lower())
    return trace(kind, value) if kind else []
