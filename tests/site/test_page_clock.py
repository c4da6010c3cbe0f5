"""Ready pages and the clock: notices begin and end on their second also where summer time begins and ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lacare_site.page_cache import facts
from tests.harness import clones, production
from tests.harness.clocks import Clock
from tests.site.page_plant import file_of

# In Los Angeles 2:00 is 3:00 at once, on 2027-03-14, and 1:00 again on 2027-11-07.
CHANGES = {
    "summer time begins": datetime(2027, 3, 14, 10, 0, tzinfo=UTC),
    "summer time ends": datetime(2027, 11, 7, 9, 0, tzinfo=UTC),
}
# The two notices of the content: one begins at the change, and the other ends soon after it.
LATER = timedelta(seconds=3)
ENDING, BEGINNING = (f'class="notice notice--{severity}' for severity in ("emergency", "important"))


@pytest.fixture(scope="module")
def moved():
    """Production under a clock that moves."""
    with production.running(clock=Clock(clones.folder() / "pages.clock")) as plant:
        yield plant


@pytest.mark.audit
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_notices_begin_and_end_on_the_second_at_which_clocks_are_changed(moved, change):
    clock, asked = moved.clock, (moved.site, *moved.applications)

    def is_there(site) -> tuple[bool, bool]:
        text = site.get("/").text
        return ENDING in text, BEGINNING in text

    clock.move(change - timedelta(hours=1))
    for severity, begins, ends in (
        ("emergency", change - timedelta(minutes=30), change + LATER),
        ("important", change, change + timedelta(hours=1)),
    ):
        moved.site.sql(
            f"UPDATE pages_notice SET starts_at = '{begins}', ends_at = '{ends}', review_on = NULL, live = true "  # noqa: S608
            f"WHERE severity = '{severity}'"
        )
    for site in asked:
        production.wait_for(lambda site=site: is_there(site) == (False, False))
    clock.move(change - timedelta(seconds=8))
    for site in asked:
        production.wait_for(lambda site=site: is_there(site) == (True, False))
    before = file_of(moved, "/")
    seen = set()
    while clock.now() < change + LATER + timedelta(seconds=2):
        for site in asked:
            began, shown, ended = clock.now(), is_there(site), clock.now()
            expected = {(moment < change + LATER, moment >= change) for moment in (began, ended)}
            if len(expected) == 1:  # else one of the two moments lay between
                assert shown in expected
                seen.add(shown)
    assert len(seen) == 3, "this machine is too slow to see it"
    assert file_of(moved, "/") != before, "the page is a file again, in another generation"


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2027, 3, 14, 7, 59, tzinfo=UTC), datetime(2027, 3, 14, 8, 0, tzinfo=UTC)),
        (datetime(2027, 3, 14, 8, 1, tzinfo=UTC), datetime(2027, 3, 15, 7, 0, tzinfo=UTC)),
        (datetime(2027, 11, 7, 7, 1, tzinfo=UTC), datetime(2027, 11, 8, 8, 0, tzinfo=UTC)),
    ],
)
def test_dates_change_at_midnight_in_los_angeles(db, monkeypatch, now, until):
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(facts, "_registered", [])
    assert facts.current().until == until
