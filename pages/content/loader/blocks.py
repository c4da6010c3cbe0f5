"""From values as content files write them to what a StreamField stores, guided by the block definitions themselves."""

import datetime
import uuid
from contextlib import suppress

from wagtail import blocks

from .files import ContentError, PageGone
from .rich_text import to_rich_text

NAMESPACE = uuid.UUID("6f1cf2f4-6f0e-5f63-9d5b-9d1f0c6f7a51")


class BlockConverter:
    """Converts the blocks of one file. Ids are made from the place, so that loading twice gives the same text twice.

    A row of a list or a block that leads to a page that is gone is left out, and so is a list of which nothing else is left.
    """

    def __init__(self, place: str, page_id):
        self.place = place
        self.page_id = page_id

    def stream(self, stream_block: blocks.StreamBlock, values: list[tuple[str, object]]) -> list[dict]:
        """`values` are (block's name, value); raises ContentError for a block that the page type does not take."""
        raw = []
        for number, (name, value) in enumerate(values):
            if name not in stream_block.child_blocks:
                raise ContentError(f"This page type takes no block {name!r}.")
            here = f"{number}.{name}"
            with suppress(PageGone):
                raw.append({"type": name, "id": self._id(here), "value": self._raw(stream_block.child_blocks[name], value, here)})
        return raw

    def _raw(self, block, value, here: str):
        if isinstance(block, blocks.RichTextBlock):
            return to_rich_text(value or "", self.page_id)
        if isinstance(block, blocks.StructBlock):
            return self._struct(block, value or {}, here)
        if isinstance(block, blocks.ListBlock):
            return self._list(block, value or [], here)
        if isinstance(block, blocks.PageChooserBlock):
            return self.page_id(value) if value else None
        if isinstance(value, datetime.date):
            return value.isoformat()
        if value is None:
            return (
                block.get_default()
                if isinstance(block, blocks.BooleanBlock)
                else ("" if not isinstance(block, blocks.DateBlock) else None)
            )
        return value if isinstance(block, blocks.BooleanBlock) else str(value)

    def _list(self, block, values: list, here: str) -> list[dict]:
        raw = []
        for number, item in enumerate(values):
            place = f"{here}.{number}"
            with suppress(PageGone):
                raw.append({"type": "item", "id": self._id(place), "value": self._raw(block.child_block, item, place)})
        if values and not raw:
            raise PageGone
        return raw

    def _struct(self, block, value: dict, here: str) -> dict:
        unknown = set(value) - set(block.child_blocks)
        if unknown:
            raise ContentError(f"The block {here} has no field {', '.join(sorted(unknown))}.")
        return {
            name: self._raw(child, value.get(name, _default(child)), f"{here}.{name}")
            for name, child in block.child_blocks.items()
        }

    def _id(self, here: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self.place}:{here}"))


def _default(block):
    return block.get_default() if isinstance(block, (blocks.ChoiceBlock, blocks.BooleanBlock)) else None
