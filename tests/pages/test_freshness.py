"""What holds only for a time says since when, and from its day of review on that it is being checked."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.pages.tree import page, publish

pytestmark = pytest.mark.django_db
CHECKING = "We are checking whether this still holds."


def highlights(client, **dates) -> str:
    highlight = {"icon": "info", "title": "A statement", "text": "<p>Words.</p>", **dates}
    publish(page("/providers/access-to-care"), body_en=[("highlights", {"heading": "First", "highlights": [highlight]})])
    return client.get("/providers/access-to-care").text


@pytest.fixture
def on(monkeypatch):
    """Sets the day in Los Angeles."""

    def set_day(day: date):
        moment = datetime(day.year, day.month, day.day, 0, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_day


def test_before_its_review_a_statement_says_since_when_it_is_known(client, on):
    on(date(2026, 5, 31))
    html = highlights(client, as_of=date(2026, 1, 1), review_on=date(2026, 6, 1))
    assert "As of" in html
    assert CHECKING not in html


def test_from_its_day_of_review_on_it_is_being_checked(client, on):
    on(date(2026, 6, 1))
    assert CHECKING in highlights(client, as_of=date(2026, 1, 1), review_on=date(2026, 6, 1))


def test_without_a_day_of_review_it_is_not(client, on):
    on(date(2036, 6, 1))
    assert CHECKING not in highlights(client, as_of=date(2026, 1, 1), review_on=None)


def test_a_day_of_review_counts_without_an_as_of_date_too(client, on):
    on(date(2036, 6, 1))
    assert CHECKING in highlights(client, as_of=None, review_on=date(2026, 6, 1))


def test_a_statement_without_dates_has_no_note(client):
    html = highlights(client)
    assert "As of" not in html
    assert CHECKING not in html


def test_the_loaded_statements_about_the_present_have_their_dates():
    (block,) = (block for block in page("/providers/access-to-care").body_en if block.block_type == "highlights")
    dated = [item for item in block.value["highlights"] if item["as_of"]]
    assert dated
    assert all(item["review_on"] and item["review_on"] > item["as_of"] for item in dated)
