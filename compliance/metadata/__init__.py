"""What files say about whoever made them, and copies that do not say it.

Pictures: EXIF with its place and device, XMP, IPTC, comments, thumbnails, colour profiles. PDF: the document's information, XMP, its
numbers, authors of annotations, signatures, files inside. DOCX, XLSX, PPTX: properties, authors of comments and of changes, times, paths,
printers, and pictures inside. What can be seen on the page or in the picture stays, and so does the noise of a camera's sensor.
"""

from lacare_site.intake.refusals import TOO_LARGE, WRONG_EXTENSION, Unfit

from . import embedded, jpeg, office, pdf, png, tiff
from .trace import KINDS, Trace, distinct

__all__ = ["KINDS", "Trace", "traces", "without_traces"]

LARGEST = 32 * 1024 * 1024  # bytes; a form takes files up to 25 MB
DEEPEST = 2  # documents within a document
PICTURES = {**dict.fromkeys(["jpg", "jpeg"], jpeg), **dict.fromkeys(["tif", "tiff"], tiff), "png": png}
PICTURES |= dict.fromkeys([embedded.GIF, embedded.WEBP, embedded.EMF], embedded)
OFFICE = {"docx", "xlsx", "pptx"}


def traces(content: bytes, extension: str) -> list[Trace]:
    """What this file tells besides what it shows; `extension` in lower case, without a dot.

    The copy of `without_traces` leaves more out than is told here, such as numbers of documents and of revisions.
    Raises Unfit for a file that cannot be read safely.
    """
    return distinct(_traces(_bounded(content), extension, 0))


def without_traces(content: bytes, extension: str) -> bytes | None:
    """A copy that looks the same and does not say who made it, or None if none can be made. A CSV is its own copy.

    What stands in parts that nobody here knows, such as a film, stays in it; `traces` of the copy tells of these.
    """
    try:
        return _copy(_bounded(content), extension, 0)
    except Unfit:
        return None


def _bounded(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise Unfit(TOO_LARGE)
    return bytes(content)


def _traces(content: bytes, extension: str, depth: int) -> list[Trace]:
    if extension == "csv":
        return []
    if extension in PICTURES:
        return PICTURES[extension].traces(content)
    if extension == "pdf":
        return pdf.traces(content)
    if extension in OFFICE and depth <= DEEPEST:
        return office.traces(content, extension, lambda inner, kind: _traces(inner, kind, depth + 1))
    raise Unfit(WRONG_EXTENSION)


def _copy(content: bytes, extension: str, depth: int) -> bytes:
    if extension == "csv":
        return content
    if extension in PICTURES:
        return PICTURES[extension].copy(content)
    if extension == "pdf":
        return pdf.copy(content)
    if extension in OFFICE and depth <= DEEPEST:
        return office.copy(content, extension, lambda inner, kind: _copy(inner, kind, depth + 1))
    raise Unfit(WRONG_EXTENSION)
