"""A case as a zip: an index to read, the documents as they were sent, and their hashes in a form that `sha256sum -c` checks."""

import hashlib
import re
import tempfile
import zipfile
from typing import BinaryIO

from django.template.loader import render_to_string
from django.utils import timezone

from lacare_site.casework import attachments
from lacare_site.casework.desk.cases import contents
from lacare_site.casework.models import Case
from lacare_site.casework.registry import CaseKind

IN_MEMORY = 5 * 1024 * 1024
CHUNK = 1024 * 1024
# What has a meaning in some file system's names, or shows nothing.
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


def write(kind: CaseKind, case: Case) -> tuple[BinaryIO, int]:
    """The file, and how many documents are in it. A document that nobody may open is named in the index alone."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, whoever sends it closes it
    listed = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, attachment in enumerate(attachments.of(case) + attachments.replaced(case), start=1):
            listed.append(_add(archive, attachment, f"documents/{number:02}-{safe_name(attachment.name)}"))
        context = contents(kind, case) | {"listed": listed, "made_at": timezone.localtime()}
        archive.writestr("index.html", render_to_string("casework/dossier.html", context))
        sums = "".join(f"{row['sha256']}  {row['path']}\n" for row in listed if row["path"])
        archive.writestr("SHA256SUMS", sums)
    file.seek(0)
    return file, sum(bool(row["path"]) for row in listed)


def _add(archive: zipfile.ZipFile, attachment, path: str) -> dict:
    """Copies a document; its hash is that of the bytes that were copied."""
    digest = hashlib.sha256()
    try:
        source = attachments.open_file(attachment)
    except (PermissionError, FileNotFoundError):
        return {"document": attachment, "path": "", "sha256": "", "is_unchanged": False}
    with source, archive.open(path, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
    found = digest.hexdigest()
    return {"document": attachment, "path": path, "sha256": found, "is_unchanged": found == attachment.sha256}


def safe_name(name: str) -> str:
    """The name as a part of a path on any system, at most 120 characters, its ending kept."""
    plain = UNSAFE.sub("_", name).strip(" .") or "document"
    stem, dot, ending = plain.rpartition(".")
    return plain if len(plain) <= 120 or not dot else f"{stem[: 119 - len(ending)]}.{ending[:20]}"
