"""Reports on a running server, with a mark in every field, file and header: filed, read, answered, and failed at each stage for want of a
table. Then all tables, files and logs, the database server's too, are searched for the marks.

What a reporter does changes no table but those of reports and the count of everybody's requests, writes no file, and tells no time of day.
"""

import re
import time

import psycopg
import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.compliance import live_officer
from tests.compliance.reporters import ADDRESS, ANSWERS, RECEIPT, RECEIPT_ADDRESS
from tests.harness import clones

MARK = "Kaleidoskop"
OURS = re.compile(r"compliance_|security_limitwindow")
TIME_OF_DAY = re.compile(r"\d\d:\d\d")
# The values of fields that take words; those to choose from have no room for a mark.
WORDS = {name: f"{MARK} {name}" for name in ("what", "who", "where", "when", "known_how")}
NAMED = {"is_named": "yes", "name": f"{MARK} name", "contact": f"{MARK} contact"}
# What sending needs: without any of them it fails.
SENDING = (
    "compliance_filing",
    "compliance_filingfile",
    "compliance_recipientkey",
    "compliance_report",
    "compliance_sealedkey",
    "compliance_entry",
    "compliance_sealedfile",
)


class Visitor:
    """A browser that says much of itself; it keeps its cookies."""

    def __init__(self, site):
        self.site, self.cookies = site, {}
        self.headers = {
            "Sec-Fetch-Site": "same-origin",
            "User-Agent": f"{MARK}/1.0",
            "Accept-Language": f"x-{MARK}",
            "X-Forwarded-For": "203.0.113.77",
            "Referer": f"{site.url}/{MARK}",
        }

    def ask(self, address: str, values: dict | None = None):
        headers = self.headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if values is None:
            answer = self.site.get(address, headers)
        else:
            headers["Content-Type"] = MULTIPART_CONTENT
            answer = self.site.get(address, headers, "POST", encode_multipart(BOUNDARY, values))
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer

    def post(self, address: str, values: dict) -> str:
        assert self.ask(address, values).status == 302
        return self.ask(address).text

    def write(self, **more) -> str:
        token = re.search(r'name="form_token" value="([^"]+)"', self.ask(ADDRESS).text)[1]
        time.sleep(3.2)  # the time that a person takes
        return self.post(ADDRESS, ANSWERS | WORDS | {"step": "write", "form_token": token, "files": marked_file()} | more)


def marked_file():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(
        f"{MARK}.csv", f"{MARK},1\n".encode() * 300_000
    )  # larger than what Django keeps in memory by itself


def rows(site) -> dict[str, list[str]]:
    """Every table of the site's database as text."""
    with connect(site) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: sorted(row[0] for row in connection.execute(f'SELECT t::text FROM "{name}" t').fetchall())  # noqa: S608
            for (name,) in names
        }


def connect(site):
    database = clones.environment(site.log.stem)["DATABASE_URL"]
    return psycopg.connect(database.replace("postgres:///", "postgresql:///"), autocommit=True)


def files(site) -> dict[str, int]:
    folder = clones.folder() / site.log.stem
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def live(fresh_site, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    site = fresh_site()
    return site, live_officer.add(site), tmp_path


def test_nothing_tells_who_reported_or_at_what_time(live):
    site, olga, temporary = live
    server_log = clones.folder() / "postgres.log"
    before, files_before, log_before = rows(site), files(site), server_log.stat().st_size
    visitor = Visitor(site)

    assert f"{MARK} who" in visitor.write(**NAMED)
    receipt = RECEIPT.search(visitor.post(ADDRESS, {"step": "review", "send": "1"}))[0]
    live_officer.ask(site, olga, f"{MARK} question")
    thread = visitor.post(RECEIPT_ADDRESS, {"receipt": receipt})
    assert f"{MARK} question" in thread and f"{MARK} contact" in thread
    turn = re.search(r'name="turn" value="(\w+)"', thread)[1]
    visitor.post(RECEIPT_ADDRESS, {"turn": turn, "text": f"{MARK} answer", "files": marked_file()})
    assert any(f"{MARK} answer" in line for line in live_officer.read(site, olga))
    fail_everywhere(site, visitor, receipt)

    after = rows(site)
    assert {name: after[name] for name in after if not OURS.match(name)} == {
        name: before[name] for name in before if not OURS.match(name)
    }
    assert files(site) == files_before
    assert [path for path in temporary.rglob("*") if path.is_file()] == []
    secrets = [MARK, receipt, receipt.replace("-", ""), "203.0.113.77", *visitor.cookies.values()]
    with server_log.open("rb") as log:
        log.seek(log_before)
        logged = log.read().decode(errors="replace")
    everything = "\n".join([line for lines in after.values() for line in lines] + [site.log.read_text(), logged])
    for secret in filter(None, secrets):
        assert secret not in everything and secret.encode().hex() not in everything, secret
    ours = "\n".join(line for name, lines in after.items() if name.startswith("compliance_") for line in lines)
    assert len(ours) > 1_000_000 and not TIME_OF_DAY.search(ours)
    assert "A page for reporters failed: ProgrammingError" in site.log.read_text()


def fail_everywhere(site, visitor: Visitor, receipt: str) -> None:
    """A 500 at every stage, with the marks in what was sent: each time without one table. In the end a report is in review."""

    def fails(table: str, address: str, values: dict | None) -> None:
        with connect(site) as connection:
            connection.execute(f'ALTER TABLE "{table}" RENAME TO "away"')
            try:
                answer = visitor.ask(address, values)
            finally:
                connection.execute(f'ALTER TABLE "away" RENAME TO "{table}"')
        assert answer.status == 500 and MARK not in answer.text, table

    visitor.post(ADDRESS, {"step": "sent", "last_group": receipt[-4:]})
    written = ANSWERS | WORDS | NAMED | {"step": "write", "form_token": "x"}
    for table in ("compliance_filing", "compliance_filingfile", "compliance_recipientkey"):
        fails(table, ADDRESS, written | {"files": marked_file()})
    assert f"{MARK} who" in visitor.write(**NAMED)
    for table in SENDING:
        fails(table, ADDRESS, {"step": "review", "send": "1"})
    visitor.post(RECEIPT_ADDRESS, {"leave": "1"})
    for table in ("compliance_filing", "compliance_report"):
        fails(table, RECEIPT_ADDRESS, {"receipt": receipt, "mark": MARK})
    thread = visitor.post(RECEIPT_ADDRESS, {"receipt": receipt})
    turn = re.search(r'name="turn" value="(\w+)"', thread)[1]
    for table in ("compliance_sealedkey", "compliance_entry", "compliance_sealedfile"):
        fails(table, RECEIPT_ADDRESS, None)
        fails(table, RECEIPT_ADDRESS, {"turn": turn, "text": f"{MARK} lost", "files": marked_file()})
