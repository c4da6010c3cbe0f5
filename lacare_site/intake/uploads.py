"""Taking a file: written aside, looked through, scanned, moved to its place, and only then named by a row. Nothing is half stored."""

import contextlib
import errno
import hashlib
import logging
import mmap
import tempfile
import unicodedata
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from lacare_site.casework import audit
from lacare_site.casework.models import Case, CaseEvent

from . import drafts, file_types, files, scanner
from .models import Attachment, Draft
from .refusals import EMPTY, INFECTED, NO_ROOM, STORE_FULL, TOO_LARGE, TOO_MANY, WRONG_EXTENSION, WRONG_NAME, Unfit

logger = logging.getLogger(__name__)

LARGEST_FILE = 25 * 1024 * 1024  # bytes
LARGEST_TOTAL = 250 * 1024 * 1024  # of one draft or case
MOST_KEPT = 4 * LARGEST_TOTAL  # with what was replaced or removed
MOST_FILES = 500
LONGEST_NAME = 150
JOINERS = "\u200c\u200d"  # letters of Farsi and others are joined, or not, by these; all other invisible signs only deceive
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class WithoutRoom(SimpleUploadedFile):
    """Stands for an upload for which the disk had no room on its way."""


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Reads a file that is too large, or has no room, to its end, so that the browser sees an answer, but does not keep more than may
    be kept."""

    def new_file(self, *args, **kwargs):
        self.written = 0
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            _require_full_disk(error)
            self.file = WithoutRoom(self.file_name, b"")

    def receive_data_chunk(self, raw_data, start):
        if self.written <= LARGEST_FILE and not isinstance(self.file, WithoutRoom):
            self.written += len(raw_data)
            try:
                self.file.write(raw_data)
            except OSError as error:
                self._do_without(error)

    def file_complete(self, file_size):
        try:
            self.file.flush()
        except OSError as error:
            self._do_without(error)
        return super().file_complete(file_size)

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self.file.close()  # which deletes it

    def _do_without(self, error: OSError) -> None:
        _require_full_disk(error)
        with contextlib.suppress(OSError):  # it would still write what it holds
            self.file.close()
        self.file = WithoutRoom(self.file_name, b"")


def receive(
    upload, owner: Draft | Case, item: str = "", replaces: Attachment | None = None, *, is_single: bool = False
) -> Attachment:
    """Keeps an uploaded file, as a new one or in the place of another of the same owner, or, where it `is_single`, of all that are
    present of its item. Raises Unfit, and Gone for a draft that was sent meanwhile."""
    name = readable_name(upload.name)
    extension = name.rpartition(".")[2].lower()
    if upload.size > LARGEST_FILE:
        raise Unfit(TOO_LARGE)
    if upload.size == 0:
        raise Unfit(EMPTY)
    if isinstance(upload, WithoutRoom):
        logger.error("There is no room for files on their way in %s.", settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
        raise Unfit(STORE_FULL)
    if not files.has_room(upload.size):
        logger.error("There is hardly any room left in %s.", settings.PRIVATE_ROOT)
        raise Unfit(STORE_FULL)
    try:
        with files.incoming() as file:
            digest = hashlib.sha256()
            for piece in upload.chunks():
                digest.update(piece)
                file.write(piece)
            file.flush()
            details = {"name": name, "type": look_through(file, extension), "size": file.tell(), "sha256": digest.hexdigest()}
            present = owner.attachments.filter(replaced_at=None, removed_at=None)
            same = present.filter(item=item, sha256=details["sha256"])
            if found := _of_name(same, name):
                return found  # a double click
            state = scanner.scan(file)
            if state == Attachment.State.INFECTED:
                raise Unfit(INFECTED)
            with transaction.atomic():
                _lock(owner)
                if found := _of_name(same, name):
                    return found  # clicks so fast that none had kept it yet
                replaced = present.filter(item=item) if is_single else present.filter(pk=replaces and replaces.pk)
                replaced = list(replaced)
                version = _make_room(owner, details["size"], replaced)
                path = files.keep(file)
                owner_field = "draft" if isinstance(owner, Draft) else "case"
                fresh = Attachment.objects.create(
                    **{owner_field: owner}, **details, item=item, version=version, path=path, state=state
                )
                if not replaced:
                    _tell(fresh, "added", f"Added: {name}")
                for old in replaced:
                    _tell(fresh, "replaced", f"Replaced: {old.name}, by {name}")
                return fresh
    except OSError as error:
        _require_full_disk(error)
        logger.error("There is no room for attachments in %s.", settings.PRIVATE_ROOT)
        raise Unfit(STORE_FULL) from error


def look_through(file: BinaryIO, extension: str) -> str:
    """The MIME type, once the content proves to be what the extension says. Raises Unfit."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return file_types.check(content, extension)


