"""What one draft may ask of the server with its roster."""

import pytest
from django.db.models.signals import post_init

from providers.application import roster_views
from providers.application.models import RosterRow
from tests.providers.test_application import ana, private_files
from tests.providers.test_roster import row
from tests.providers.test_roster_corrections import ROSTER, WRONG, bring, save

__all__ = ["ana", "private_files"]
pytestmark = pytest.mark.django_db


def test_however_many_rows_repeat_one_another_a_correction_reads_three_of_them(ana):
    bring(ana, *[row()] * 40)
    read = []
    post_init.connect(note := lambda instance, **_known: read.append(instance), sender=RosterRow)
    try:
        assert save(ana, 2, street="8 First Street").headers["Location"] == f"{ROSTER}/row/4"
    finally:
        post_init.disconnect(note, sender=RosterRow)
    assert len(read) < 10
    page = ana.get(ROSTER).text
    assert "38 of 40 rows have faults" in page and "(Row 3.)" in page and "(Row 2.)" not in page
    save(ana, 2, version=2, street="1 EXAMPLE Street")
    assert "39 of 40 rows have faults" in ana.get(ROSTER).text and "(Row 2.)" in ana.get(f"{ROSTER}/row/30").text


def test_the_file_with_its_faults_is_written_so_often_an_hour(ana, monkeypatch):
    monkeypatch.setattr(roster_views, "PER_DRAFT", 1)
    bring(ana, *WRONG)
    assert ana.post(ROSTER, {"download": "1"}).streaming
    refused = ana.post(ROSTER, {"download": "1"})
    assert not refused.streaming and "Please try again in an hour" in refused.text and "3 of 4 rows have faults" in refused.text
