"""The roster of an application: checked once, shown with its faults, given back with a column of them."""

import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from lacare_site.intake import files
from lacare_site.intake.models import Attachment
from providers.roster import check, faults, read
from providers.roster import files as sheets

from .models import RosterCheck
from .steps import ROSTER

MOST_FAULTS = 2_000  # that are kept to be shown; the file with the faults names all


def of(owner) -> Attachment | None:
    """The present roster of a draft or case."""
    return owner.attachments.filter(item=ROSTER, replaced_at=None, removed_at=None).order_by("-pk").first()


def checked(attachment: Attachment) -> RosterCheck:
    """What is wrong with a roster. 20,000 rows take some seconds the first time, and nothing later."""
    if found := RosterCheck.objects.filter(attachment=attachment).first():
        return found
    known = {"is_readable": True, "rows": 0, "wrong_rows": 0, "fault_count": 0, "faults": []}
    try:
        for row in _rows(attachment):
            known["rows"] += 1
            known["wrong_rows"] += bool(row.faults)
            known["fault_count"] += len(row.faults)
            room = MOST_FAULTS - len(known["faults"])
            known["faults"] += [
                [fault.row, fault.column, fault.code, fault.value, fault.other_row] for fault in row.faults[: max(room, 0)]
            ]
    except faults.Unreadable:
        known = {"is_readable": False}
    found, _is_new = RosterCheck.objects.get_or_create(attachment=attachment, defaults=known)
    return found


def obstacle(attachment: Attachment) -> str:
    """Why a roster cannot be read, in the active language; "" for one that can."""
    try:
        for _row in _rows(attachment):
            pass
    except faults.Unreadable as error:
        return str(error)
    return ""


def faults_of(found: RosterCheck) -> list[faults.Fault]:
    return [faults.Fault(row, column, faults.Code(code), value, other) for row, column, code, value, other in found.faults]


def with_faults(attachment: Attachment, heading: str) -> BinaryIO:
    """The roster as a spreadsheet with one more column, at its beginning. Raises Unreadable."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    sheets.write_with_faults(file, _rows(attachment), heading)
    file.seek(0)
    return file


def _rows(attachment: Attachment) -> Iterator[check.Row]:
    extension = attachment.name.rpartition(".")[2].lower()
    if extension not in ("csv", "xlsx"):
        raise faults.Unreadable(faults.WRONG_KIND)
    with files.open_kept(attachment.path) as file:
        yield from check.checked_rows(read.rows_of(file, extension))
