"""The audit log: `record` appends to it, `faults` reads it through. Each entry's hash covers the entry and the hash before it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from lacare_site.casework.models import AuditEntry, AuditHead

BEFORE_THE_FIRST = "0" * 64
SYSTEM = "system"


@transaction.atomic
def record(actor, action: str, subject: str, details: dict | None = None) -> AuditEntry:
    """Appends what `actor` (an account, or None for the system) did to `subject`, such as a reference.

    Details are for what the log must tell later: counts, hashes, stages; never the content of a case.
    """
    AuditHead.objects.bulk_create([AuditHead(pk=1, number=0, hash=BEFORE_THE_FIRST)], ignore_conflicts=True)
    head = AuditHead.objects.select_for_update().get(pk=1)
    entry = AuditEntry(
        number=head.number + 1,
        at=timezone.now(),
        actor=actor.get_username() if actor else SYSTEM,
        action=action,
        subject=subject,
        details=details or {},
        previous_hash=head.hash,
    )
    entry.hash = _hash_of(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=1).update(number=entry.number, hash=entry.hash)
    return entry


def head() -> tuple[int, str]:
    """Number and hash of the last entry: written down elsewhere, they prove later that nothing before was changed."""
    found = AuditHead.objects.filter(pk=1).first()
    return (found.number, found.hash) if found else (0, BEFORE_THE_FIRST)


def faults() -> Iterator[str]:
    """Reads the whole log and says, for each entry that is not as it was written, what is wrong."""
    number, previous = 0, BEFORE_THE_FIRST
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield f"Entries {number + 1} to {entry.number - 1} are missing."
        elif entry.previous_hash != previous:
            yield f"Entry {entry.number} does not follow from the one before."
        if entry.hash != _hash_of(entry):
            yield f"Entry {entry.number} has been changed."
        number, previous = entry.number, entry.hash
    if (number, previous) != head():
        yield f"The log ends with entry {number}, but {head()[0]} were written, or the last is another one."


def _hash_of(entry: AuditEntry) -> str:
    content = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
        "previous": entry.previous_hash,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
