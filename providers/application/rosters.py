"""The roster of an application: read and checked once, at once where it is small and by the worker where it is large."""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lacare_site.intake import files
from lacare_site.intake.models import Attachment
from providers.roster import check, faults, read
from providers.roster import files as sheets

from .models import RosterCheck, RosterRow
from .steps import ROSTER

# Bytes of a file whose check takes well under a second; a larger one is the worker's, and its page shows how far it is.
SMALL = 128 * 1024
BATCH = 500
MOST_FAILURES = 2


class _Forgotten(Exception):
    """Another roster's check has taken the place of this one."""


def all_of(owner) -> QuerySet[Attachment]:
    """The present rosters of a draft or case, the newest first. There is one, or none; old drafts may have more."""
    return owner.attachments.filter(item=ROSTER, replaced_at=None, removed_at=None).order_by("-pk")


def of(owner) -> Attachment | None:
    """The present roster of a draft or case."""
    return all_of(owner).first()


def originals(draft) -> QuerySet[Attachment]:
    """The roster as its sender has sent it, where we wrote the present one with what was corrected. None where what was taken out of it
    is for nobody's eyes."""
    roster = of(draft)
    if roster is None or not RosterCheck.objects.filter(attachment=roster, is_corrected=True, keeps_original=True).exists():
        return draft.attachments.none()
    earlier = draft.attachments.filter(item=ROSTER, version=roster.version - 1, replaced_at__isnull=False)
    return earlier.order_by("-replaced_at")[:1]


def checked(attachment: Attachment, **known: bool) -> RosterCheck:
    """The check of a roster, begun by whoever asks first with what is `known` of it. That of a large one may not be finished yet."""
    if found := RosterCheck.objects.filter(attachment=attachment).first():
        return found if found.finished_at else _kept_going(found)
    with transaction.atomic():  # where this process dies, the next to ask begins anew
        found, is_new = RosterCheck.objects.get_or_create(attachment=attachment, defaults=known)
        if is_new:  # in the place of others, whose rows nobody corrects any more
            others = RosterCheck.objects.filter(attachment__draft=attachment.draft_id).exclude(pk=found.pk)
            locked = RosterCheck.objects.filter(pk__in=list(others.select_for_update(of=["self"]).values_list("pk", flat=True)))
            forget(RosterRow.objects.filter(roster__in=locked))
            forget(locked)
        if is_new and attachment.size <= SMALL:
            run(found)
        elif is_new:
            run_by_worker.enqueue(found.pk)
    found.refresh_from_db()  # a worker that does not wait has finished it by now
    return found


def _kept_going(found: RosterCheck) -> RosterCheck:
    """An unfinished check whose task has failed is begun anew; what fails twice cannot be read."""
    with transaction.atomic():
        asked = RosterCheck.objects.select_for_update(of=["self"]).select_related("attachment").filter(pk=found.pk).first()
        if asked is None or asked.finished_at:  # another roster has taken its place
            return asked or found
        found = asked
        tasks = DBTaskResult.objects.filter(task_path=run_by_worker.module_path, args_kwargs__args=[found.pk])
        if not tasks.exclude(status__in=[TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL]).exists():
            if tasks.filter(status=TaskResultStatus.FAILED).count() < MOST_FAILURES:
                run_by_worker.enqueue(found.pk)
            else:
                forget(found.kept.all())
                found.obstacle, found.finished_at = [faults.NO_SPREADSHEET, ""], timezone.now()
                found.save(update_fields=["obstacle", "finished_at"])
    found.refresh_from_db()
    return found


@task()
def run_by_worker(number: int) -> None:
    if found := RosterCheck.objects.select_related("attachment").filter(pk=number, finished_at=None).first():
        run(found)


def run(found: RosterCheck) -> None:
    """Reads and checks the file from its beginning, and says as it goes how far it is."""
    with contextlib.suppress(_Forgotten):
        _run(found)


def forget(rows: QuerySet) -> None:
    """Deletes rows in the database alone: nothing hangs on them, and Django would load each for the listeners of other tables."""
    rows._raw_delete(rows.db)


