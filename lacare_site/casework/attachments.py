"""Files of cases. The app that keeps them registers how they are opened and deleted; casework knows only `case.attachments`."""

from collections.abc import Callable
from typing import BinaryIO

from lacare_site.casework.models import Case

_store: dict[str, Callable] = {}


def register(open_file: Callable[[object], BinaryIO], purge: Callable[[Case], None]) -> None:
    """`open_file(attachment)` gives its bytes as they were sent, and raises PermissionError for a file that nobody may open.
    `purge(case)` is called in the transaction that deletes a case, and sees to it that its files go when that is committed."""
    _store.update(open_file=open_file, purge=purge)


def of(case: Case) -> list:
    """The present files of a case: those that were replaced or removed are not among them."""
    if not hasattr(case, "attachments"):
        return []
    return list(case.attachments.filter(replaced_at=None, removed_at=None).order_by("pk"))


def open_file(attachment) -> BinaryIO:
    return _store["open_file"](attachment)


def purge(case: Case) -> None:
    if _store:
        _store["purge"](case)
