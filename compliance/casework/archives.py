"""A report as an encrypted archive: a zip with an index to read, the files as they came and their hashes, under a passphrase of its own.

It is made while it is sent, one file after the other, and nothing of it is written to a disk: however large the report is, that takes
three times the memory of its largest file, which is some 30 MB for the largest that a reporter may add.

`manage.py open_compliance_export` opens it, on any machine and without the database.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from compliance import sealing, thread
from compliance.casework import keyring
from compliance.casework.officers import Refused
from compliance.casework.unlocking import Unlocked
from compliance.models import Report, SealedFile
from lacare_site.casework.desk.dossiers import safe_name

FIRST_LINE = b"LACARE COMPLIANCE EXPORT 2\n"
LENGTH = 4  # bytes in which the length of the wrapped key stands
SLICE = 64 * 1024  # bytes of a file that are packed at once


@sensitive_variables()
def write(report: Report, unlocked: Unlocked, shown: dict, passphrase: str) -> Iterator[bytes]:
    """The archive, in pieces to be sent as they come. `shown` is what the page of the report shows.

    Whoever asks for the pieces may meet Unopened, where the officer has been shut out meanwhile: what came until then does not open.
    """
    key = sealing.new_key()
    wrapped = sealing.wrap(key, keyring.plain(passphrase))
    head = FIRST_LINE + len(wrapped).to_bytes(LENGTH, "big") + wrapped
    return _with_head(head, sealing.encrypt_stream(key, _zip(report, unlocked, shown)))


@sensitive_variables()
def read(archive: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """The zip, in pieces. Raises Refused for what is no archive of ours and for another passphrase; at any later piece, for what was
    changed or cut off."""
    if archive.read(len(FIRST_LINE)) != FIRST_LINE:
        raise Refused("This is no export of a report.")
    try:
        key = sealing.unwrap(archive.read(int.from_bytes(archive.read(LENGTH), "big")), keyring.plain(passphrase))
        yield from sealing.decrypt_stream(key, archive)
    except (sealing.Unopened, ValueError, RuntimeError):
        raise Refused("This passphrase does not open it, or the file was changed.") from None


def _with_head(head: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from pieces


class _Outlet:
    """What zipfile writes into, and what is fetched from there as it comes."""

    def __init__(self):
        self.held = bytearray()

    def write(self, content: bytes) -> int:
        self.held += content
        return len(content)

    def flush(self) -> None:
        """zipfile asks for it."""

    def fetch(self) -> bytes:
        content = bytes(self.held)
        self.held.clear()
        return content


def _zip(report: Report, unlocked: Unlocked, shown: dict) -> Iterator[bytes]:
    outlet, sums, made_on = _Outlet(), [], timezone.localdate()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for scope, entries in ((thread.THREAD, shown["thread"]), (thread.INTERNAL, shown["internal"])):
            for row in (row for entry in entries for row in entry["files"]):
                file = _file(report, unlocked, scope, row["file"].pk)
                row["path"] = f"files/{len(sums) + 1:02}-{safe_name(str(file.facts.get('name', 'file')))}"
                row["sha256"] = hashlib.sha256(file.content).hexdigest()
                sums.append(f"{row['sha256']}  {row['path']}\n")
                with archive.open(row["path"], "w") as packed:
                    for start in range(0, len(file.content), SLICE):
                        packed.write(file.content[start : start + SLICE])
                        yield outlet.fetch()
                del file  # before the next one is read
        context = shown | {"made_on": made_on}
        archive.writestr("index.html", render_to_string("compliance/casework/archive.html", context))
        archive.writestr("SHA256SUMS", "".join(sums))
    yield outlet.fetch()


@sensitive_variables()
@transaction.atomic
def _file(report: Report, unlocked: Unlocked, scope: str, pk: int) -> thread.File:
    """With the report's key as it is now: a colleague may give the report new ones while the archive is being sent."""
    key = thread.key_for(report, scope, unlocked.private, unlocked.recipient)
    return thread.read_file(SealedFile.objects.get(pk=pk), key)