def readable_name(name: str) -> str:
    """A file's own name as it can be shown: without folders, without signs that nobody sees. Raises Unfit where nothing is left."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in name if sign in JOINERS or unicodedata.category(sign) not in INVISIBLE)
    stem, dot, extension = " ".join(name.split()).rstrip(". ").rpartition(".")
    if not dot or extension.lower() not in file_types.TYPES:
        raise Unfit(WRONG_EXTENSION)
    stem = stem.strip(". ")[: LONGEST_NAME - len(extension)]
    if not stem.strip(JOINERS):
        raise Unfit(WRONG_NAME)
    return f"{stem}.{extension}"


@transaction.atomic
def remove(attachment: Attachment, owner: Draft | Case) -> None:
    """Takes a file out of its draft or case. Its bytes stay until the draft is sent or ends, or the case is deleted. Raises Gone for a
    draft that was sent meanwhile."""
    _lock(owner)
    if owner.attachments.filter(pk=attachment.pk, removed_at=None).update(removed_at=timezone.now()):
        _tell(attachment, "removed", f"Removed: {attachment.name}")


def open_file(attachment: Attachment) -> BinaryIO:
    """The bytes as they were sent. PermissionError for a file that is held, FileNotFoundError for one whose bytes are lost."""
    if attachment.is_held:
        raise PermissionError(attachment.get_state_display())
    return files.open_kept(attachment.path)


def purge(case: Case) -> None:
    files.delete_after_commit(case.attachments.values_list("path", flat=True))


def scan_waiting(limit: int = 50) -> int:
    """Asks the scanner about files that it has not seen; gives the number of those it now has."""
    if not scanner.is_there():
        return 0
    seen = 0
    # In no order: those that cannot be scanned stand in nobody's way for long.
    for attachment in Attachment.objects.filter(state=Attachment.State.NOT_SCANNED).order_by("?")[:limit]:
        try:
            with files.open_kept(attachment.path) as file:
                state = scanner.ask(file)
        except FileNotFoundError:
            logger.error("The bytes of attachment %s are not there.", attachment.pk)
            continue
        except scanner.Away:
            break  # the next round asks again
        if state != Attachment.State.NOT_SCANNED:
            Attachment.objects.filter(pk=attachment.pk).update(state=state)
            seen += 1
    return seen


def _of_name(attachments: QuerySet[Attachment], name: str) -> Attachment | None:
    """No query can ask for names, which are sealed."""
    return next((found for found in attachments.all() if found.name == name), None)


def _require_full_disk(error: OSError) -> None:
    """Raises an error that means anything else."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        raise error


def _lock(owner: Draft | Case) -> None:
    """Uploads at the same time see one another."""
    if isinstance(owner, Draft):
        drafts.lock(owner)
    else:
        Case.objects.select_for_update().get(pk=owner.pk)


def _tell(attachment: Attachment, what: str, words: str) -> None:
    """Notes what the sender has done with the files of a case; what happens to those of a draft is nobody's yet."""
    if case := attachment.case:
        case.events.create(kind=CaseEvent.Kind.DOCUMENT, text=words)
        details = {"document": attachment.pk, "sha256": attachment.sha256}
        audit.record(None, f"document.{what}", case.reference, details)


def _make_room(owner: Draft | Case, size: int, replaced: list[Attachment]) -> int:
    """The version of a new file of a locked owner. `replaced` is empty, too, where somebody else has replaced or removed the old one
    meanwhile: both files are kept."""
    kept = owner.attachments.aggregate(size=Sum("size", default=0))["size"]
    others = owner.attachments.filter(replaced_at=None, removed_at=None).exclude(pk__in=[old.pk for old in replaced])
    if others.aggregate(size=Sum("size", default=0))["size"] + size > LARGEST_TOTAL or kept + size > MOST_KEPT:
        raise Unfit(NO_ROOM)
    if owner.attachments.count() >= MOST_FILES:
        raise Unfit(TOO_MANY)
    for old in replaced:
        Attachment.objects.filter(pk=old.pk).update(replaced_at=timezone.now())
    return max((old.version for old in replaced), default=0) + 1
