"""Files of a reporter: read in memory, looked through, and kept as ciphertext alone. Nothing of them is ever written to a disk in the clear.

That is why no virus scanner is asked: it would write them aside. Officers open what they get as they would open a stranger's mail.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lacare_site import typed_text
from lacare_site.intake import file_types
from lacare_site.intake.refusals import EMPTY, NO_ROOM, SENTENCES, STORE_FULL, TOO_LARGE, TOO_MANY, Unfit
from lacare_site.intake.uploads import readable_name
from lacare_site.security import limits

from . import metadata, sealing, thread
from .filings import Held
from .models import FilingFile

MEGABYTE = 1024 * 1024  # bytes
LARGEST_FILE = 10 * MEGABYTE
LARGEST_TOTAL = 25 * MEGABYTE
MOST_MEGABYTES = 3000  # within an hour, of everybody together; a file counts as one at least
MOST_FILES = 20
LONGEST_SHOWN = 150  # characters of a file's own name, where it was not taken
OWN_SENTENCES = {
    TOO_LARGE: _("The file is larger than 10 MB. Split it, or save it with smaller pictures."),
    NO_ROOM: _("With this file your attachments would be larger than 25 MB together. Remove one that you do not need."),
}


@dataclass(frozen=True)
class Kept:
    """A file of what is in progress. `facts`: name, type, size, sha256; `traces` as (kind, value); `has_copy`: one without these can be made,
    but for those that are in `stays`."""

    pk: int
    facts: dict
    traces: list
    has_copy: bool
    sends_original: bool
    stays: tuple = ()

    @property
    def is_silent(self) -> bool:
        """Whether the reporter has nothing to decide about it."""
        return self.has_copy and not self.traces and not self.stays


class CopyFailed(Exception):
    """A copy without traces, which was promised, cannot be made any more. Nothing may be sent before the reporter has seen that."""


class MemoryUploads(FileUploadHandler):
    """Keeps the files of one request in memory, as much of them as may be kept. The rest is read to its end, so that the browser sees an answer."""

    def __init__(self, request=None):
        super().__init__(request)
        self.total = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.pieces, self.kept = [], 0

    def receive_data_chunk(self, raw_data, start):
        if self.kept <= LARGEST_FILE and self.total <= LARGEST_TOTAL:
            self.pieces.append(raw_data)
            self.kept += len(raw_data)
            self.total += len(raw_data)

    def file_complete(self, file_size):
        content = BytesIO(b"".join(self.pieces))
        self.pieces = []
        return InMemoryUploadedFile(content, self.field_name, self.file_name, self.content_type, file_size, self.charset)


def sentence(reason: str) -> str:
    """What the reporter reads of a file that was not taken."""
    return str(OWN_SENTENCES.get(reason) or SENTENCES[reason])


def are_within_limits(uploads: list) -> bool:
    """Counts their megabytes, of everybody together, so that a flood cannot fill the disk. Before the transaction: see limits.py."""
    megabytes = sum(-(-min(upload.size, LARGEST_FILE) // MEGABYTE) for upload in uploads)
    return not megabytes or limits.global_hit("report.megabyte", MOST_MEGABYTES, timedelta(hours=1), megabytes)


def take_all(held: Held, request: HttpRequest) -> list[list[str]]:
    """Seals the uploaded files into what is in progress; gives those that are not taken, as [name, reason]."""
    refused = []
    for upload in request.FILES.getlist("files"):
        try:
            if not request.takes_files:
                raise Unfit(STORE_FULL)
            _take(held, upload)
        except Unfit as unfit:
            refused.append([upload.name[:LONGEST_SHOWN], unfit.reason])
    return refused


def _take(held: Held, upload) -> None:
    name = readable_name(upload.name)
    extension = name.rpartition(".")[2].lower()
    if upload.size > LARGEST_FILE:
        raise Unfit(TOO_LARGE)
    if not upload.size:
        raise Unfit(EMPTY)
    content = upload.read()
    present = [kept.facts for kept in listed(held)]
    if len(content) < upload.size or sum(facts["size"] for facts in present) + len(content) > LARGEST_TOTAL:
        raise Unfit(NO_ROOM)
    facts = {"name": name, "type": file_types.check(content, extension), **_measures(content)}
    if facts in present:
        return  # a second click
    if len(present) >= MOST_FILES:
        raise Unfit(TOO_MANY)
    traces = metadata.traces(content, extension)
    copy = metadata.without_traces(content, extension)  # also where nothing is told: it leaves out more than is known
    stays = metadata.traces(copy, extension) if copy else []
    kept = {"facts": facts, "has_copy": copy is not None}
    kept |= {"traces": [[trace.kind, trace.value] for trace in traces if trace not in stays]}
    kept |= {"stays": [[trace.kind, trace.value] for trace in stays]}
    sealed = sealing.encrypt(held.key, content)
    FilingFile.objects.create(filing=held.row, sealed_facts=sealing.encrypt_values(held.key, kept), sealed=sealed)


def listed(held: Held) -> list[Kept]:
    """The files so far, without their content."""
    originals = held.values.get("originals", [])
    kept = [
        Kept(file.pk, **sealing.decrypt_values(held.key, file.sealed_facts), sends_original=file.pk in originals)
        for file in held.row.files.defer("sealed")
    ]
    return sorted(kept, key=lambda file: file.facts["name"])


def choose_originals(held: Held, numbers: list[str]) -> None:
    """Those that shall go as they are, with what they tell; of all others a copy without goes."""
    held.values["originals"] = [kept.pk for kept in listed(held) if str(kept.pk) in numbers]


def remove(held: Held, number: str) -> None:
    held.row.files.filter(pk=typed_text.number(number)).delete()


def to_send(held: Held) -> list[thread.File]:
    """What goes into the report, in the clear: copies without metadata, and originals where they were wished or the reporter has seen that
    no copy can be made. Raises CopyFailed where they have not, and then has that shown with the file.
    """
    files, failed = [], False
    for kept in listed(held):
        row = held.row.files.get(pk=kept.pk)
        content, copy = sealing.decrypt(held.key, row.sealed), None
        if kept.has_copy and not kept.sends_original:
            copy = metadata.without_traces(content, kept.facts["name"].rpartition(".")[2].lower())
            if copy is None:
                failed = True
                values = sealing.decrypt_values(held.key, row.sealed_facts) | {"has_copy": False}
                row.sealed_facts = sealing.encrypt_values(held.key, values)
                row.save(update_fields=["sealed_facts"])
        if copy is not None:
            files.append(thread.File(kept.facts | _measures(copy), copy))
        else:
            files.append(thread.File(kept.facts | {"original": True}, content))
    if failed:
        raise CopyFailed
    return files


def _measures(content: bytes) -> dict:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
