"""The texts of content files as the site's fields hold them, and that a translation says what its English says."""

from collections.abc import Callable

from pages.translations.fidelity import differences

from .blocks import BlockConverter
from .files import ContentError, ContentFile
from .rich_text import to_rich_text

FRONT_TEXTS = ("heading", "lead", "meta_title", "meta_description", "summary")
ROW_TEXTS = ("label", "hours", "title", "heading")


def of_page(file: ContentFile, model, page_id: Callable[[str], int]) -> dict[str, object]:
    """The texts of one page in one language, by the field of `model` that holds them; of the body its raw data."""
    front = {"heading": file.front["title"], **file.front} if "title" in file.front else file.front
    texts = {name: front[name].strip() for name in FRONT_TEXTS if name in front}
    if file.blocks:
        converter = BlockConverter(str(file.source.relative_to(file.source.parents[1])), page_id)
        texts["body"] = converter.stream(model._meta.get_field("body").stream_block, file.blocks)
    return texts


def of_row(row: dict, page_id: Callable[[str], int]) -> dict[str, object]:
    """The texts of one line, standing text or notice, or of its translation; `links` are titles by their English."""
    texts = {name: row[name] or "" for name in ROW_TEXTS if name in row}
    if "text" in row:
        texts["text"] = to_rich_text(row["text"], page_id)
    if links := row.get("links"):
        texts["links"] = links if isinstance(links, dict) else {link["title"]: link["title"] for link in links}
    return texts


def require_fidelity(english: dict, translation: dict, code: str) -> None:
    """Raises ContentError with all that differs in a translation into language `code`."""
    if found := differences(english, translation, code):
        raise ContentError(" ".join(found))
