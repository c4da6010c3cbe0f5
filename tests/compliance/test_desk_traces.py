"""The officer's half of the search for marks (test_filing_traces.py): questions, notes, outcomes and passphrases are typed at the desk of a running
site, refused, typed while the key is locked, and failed for want of a table. No table, session, log, mail or file holds any of them."""

import os
import re

import pytest

from tests.compliance.officers import MARKER, PASSPHRASE
from tests.compliance.test_filing_traces import MARK, Visitor, connect, files, rows
from tests.harness import clones

SET_UP = """
from tests.compliance.officers import file_report, officer
from tests.harness.accounts import StaffClient
hana, _olga = officer("hana", head=True), officer("olga")
report, receipt = file_report()
client = StaffClient()
client.force_login(hana)
print(report.reference, report.entries.get().files.get().pk, client.cookies["sessionid"].value)
"""
SESSIONS = "from django.contrib.sessions.models import Session; print([each.get_decoded() for each in Session.objects.all()])"
MAILS = """
from unittest import mock
from django.utils import timezone
from compliance.casework import digest
monday = timezone.make_aware(timezone.datetime(2035, 11, 19, 9))
with mock.patch.object(timezone, "now", lambda: monday):
    assert digest.send()
"""
COLUMNS_OF_TIME = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = ANY(%s) AND data_type ~ '^time'
"""
STATED = (clones.ROOT / "compliance" / "THREAT_MODEL.md").read_text().partition("## Times of day")[2].partition("\n## ")[0]
EXPORT = f"{MARK} ten quinces beside a well"
LONG = f"{MARK} long " + "x" * 20_000
# What of the report itself must not be anywhere, either.
SECRETS = (MARK, MARKER, "Bills for nobody", "Rosa", PASSPHRASE, "%PDF-1.7")


class Officer(Visitor):
    """An officer's browser, signed in."""

    def __init__(self, site, session: str):
        super().__init__(site)
        self.cookies["sessionid"] = session

    def send(self, address: str, values: dict):
        """Fills in a form of the page as it is now; gives the answer to it."""
        shown = self.ask(address).text
        found = {name: re.search(f'name="{name}" value="([^"]*)"', shown) for name in ("csrfmiddlewaretoken", "seen")}
        return self.ask(address, {name: match[1] for name, match in found.items() if match} | values)


@pytest.fixture
def live(fresh_site, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    site = fresh_site()
    before = rows(site)
    reference, file, session = site.run(SET_UP).split()
    officer = Officer(site, session)
    yield site, officer, f"/admin/compliance/reports/{reference}/", f"/admin/compliance/files/{file}/", tmp_path, before
    os.truncate(site.log, 0)  # its faults were wanted


@pytest.mark.audit
def test_what_officers_type_is_nowhere_but_sealed(live):
    site, hana, report, file, temporary, before = live
    server_log = clones.folder() / "postgres.log"
    files_before, log_before = files(site), server_log.stat().st_size

    assert hana.send("/admin/compliance/unlock/", {"passphrase": f"{MARK} wrong"}).status == 400
    assert hana.send("/admin/compliance/unlock/", {"passphrase": PASSPHRASE}).status == 302
    key = hana.cookies["compliance_key"]
    assert MARKER in hana.ask(report).text and MARKER in hana.ask(file).text
    for action, values in {
        "answer": {"text": f"{MARK} question"},
        "note": {"text": f"{MARK} note"},
        "hold": {"text": f"{MARK} hold"},
        "begin": {},
        "decide": {"outcome": "referred", "text": f"{MARK} outcome", "corrective_action": f"{MARK} action"},
    }.items():
        assert hana.send(report, {"action": action, **values}).status == 302, action
    for refused in ({"text": LONG}, {"text": f"{MARK} stale", "seen": "x"}):
        assert MARK in (answer := hana.send(report, {"action": "note", **refused})).text and answer.status == 409
    assert hana.send(f"{report}export/", {"new": EXPORT, "again": EXPORT}).status == 200
    assert hana.send(f"{report}export/", {"new": EXPORT, "again": f"{MARK} other"}).status == 400
    hana.ask(f"{report}?{MARK}=1"), hana.ask(f"/admin/compliance/?category={MARK}")
    shown = hana.ask(report).text
    for words in ("question", "note", "hold", "outcome", "action"):
        assert f"{MARK} {words}" in shown
    fail(site, hana, report, file)
    hana.cookies.pop("compliance_key")
    waiting = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', shown)[1]
    kept = hana.ask(report, {"action": "note", "text": f"{MARK} late", "csrfmiddlewaretoken": waiting})
    assert kept.status == 409 and f"{MARK} late" in kept.text
    site.run(MAILS)

    assert files(site) == files_before
    assert [path for path in temporary.rglob("*") if path.is_file()] == []
    after = rows(site)
    with server_log.open("rb") as log:
        log.seek(log_before)
        logged = log.read().decode(errors="replace")
    found = "\n".join([line for lines in after.values() for line in lines] + [site.log.read_text(), logged, site.run(SESSIONS)])
    assert "compliance.noted" in found and "_auth_user_id" in found and "UndefinedTable" in found, "this search does not search"
    assert any("compliance_digest" in line for line in after["outbox_message"])
    for secret in (*SECRETS, key):
        assert secret not in found and secret.encode().hex() not in found, secret
    with connect(site) as connection:
        touched = [name for name in after if after[name] != before[name]]
        times = {f"{table}.{column}" for table, column in connection.execute(COLUMNS_OF_TIME, [touched]).fetchall()}
    assert times == set(re.findall(r"`(\w+\.\w+)`", STATED)), "compliance/THREAT_MODEL.md says why each stays"


def fail(site, hana: Officer, report: str, file: str) -> None:
    """A 500 at each stage, each time without one table."""
    writes = {"action": "note", "text": f"{MARK} lost"}
    for table, address, values in (
        ("compliance_entry", report, writes),
        ("compliance_sealedkey", report, writes),
        ("casework_auditentry", report, writes),
        ("casework_auditentry", report, {"action": "answer", "text": f"{MARK} lost"}),
        ("compliance_sealedfile", f"{report}export/", {"new": EXPORT, "again": EXPORT}),
        ("compliance_sealedfile", file, None),
        ("compliance_unlockedkey", "/admin/compliance/unlock/", {"passphrase": PASSPHRASE}),
    ):
        shown = hana.ask(report).text
        typed = values and values | {
            name: re.search(f'name="{name}" value="([^"]*)"', shown)[1] for name in ("csrfmiddlewaretoken", "seen")
        }
        with connect(site) as connection:
            connection.execute(f'ALTER TABLE "{table}" RENAME TO "away"')
            try:
                answer = hana.ask(address, typed)
            finally:
                connection.execute(f'ALTER TABLE "away" RENAME TO "{table}"')
        assert answer.status == 500 and MARK not in answer.text, (table, address)
