"""Ready pages and the clock: a notice ends on its second in the night in which summer time begins."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lacare_site.page_cache import facts
from tests.harness import clones, production
from tests.harness.clocks import Clock

SHOWN = 'class="notice notice--emergency'
# 2027-03-14, 2:00 in Los Angeles is 3:00 at once.
CHANGE = datetime(2027, 3, 14, 10, 0, tzinfo=UTC)


@pytest.mark.audit
def test_a_notice_ends_on_its_second_as_summer_time_begins(tmp_path):
    clock = Clock(clones.folder() / f"{tmp_path.name}.clock")
    with production.running(clock=clock) as plant:
        clock.move(CHANGE - timedelta(hours=1))
        plant.site.sql(
            f"UPDATE pages_notice SET starts_at = '{CHANGE - timedelta(minutes=30)}', ends_at = '{CHANGE}', review_on = NULL, live = true "  # noqa: S608
            "WHERE severity = 'emergency'"
        )
        asked = (plant.site, *plant.applications)
        for site in asked:
            production.wait_for(lambda site=site: SHOWN not in site.get("/").text)
        clock.move(CHANGE - timedelta(seconds=8))
        for site in asked:
            production.wait_for(lambda site=site: SHOWN in site.get("/").text)
        production.wait_for(plant.files)
        seen = 0
        while clock.now() < CHANGE + timedelta(seconds=2):
            for site in asked:
                before, shown, after = clock.now(), SHOWN in site.get("/").text, clock.now()
                if after < CHANGE:
                    assert shown
                    seen += 1
                if before >= CHANGE:
                    assert not shown
        assert seen, "this machine is too slow to see it"


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
