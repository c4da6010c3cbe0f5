"""Numbers of persons in a roster: told where they stand, to be taken out, and kept by nobody."""

import re

import pytest

from lacare_site.intake import uploads
from providers.application.models import RosterRow
from providers.roster.columns import COLUMNS
from tests.providers.test_application import BASE, SIGNATURE, ana, fill, private_files, send
from tests.providers.test_roster import HEADINGS, csv_file, row
from tests.providers.test_roster_corrections import OTHER, ROSTER, bring, kept, save

__all__ = ["ana", "private_files"]
pytestmark = pytest.mark.django_db


def test_a_number_of_a_person_is_told_at_its_cell_and_goes_to_nobody_with_the_file_that_held_it(ana):
    fill(ana, csv_file(HEADINGS, row(), row(npi=OTHER, license_number="123-45-6789")).getvalue())
    told = "This looks like a Social Security number. Please take it out"
    assert "1 of 2 rows has faults" in ana.get(ROSTER).text and told in ana.get(ROSTER).text
    assert 'id="id_license_number_error"' in (page := ana.get(f"{ROSTER}/row/3").text) and told in page
    assert "The roster has faults" in ana.post(f"{BASE}/review", SIGNATURE).text
    assert save(ana, 3, npi=OTHER, license_number="A00001").headers["Location"] == ROSTER
    file = send(ana).attachments.get(item="roster")
    with uploads.open_file(file) as content:
        assert b"123-45-6789" not in content.read() and file.version == 2


def test_a_column_of_dates_of_birth_is_named_and_the_file_is_to_be_replaced(ana):
    fill(ana, csv_file([*HEADINGS, "DOB"], [*row(), "1/1/80"]).getvalue())
    assert "dates of birth: DOB (N2)." in ana.get(ROSTER).text
    assert "The roster cannot be read" in ana.post(f"{BASE}/review", SIGNATURE).text
    assert not RosterRow.objects.exists()


def test_every_column_is_told_its_fault_keeps_what_was_typed_and_no_number_of_a_person(ana):
    bring(ana, row(npi="1"))

    def type_in(key: str, text: str) -> None:
        shown = save(ana, 2, RosterRow.objects.get().version, **{"npi": OTHER, key: text}).text
        assert re.findall(r'id="id_(\w+)_error"', shown) == [key] and f'value="{text}"' in shown
        assert kept(2)[key] == "=A1"

    for column in COLUMNS:
        type_in(column.key, "=A1")
        if not column.names_nobody:
            type_in(column.key, "123-45-6789")
