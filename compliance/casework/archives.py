"""A report as an encrypted archive: a zip with an index to read, the files as they came and their hashes, under a passphrase of its own.

`manage.py open_compliance_export` opens it, on any machine and without the database.
"""

import hashlib
import io
import zipfile

from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from compliance import sealing, thread
from compliance.casework import keyring
from compliance.casework.officers import Refused
from compliance.casework.unlocking import Unlocked
from compliance.models import Report
from lacare_site.casework.desk.dossiers import safe_name

FIRST_LINE = b"LACARE COMPLIANCE EXPORT 1\n"
LENGTH = 4  # bytes in which the length of the wrapped key stands


@sensitive_variables()
def write(report: Report, unlocked: Unlocked, shown: dict, passphrase: str) -> tuple[bytes, int]:
    """The archive, and how many files are in it. `shown` is what the page of the report shows."""
    key = sealing.new_key()
    wrapped = sealing.wrap(key, keyring.plain(passphrase))
    content, count = _zip(report, unlocked, shown)
    return FIRST_LINE + len(wrapped).to_bytes(LENGTH, "big") + wrapped + sealing.encrypt(key, content), count


@sensitive_variables()
def read(archive: bytes, passphrase: str) -> bytes:
    """The zip. Raises Refused for what is no archive of ours or was changed, and for another passphrase."""
    if not archive.startswith(FIRST_LINE):
        raise Refused("This is no export of a report.")
    rest = archive[len(FIRST_LINE) :]
    end = LENGTH + int.from_bytes(rest[:LENGTH], "big")
    try:
        key = sealing.unwrap(rest[LENGTH:end], keyring.plain(passphrase))
        return sealing.decrypt(key, rest[end:])
    except (sealing.Unopened, ValueError, RuntimeError):
        raise Refused("This passphrase does not open it, or the file was changed.") from None


@sensitive_variables()
def _zip(report: Report, unlocked: Unlocked, shown: dict) -> tuple[bytes, int]:
    buffer, sums = io.BytesIO(), []
    keys = {
        scope: thread.key_for(report, scope, unlocked.private, unlocked.recipient) for scope in (thread.THREAD, thread.INTERNAL)
    }
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for scope, entries in ((thread.THREAD, shown["thread"]), (thread.INTERNAL, shown["internal"])):
            for row in (row for entry in entries for row in entry["files"]):
                file = thread.read_file(row["file"], keys[scope])
                row["path"] = f"files/{len(sums) + 1:02}-{safe_name(str(file.facts.get('name', 'file')))}"
                row["sha256"] = hashlib.sha256(file.content).hexdigest()
                archive.writestr(row["path"], file.content)
                sums.append(f"{row['sha256']}  {row['path']}\n")
        context = shown | {"made_on": timezone.localdate()}
        archive.writestr("index.html", render_to_string("compliance/casework/archive.html", context))
        archive.writestr("SHA256SUMS", "".join(sums))
    return buffer.getvalue(), len(sums)
