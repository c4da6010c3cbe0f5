"""Telephone numbers in rich text: stored as the key of a line, shown from the registry."""

from django.template.loader import render_to_string
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Entity, EntityRange
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    FORCE_WHITESPACE,
    KEEP_WHITESPACE,
    add_paragraph_block,
)
from wagtail.rich_text import EmbedHandler

from . import selectors


class PhoneEmbedHandler(EmbedHandler):
    """`<embed embedtype="phone" key="medi-cal"/>` becomes the line's number; nothing for a line not in use."""

    identifier = "phone"

    @staticmethod
    def expand_db_attributes(attrs: dict) -> str:
        line = selectors.lines().get(attrs.get("key", ""))
        return render_to_string("components/phone_number.html", {"line": line}).strip() if line else ""


class PhoneToContentState:
    """From the database to the editor: an unchangeable piece of text that shows the number."""

    def handle_starttag(self, name, attrs, state, contentstate):
        if state.current_block is None:
            add_paragraph_block(state, contentstate)
        key = dict(attrs)["key"]
        line = selectors.lines().get(key)
        text = line.number if line else key
        if state.leading_whitespace == FORCE_WHITESPACE:
            state.current_block.text += " "
        entity_range = EntityRange(contentstate.add_entity(Entity("PHONE", "IMMUTABLE", {"key": key, "number": text})))
        entity_range.offset = len(state.current_block.text)
        entity_range.length = len(text)
        state.current_block.text += text
        state.current_block.entity_ranges.append(entity_range)
        state.leading_whitespace = KEEP_WHITESPACE

    def handle_endtag(self, name, state, contentstate):
        pass


def phone_to_database(props):
    """From the editor to the database: the key alone, so that the number stands in the registry only. Its look is not the text's: never bold."""
    return DOM.create_element("embed", {"embedtype": "phone", "key": props["key"]})
