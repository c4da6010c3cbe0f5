"""Correcting a roster row by row. Its file stays as it was sent; once no fault is left, a new version of it holds what was corrected."""

import tempfile

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from lacare_site.intake import drafts, uploads
from lacare_site.intake.models import Attachment, Draft
from providers.roster import check
from providers.roster import files as sheets
from providers.roster.faults import Code

from . import rosters
from .models import RosterCheck, RosterRow
from .steps import ROSTER


class Conflict(Exception):
    """Somebody else has saved or removed the row since it was read: `stored` is how it stands."""

    def __init__(self, stored: RosterRow):
        super().__init__()
        self.stored = stored


class Replaced(Exception):
    """The file is not the draft's roster any more."""


@transaction.atomic
def save(draft: Draft, found: RosterCheck, number: int, values: dict[str, str], seen: int) -> RosterRow:
    """Keeps the texts of a row that was read at version `seen`, right or wrong, and checks it anew, with all that stand for the same
    clinician at the same place. A removed row comes back. Raises Conflict, Replaced and drafts.Gone.

    What is kept already is no conflict, so that a double click does no harm.
    """
    row = _locked(draft, found, number)
    where = check.places(found.headings)
    cells = row.cells + [""] * (len(found.headings) - len(row.cells))
    for key, text in values.items():
        cells[where[key]] = text
    if check.values_of(row.cells, where) == check.values_of(cells, where) and not row.is_removed:
        return row
    if row.version != seen:
        raise Conflict(row)
    own = check.own_faults(number, check.values_of(cells, where))
    row.cells, row.is_removed = cells, False
    row.faults = [[fault.column, fault.code] for fault in own]
    return _saved(row, check.place_of(check.values_of(cells, where), own))


@transaction.atomic
def remove(draft: Draft, found: RosterCheck, number: int, seen: int) -> RosterRow:
    """Takes a row out of the roster. Raises as `save` does."""
    row = _locked(draft, found, number)
    if row.is_removed:
        return row
    if row.version != seen:
        raise Conflict(row)
    row.is_removed, row.faults = True, []
    return _saved(row, "")


@transaction.atomic
def put_into_file(draft: Draft, found: RosterCheck) -> Attachment | None:
    """The roster's next version, with all corrections; the one before is kept as every replaced file is. None where that is not
    called for. Raises refusals.Unfit where there is no room for it, and drafts.Gone."""
    drafts.touch(draft)
    roster = rosters.of(draft)
    if roster is None or roster.pk != found.attachment_id or not is_waiting(found):
        return None
    with tempfile.TemporaryFile() as file:
        cells = rosters.present(found).values_list("cells", flat=True).iterator(chunk_size=rosters.BATCH)
        sheets.write_rows(file, rosters.extension_of(roster), _with_headings(found, cells))
        size = file.tell()
        file.seek(0)
        fresh = uploads.receive(UploadedFile(file, roster.name, size=size), draft, ROSTER, replaces=roster)
    rosters.checked(fresh, is_corrected=True, keeps_original=found.keeps_original)
    return fresh


def is_waiting(found: RosterCheck) -> bool:
    """Whether all faults are mended, and the file does not know of it yet."""
    return bool(found.finished_at) and found.kept.exists() and not rosters.wrong(found).exists()


def _locked(draft: Draft, found: RosterCheck, number: int) -> RosterRow:
    drafts.touch(draft)
    roster = rosters.of(draft)
    row = found.kept.filter(number=number).first()
    if row is None or roster is None or roster.pk != found.attachment_id:
        raise Replaced
    return row


def _saved(row: RosterRow, place: str) -> RosterRow:
    touched = {row.place, place} - {""}
    row.place, row.fault_count, row.version = place, len(row.faults), row.version + 1
    row.save()
    for each in touched:
        _compare(row.roster, each, row.pk)
    row.refresh_from_db()
    return row


def _compare(found: RosterCheck, place: str, saved: int) -> None:
    """Of all rows for one clinician at one place the first is right, and the others repeat it. Where one row was saved, that can have
    changed for it, for the first, and for the one behind it alone: however many there are, no others are read."""
    rows = rosters.present(found).filter(place=place).defer("cells")
    near = {row.pk: row for row in [*rows[:2], *rows.filter(pk=saved)]}
    changed = []
    for place_in_order, row in enumerate(near.values()):
        own = [fault for fault in row.faults if fault[1] != Code.DUPLICATE]
        now = [*own, ["npi", Code.DUPLICATE]] if place_in_order else own
        if now != row.faults:
            row.faults, row.fault_count = now, len(now)
            changed.append(row)
    RosterRow.objects.bulk_update(changed, ["faults", "fault_count"])


def _with_headings(found: RosterCheck, rows):
    yield found.headings
    yield from rows
