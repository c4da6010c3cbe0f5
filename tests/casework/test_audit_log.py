# ruff: noqa: S608, the names of tables are ours
"""The audit log tells when a row was changed, removed or inserted, and the database refuses to do so."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from lacare_site.casework import audit
from lacare_site.casework.models import AuditEntry, AuditHead
from tests.harness.clones import ROOT

TABLE = "casework_auditentry"
WRITE_ON_SQLITE = """
from django.db import connection
from lacare_site.casework import append_only, audit, models
with connection.schema_editor() as editor:
    editor.create_model(models.AuditEntry)
    editor.create_model(models.AuditHead)
append_only.install()
for number in range(3):
    audit.record(None, "case.viewed", str(number))
"""


@pytest.fixture
def log(db):
    for number in range(5):
        audit.record(None, "case.viewed", f"INQ-{number}", {"n": number, "ü": "=1+1"})
    return [entry.number for entry in AuditEntry.objects.all()][-5:]


@contextmanager
def without_triggers():
    """As somebody would who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


def test_a_log_that_nobody_touched_is_whole(log, capsys):
    call_command("verify_audit_log")
    number, digest = audit.head()
    assert f"{number}:{digest}" in capsys.readouterr().out
    call_command("verify_audit_log", end=f"{number}:{digest}")


@pytest.mark.parametrize("column", ["actor", "action", "subject", "at", "details", "previous_hash", "hash"])
def test_a_changed_row_is_found(log, column):
    value = {"at": "2020-01-01", "details": "{}"}.get(column, "0" * 40)
    with without_triggers() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET {column} = %s WHERE number = %s", [value, log[2]])
    with pytest.raises(CommandError, match=str(log[2])):
        call_command("verify_audit_log")


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_removed_row_is_found(log, place):
    with without_triggers() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE number = %s", [log[place]])
    with pytest.raises(CommandError):
        call_command("verify_audit_log")


def test_a_row_inserted_at_the_end_is_found_though_it_is_chained(log):
    last = AuditEntry.objects.last()
    forged = AuditEntry(number=last.number + 1, at=last.at, actor="x", action="y", subject="z", previous_hash=last.hash)
    forged.hash = audit._hash_of(forged)
    forged.save(force_insert=True)
    with pytest.raises(CommandError, match="were written"):
        call_command("verify_audit_log")


def test_a_log_that_was_written_anew_is_found_by_an_end_kept_elsewhere(log):
    number, digest = audit.head()
    with without_triggers() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
        AuditHead.objects.all().delete()
    for _ in range(number):
        audit.record(None, "case.viewed", "INQ-0")
    call_command("verify_audit_log")
    with pytest.raises(CommandError, match="written down"):
        call_command("verify_audit_log", end=f"{number}:{digest}")


@pytest.mark.parametrize("statement", [f"UPDATE {TABLE} SET actor = 'x'", f"DELETE FROM {TABLE}"])
def test_postgresql_refuses_to_change_the_log(log, statement):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_chain_has_no_forks():
    def write(number):
        try:
            audit.record(None, "case.viewed", str(number))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert AuditEntry.objects.count() == 40
    assert list(audit.faults()) == []


def test_sqlite_refuses_to_change_the_log(tmp_path):
    environment = {
        "PATH": "/usr/bin:/bin",
        "LACARE_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lacare_site.settings.test",
    }
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", WRITE_ON_SQLITE]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    with sqlite3.connect(tmp_path / "site.sqlite3") as database:
        for statement in (f"UPDATE {TABLE} SET actor = 'x'", f"DELETE FROM {TABLE} WHERE number = 2"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                database.execute(statement)
        database.execute(f"DROP TRIGGER {TABLE}_no_update")
        database.execute(f"UPDATE {TABLE} SET actor = 'x' WHERE number = 2")
    verify = [sys.executable, "manage.py", "verify_audit_log"]
    found = subprocess.run(verify, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert found.returncode == 1 and "Entry 2 has been changed" in found.stderr
