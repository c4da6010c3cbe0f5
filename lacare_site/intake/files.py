"""Where the bytes of attachments stand: sealed, in a folder that no address leads to, under names of our own.

A file that comes has no name on the disk until it is kept: then it is sealed under `incoming`, brought to the disk, and moved: under
`attachments` there are whole files only. Whatever has no row after a while is left over from a process that died, and `sweep` takes it away.
"""

import errno
import logging
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from nacl.exceptions import CryptoError

from lacare_site import sealed_files

from .models import Attachment

logger = logging.getLogger(__name__)

LEFT_OVER = 60 * 60  # seconds, far longer than an upload takes
BATCH = 500
LEAST_FREE = 1024**3  # bytes; of a small disk a twentieth


def has_room(size: int) -> bool:
    """Whether so many bytes leave the disk enough for all else that lives on it."""
    disk = shutil.disk_usage(_folder("attachments"))
    return disk.free - size >= min(LEAST_FREE, disk.total // 20)


@contextmanager
def incoming() -> Iterator[BinaryIO]:
    """A fresh file to write to and read from, where files on their way lie; gone at the end of the block, or with this process."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        yield file


def keep(file: BinaryIO) -> str:
    """Keeps what stands in a file, sealed, and gives what stands in `Attachment.path`."""
    name = uuid.uuid4().hex
    path = f"{name[:2]}/{name}"
    begun, folder = _folder("incoming") / name, _folder("attachments") / name[:2]
    try:
        with begun.open("xb") as sealed:
            sealed_files.write(file, sealed, path)
            sealed.flush()
            os.fsync(sealed.fileno())
        folder.mkdir(mode=0o700, exist_ok=True)
        os.rename(begun, folder / name)
    finally:
        begun.unlink(missing_ok=True)
    for changed in (folder, folder.parent):
        _sync_folder(changed)
    return path


def open_kept(path: str) -> BinaryIO:
    """The bytes as they were sent. Raises FileNotFoundError where there is no such file, or no secret of ours opens it."""
    try:
        return sealed_files.opened((_folder("attachments") / path).open("rb"), path)
    except CryptoError as error:
        logger.error("No secret of LACARE_FIELD_SECRETS opens the attachment %s.", path)
        raise FileNotFoundError(errno.ENOENT, "No secret opens it", path) from error


def delete_after_commit(paths: Iterable[str]) -> None:
    """Deletes files once the transaction that deletes their rows is committed."""
    paths = list(paths)
    transaction.on_commit(lambda: delete(paths))


def delete(paths: Iterable[str]) -> None:
    for path in paths:
        (_folder("attachments") / path).unlink(missing_ok=True)


def sweep() -> int:
    """Deletes old files that no row names; gives their number."""
    before, swept = time.time() - LEFT_OVER, 0
    for path in _old(_folder("incoming").iterdir(), before):
        path.unlink(missing_ok=True)
        swept += 1
    for folder in _folder("attachments").iterdir():
        old = {f"{folder.name}/{path.name}" for path in _old(folder.iterdir(), before)}
        known = set(Attachment.objects.filter(path__in=old).values_list("path", flat=True))
        delete(old - known)
        swept += len(old - known)
    return swept


def _old(paths: Iterable[Path], before: float) -> Iterator[Path]:
    for path in paths:
        try:
            is_old = path.stat().st_mtime < before
        except FileNotFoundError:
            continue  # somebody else has taken it
        if is_old:
            yield path


def _folder(name: str) -> Path:
    folder = settings.PRIVATE_ROOT / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
