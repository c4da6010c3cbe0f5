"""Telephone numbers in rich text keep their place between the database and the editor."""

import json
import re

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from pages.rich_text_features import FEATURES_WITH_HEADINGS

pytestmark = pytest.mark.django_db
PHONE = '<embed embedtype="phone" key="medi-cal"/>'
TEXTS = [
    f"<p>Call {PHONE} now.</p>",
    f"<p>{PHONE}</p>",
    f"<p>{PHONE} or {PHONE}.</p>",
    f"<p>({PHONE})</p>",
    f"<p><b>Call</b> {PHONE} <b>now,</b> day <i>or night</i>: {PHONE}</p>",
    f"<h2>Call {PHONE}</h2><p>At once.</p>",
    f"<ul><li>{PHONE}</li><li>or <b>ask</b> {PHONE}</li></ul>",
    f'<p><a linktype="page" id="3">Home</a> {PHONE}</p>',
]


@pytest.fixture
def converter():
    return ContentstateConverter(FEATURES_WITH_HEADINGS)


def without_keys(html: str) -> str:
    return re.sub(r' data-block-key="[^"]*"', "", html)


@pytest.mark.parametrize("html", TEXTS)
def test_to_the_editor_and_back(converter, html):
    assert without_keys(converter.to_database_format(converter.from_database_format(html))) == html


def test_the_editor_shows_the_number_as_one_piece(converter):
    state = json.loads(converter.from_database_format(TEXTS[0]))
    (entity,) = state["entityMap"].values()
    (block,) = state["blocks"]
    assert block["text"] == "Call 1-888-839-9909 now."
    assert entity == {"type": "PHONE", "mutability": "IMMUTABLE", "data": {"key": "medi-cal", "number": "1-888-839-9909"}}
    assert block["entityRanges"] == [{"key": 0, "offset": 5, "length": len("1-888-839-9909")}]


def test_what_the_editor_typed_around_it_is_kept_and_its_number_is_not(converter):
    state = {
        "blocks": [
            {
                "key": "a",
                "type": "unstyled",
                "depth": 0,
                "text": "Call 1-000-000-0000 now",
                "inlineStyleRanges": [],
                "entityRanges": [{"key": 0, "offset": 5, "length": 14}],
            }
        ],
        "entityMap": {"0": {"type": "PHONE", "mutability": "IMMUTABLE", "data": {"key": "covered", "number": "1-000-000-0000"}}},
    }
    html = without_keys(converter.to_database_format(json.dumps(state)))
    assert html == '<p>Call <embed embedtype="phone" key="covered"/> now</p>'


def test_a_line_that_is_no_more_is_shown_by_its_key(converter):
    html = '<p>Call <embed embedtype="phone" key="gone"/>.</p>'
    state = json.loads(converter.from_database_format(html))
    assert state["blocks"][0]["text"] == "Call gone."
    assert without_keys(converter.to_database_format(json.dumps(state))) == html


def test_in_bold_text_it_keeps_its_place_but_is_not_bold_itself(converter):
    html = without_keys(converter.to_database_format(converter.from_database_format(f"<p><b>Call {PHONE} now</b></p>")))
    assert html == f"<p><b>Call </b>{PHONE}<b> now</b></p>"
