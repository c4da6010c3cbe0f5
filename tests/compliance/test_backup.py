"""A backup made and restored with the very commands of deploy/README.md: with its officer's passphrase every report opens, without
nothing does, and a damaged one is refused whole."""

import os
import re
import subprocess
import sys

import psycopg
import pytest

from tests.architecture.repository import ROOT
from tests.harness import clones, postgres

MAKE, RESTORE = re.findall(r"```\n(.*?)```", (ROOT / "deploy" / "README.md").read_text().partition("## Backup\n")[2], re.DOTALL)[
    :2
]
SOURCE, TARGET = f"backed_up_{os.getpid()}", f"restored_{os.getpid()}"  # several processes may run these tests
FILL = """
from datetime import timedelta
from compliance import filings
from lacare_site.security import limits
from tests.compliance.officers import file_report, officer
officer("olga")
limits.global_hit("report.begin", 600, timedelta(hours=1))
filings.begin(filings.FILING, {"step": "write"})
print(*(file_report()[1] for _report in range(3)))
"""
READ = """
import sys
from compliance import sealing, thread
from compliance.casework.officers import Refused
from compliance.models import Entry, Filing, Report
from django.contrib.auth import get_user_model
from lacare_site.security.models import LimitWindow
from tests.compliance.officers import CONTENT, MARKER, as_reporter, unlocked
olga = get_user_model().objects.get(username="olga")
assert not any(MARKER.encode() in bytes(entry.sealed) for entry in Entry.objects.all())
try:
    unlocked(olga, "another passphrase than hers")
except Refused:
    print("closed", end=" ")
key = unlocked(olga)
for report in Report.objects.all():
    opened = thread.key_for(report, thread.THREAD, key.private, key.recipient)
    (entry,) = thread.read(report, thread.THREAD, opened)
    assert MARKER in entry.values["what"] and thread.read_file(entry.files[0][0], opened).content == CONTENT
    print("opened", end=" ")
for receipt in {receipts}:
    report = Report.objects.get(receipt_lookup=sealing.receipt_keys(receipt).lookup)
    assert MARKER in as_reporter(report, receipt)[0].values["what"]
    print("came back", end=" ")
print(Filing.objects.count(), "in progress", LimitWindow.objects.count(), "counted")
"""


def run(name: str, code: str) -> str:
    """What that code prints under Django on the clone, or the restored database, of that name."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    env = {**os.environ, **clones.environment(name)}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout.strip()


def shell(commands: str, folder, name: str) -> int:
    database = clones.environment(name)["DATABASE_URL"].replace("postgres:///", "postgresql:///")
    path = f"{postgres.find_binaries()}:{os.environ['PATH']}"
    env = {**os.environ, "DATABASE_URL": database, "PATH": path}
    return subprocess.run(["bash", "-c", commands], cwd=folder, env=env, capture_output=True).returncode


def make_empty(name: str) -> None:
    (clones.folder() / name).mkdir(exist_ok=True)
    with postgres.connect(clones.folder() / "postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS lacare_{name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE lacare_{name}")


def tables(name: str) -> int:
    database = clones.environment(name)["DATABASE_URL"].replace("postgres:///", "postgresql:///")
    with psycopg.connect(database) as connection:
        return connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """The folder of a backup, and the receipts of what is in it."""
    folder = tmp_path_factory.mktemp("backup")
    clones.make(SOURCE)
    receipts = run(SOURCE, FILL).split()
    assert len(receipts) == 3 and shell(f"set -e\n{MAKE}", folder, SOURCE) == 0
    return folder, receipts


def test_a_restored_backup_opens_every_report_with_its_keys_and_none_without(backup):
    folder, receipts = backup
    make_empty(TARGET)
    assert shell(RESTORE, folder, TARGET) == 0
    assert run(TARGET, READ.replace("{receipts}", repr(receipts))) == (
        "closed " + "opened " * 3 + "came back " * 3 + "0 in progress 0 counted"
    )


@pytest.mark.parametrize("damage", ["cut off", "a byte at the beginning", "a byte in the middle", "without its checksum"])
def test_a_damaged_backup_is_refused_whole(backup, tmp_path, damage):
    folder, _receipts = backup
    content, checksum = bytearray((folder / "lacare.dump").read_bytes()), (folder / "lacare.dump.sha256").read_text()
    if damage == "cut off":
        del content[-len(content) // 3 :]
    elif damage != "without its checksum":
        content[100 if "beginning" in damage else len(content) // 2] ^= 1
    (tmp_path / "lacare.dump").write_bytes(content)
    if damage != "without its checksum":
        (tmp_path / "lacare.dump.sha256").write_text(checksum)
    make_empty(TARGET)
    assert shell(RESTORE, tmp_path, TARGET) != 0
    assert tables(TARGET) == 0
