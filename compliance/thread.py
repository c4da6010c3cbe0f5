"""Writing into a report and reading it, for whoever holds its keys. Shared by filing, following up and the officers' desk, which do
not know one another.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from lacare_site import transactions

from . import sealing
from .models import Entry, RecipientKey, Report, SealedFile, SealedKey
from .officers import officers

KEYS_LOCK = 0x636F6D70  # a number of PostgreSQL's advisory locks that nothing else here uses
THREAD, INTERNAL = SealedKey.Scope.THREAD, SealedKey.Scope.INTERNAL


@dataclass(frozen=True)
class File:
    """A file in the clear. `facts` are its name, type, size in bytes and sha256."""

    facts: dict
    content: bytes


@dataclass(frozen=True)
class OpenEntry:
    """An entry in the clear: `values` as they were written, `files` as (row, facts)."""

    entry: Entry
    values: dict
    files: list[tuple[SealedFile, dict]]


def hold_keys(*, alone: bool = False) -> None:
    """Until the transaction ends, no recipient's key changes while this one seals to it; with `alone`, nobody seals to any meanwhile.

    It comes before every other lock that such transactions share, so that none waits for another that waits for it. What was read
    before it may be out of date. (SQLite lets one transaction write at a time.)
    """
    transactions.require("A hold of keys")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(%s)", [KEYS_LOCK])


def recipients(without: Iterable[int] = ()) -> list[RecipientKey]:
    """The keys in use that a report is sealed to: all officers' that are confirmed but those of the accounts `without`, and the recovery
    key. Whoever seals to them has called `hold_keys` before."""
    in_use = RecipientKey.objects.filter(retired_on=None, confirmed=True)
    able = in_use.filter(Q(officer__in=officers().values("pk")) | Q(officer=None))
    return list(able.exclude(officer__in=list(without)))


def give_keys(report: Report, recipients: Iterable[RecipientKey]) -> dict[str, bytes]:
    """Makes the two keys of a fresh report and seals them to the recipients, the thread's to the reporter too. By scope, in the clear."""
    transactions.require("A report's keys")
    recipients = list(recipients)
    if not recipients:
        raise ValueError("Nobody could read this report.")
    keys = {scope: sealing.new_key() for scope in (THREAD, INTERNAL)}
    rows = [
        SealedKey(report=report, scope=scope, recipient=recipient, sealed=sealing.seal(recipient.public, key))
        for scope, key in keys.items()
        for recipient in recipients
    ]
    rows.append(SealedKey(report=report, scope=THREAD, sealed=sealing.seal(report.reporter_key, keys[THREAD])))
    SealedKey.objects.bulk_create(rows)
    return keys


def key_for(report: Report, scope: str, private: bytes, recipient: RecipientKey | None = None) -> bytes:
    """A report's key for one recipient (None: the reporter) with that private key. Raises Unopened where there is none for them.

    Asked for in a transaction, it stays the report's key until the end of that: whoever writes takes it there.
    """
    if connection.in_atomic_block and Report.objects.select_for_update().filter(pk=report.pk).first() is None:
        raise sealing.Unopened  # its time was over meanwhile
    row = report.keys.filter(scope=scope, recipient=recipient).first()
    if row is None:
        raise sealing.Unopened
    return sealing.unseal(private, row.sealed)


def write(report: Report, kind: str, scope: str, key: bytes, values: dict, author=None, files: Iterable[File] = ()) -> Entry:
    """Seals an entry, in the transaction of whatever it belongs to and in which `key` was asked for. `author` is None for the reporter."""
    transactions.require("An entry")
    sealed = sealing.encrypt_values(key, values)
    number = report.entries.count() + 1
    entry = Entry.objects.create(report=report, number=number, kind=kind, scope=scope, author=author, sealed=sealed)
    for file in files:
        SealedFile.objects.create(
            entry=entry, sealed_facts=sealing.encrypt_values(key, file.facts), sealed=sealing.encrypt(key, file.content)
        )
    return entry


def read(report: Report, scope: str, key: bytes) -> list[OpenEntry]:
    """The entries of that scope in the clear, without the content of their files. Raises Unopened."""
    entries = report.entries.filter(scope=scope).select_related("author")
    found = {entry.pk: OpenEntry(entry, sealing.decrypt_values(key, entry.sealed), []) for entry in entries}
    for file in SealedFile.objects.filter(entry__in=found).defer("sealed"):
        found[file.entry_id].files.append((file, sealing.decrypt_values(key, file.sealed_facts)))
    for opened in found.values():
        opened.files.sort(key=lambda file: file[1].get("name", ""))
    return list(found.values())


def read_file(file: SealedFile, key: bytes) -> File:
    """Raises Unopened."""
    return File(sealing.decrypt_values(key, file.sealed_facts), sealing.decrypt(key, file.sealed))