def obstacle(found: RosterCheck) -> str:
    """Why nothing in a roster could be checked, in the active language; "" where its rows could."""
    if found.obstacle:
        return str(faults.Unreadable(*found.obstacle))
    return "" if found.rows else _("The roster names no clinicians.")


def present(found: RosterCheck) -> QuerySet[RosterRow]:
    """The kept rows that were not removed, in their order."""
    return found.kept.filter(is_removed=False).order_by("number")


def wrong(found: RosterCheck) -> QuerySet[RosterRow]:
    """The rows with faults."""
    return present(found).filter(fault_count__gt=0)


def as_checked(found: RosterCheck, rows: Iterable[RosterRow]) -> Iterator[check.Row]:
    """Kept rows as the check knows them. Which row one repeats is looked up: it changes with every correction."""
    where, rows = check.places(found.headings), iter(rows)
    while batch := list(islice(rows, BATCH)):
        repeated = {row.place for row in batch if any(fault[1] == faults.Code.DUPLICATE for fault in row.faults)}
        first = dict(present(found).filter(place__in=repeated).order_by().values_list("place").annotate(Min("number")))
        for row in batch:
            values, told = check.values_of(row.cells, where), []
            for column, code, *_earlier in row.faults:
                other = first.get(row.place) if code == faults.Code.DUPLICATE else None
                told.append(faults.Fault(row.number, column, faults.Code(code), values.get(column, ""), other))
            yield check.Row(row.number, row.cells, values, told, row.place)


def with_faults(found: RosterCheck, heading: str) -> BinaryIO:
    """The roster as it stands now, as a spreadsheet with one more column, at its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    rows = present(found).iterator(chunk_size=BATCH)
    sheets.write_with_faults(file, found.headings, as_checked(found, rows), heading)
    file.seek(0)
    return file


def extension_of(attachment: Attachment) -> str:
    return attachment.name.rpartition(".")[2].lower()


def _run(found: RosterCheck) -> None:
    forget(found.kept.all())
    found.rows, found.obstacle, batch = 0, [], []
    try:
        for row in _rows_of_file(found):
            if any(fault.code in faults.PERSONAL for fault in row.faults):
                found.keeps_original = False
            batch.append(_kept(found, row))
            if len(batch) == BATCH:
                _keep(found, batch)
                batch = []
        _keep(found, batch)
    except faults.Unreadable as error:
        found.obstacle = [error.reason, error.names]
    found.finished_at = timezone.now()
    with transaction.atomic():
        _hold(found)
        found.save()
        if found.obstacle or not wrong(found).exists():
            forget(found.kept.all())


def _rows_of_file(found: RosterCheck) -> Iterator[check.Row]:
    """Raises Unreadable."""
    extension = extension_of(found.attachment)
    if extension not in ("csv", "xlsx"):
        raise faults.Unreadable(faults.WRONG_KIND)

    def expect(rows: int) -> None:
        found.expected = max(0, min(rows - 1, read.MOST_ROWS))  # without the headings

    with files.open_kept(found.attachment.path) as file:
        rows = read.rows_of(file, extension, expect)
        number, found.headings = next(rows, (0, []))
        yield from check.checked_rows(chain([(number, found.headings)], rows))


def _kept(found: RosterCheck, row: check.Row) -> RosterRow:
    told = [[fault.column, fault.code] for fault in row.faults]
    return RosterRow(roster=found, number=row.number, cells=row.cells, faults=told, fault_count=len(told), place=row.place)


def _keep(found: RosterCheck, batch: list[RosterRow]) -> None:
    with transaction.atomic():
        _hold(found)
        RosterRow.objects.bulk_create(batch)
        found.rows += len(batch)
        found.save(update_fields=["rows", "expected"])


def _hold(found: RosterCheck) -> None:
    """Keeps the check from being forgotten until the transaction ends. Raises _Forgotten where it is already."""
    if not RosterCheck.objects.select_for_update().filter(pk=found.pk).exists():
        raise _Forgotten
