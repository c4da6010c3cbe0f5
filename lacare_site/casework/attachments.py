"""Files of cases. The app that keeps them registers how they are opened and deleted; casework knows only `case.attachments`."""

from collections.abc import Callable
from typing import BinaryIO

from lacare_site.casework.models import Case

_store: dict[str, Callable] = {}


def register(
    open_file: Callable[[object], BinaryIO], purge: Callable[[Case], None], items: Callable[[Case], dict[str, str]]
) -> None:
    """`open_file(attachment)` gives its bytes as they were sent, and raises PermissionError for a file that nobody may open.
    `purge(case)` is called in the transaction that deletes a case, and sees to it that its files go when that is committed.
    `items(case)` gives what files were asked for, by the `item` of an attachment."""
    _store.update(open_file=open_file, purge=purge, items=items)


def of(case: Case) -> list:
    """The present files of a case: those that were replaced or removed are not among them. Each has in `asked` what it was asked
    for, or ""."""
    return _listed(case, replaced_at=None, removed_at=None)


def replaced(case: Case) -> list:
    """The files of a case that others have taken the place of, as `of` gives the present ones."""
    return _listed(case, replaced_at__isnull=False)


def _listed(case: Case, **conditions) -> list:
    if not hasattr(case, "attachments"):
        return []
    files = list(case.attachments.filter(**conditions).order_by("pk"))
    asked = _store["items"](case) if files else {}
    for file in files:
        file.asked = asked.get(file.item, "")
    return files


def open_file(attachment) -> BinaryIO:
    return _store["open_file"](attachment)


def purge(case: Case) -> None:
    if _store:
        _store["purge"](case)
