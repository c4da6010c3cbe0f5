"""A grievance with a mark in all that people write and send, wrong entries, files and the desk's own words among it: filed, refused, answered,
decided, held and printed. The mark stands in no log, mail, address, session, cache or file, and in no column that is not sealed."""

import contextlib
import os
import re
import sys
import time
from unittest import mock
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse

from lacare_site.intake import tokens
from lacare_site.intake.models import Attachment
from lacare_site.management import processes
from lacare_site.outbox import services as outbox
from lacare_site.security import roles
from tests.harness import clones, production
from tests.harness.accounts import StaffClient
from tests.harness.production import wait_for
from tests.harness.site import free_port
from tests.intake import sample_files
from tests.intake.conftest import Visitor
from tests.members.grievances import BASE, BY_EMAIL, MARK, STEPS, attach, begun, confirm, fill, save
from tests.outbox.conftest import Mailbox

DESK = "/admin/cases/grievance"
PDF = sample_files.PDF.replace(b"endobj\n2", f"endobj\n%{MARK} content\n2".encode(), 1)
# Every table as text, whatever app it is of; bytes stand there in hexadecimal.
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
ROWS = 'SELECT t::text FROM "{}" t'
SECRETS = (MARK, "in my knee")


class Kept:
    """Of a client: every address that it asked for or was sent to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.addresses = []

    def request(self, **request):
        answer = super().request(**request)
        self.addresses += [f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}", answer.headers.get("Location", "")]
        return answer


class Member(Kept, Visitor):
    pass


class Staff(Kept, StaffClient):
    pass


def grievance(ana: Visitor, elsewhere: Visitor, greta: StaffClient, sven: StaffClient) -> str:
    """What `ana` and the desk do with it, from the first step to the hold; gives its reference."""
    begun(ana)
    fill(ana, filer="representative", filer_name=f"Ben {MARK}", **BY_EMAIL)
    assert MARK in save(ana, "events", version="1", kind="", what=f"{MARK} in my knee, refused").text
    assert MARK in save(ana, "answer", version="1", way="email", email=f"{MARK}@").text
    assert MARK in save(ana, "events", version="0", what=f"{MARK} in my knee, by somebody else").text
    for step in ("events", "answer"):
        assert save(ana, step, version="2", **(BY_EMAIL if step == "answer" else {})).status_code == 302
    assert f"{MARK} knee.exe" in attach(ana, "", f"{MARK} knee.exe").text
    assert f"{MARK} empty.pdf" in attach(ana, "", f"{MARK} empty.pdf", b"%PDF-" + MARK.encode()).text
    assert attach(ana, "", f"{MARK} knee.pdf", PDF).status_code == 302
    assert f"{MARK} knee.pdf" in ana.get(f"{BASE}/documents").text and "in my knee" in ana.get(f"{BASE}/review").text
    assert MARK in ana.post(f"{BASE}/review", {}).text, "nobody has confirmed it"
    assert confirm(ana).status_code == 302
    receipt = ana.get(f"{BASE}/receipt").text
    reference = re.search(r"GRV-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt)[0]
    for shown in ({"download": "1"}, {"text_size": "150"}):
        assert f"{MARK} knee.pdf" in ana.post(f"{BASE}/receipt", shown).text
    assert elsewhere.post(f"{BASE}/status", {"reference": MARK, "code": MARK}).status_code == 200

    case = f"{DESK}/{reference}/"
    for who in (greta, sven):
        assert MARK in who.get(case).text and reference in who.get(f"{DESK}/").text

    def act(who, action, text, status=302):
        answer = who.post(case, {"action": action, "text": text})
        assert answer.status_code == status, (action, answer.status_code)
        return answer

    def write(letter, text, status=302):
        answer = greta.post(f"{case}letters/grievance_{letter}/", {"text": text})
        assert answer.status_code == status, (letter, answer.status_code)
        return answer

    assert f"{MARK} early" in write("upheld", f"{MARK} early", 409).text
    kept = write("acknowledgement", f"Dear {MARK} letter").headers["Location"]
    assert f"{MARK} letter" in greta.get(kept).text and f"{MARK} letter" in greta.get(f"{kept}?print=large").text
    act(greta, "move:take-up", "")
    act(greta, "note", f"{MARK} note")
    act(greta, "hold", f"{MARK} refused", 409)
    act(greta, "urgent", f"{MARK} urgent")
    act(greta, "move:ask", f"Which {MARK} question?")
    answered(ana, elsewhere, reference)
    write("partly", f"We pay half of the {MARK} decision.")
    act(sven, "hold", f"A suit over the {MARK} hold")
    shown = sven.get(case).text
    for words in ("note", "urgent", "question", "answer", "hold", "knee.pdf", "late.pdf"):
        assert f"{MARK} {words}" in shown, words
    assert f"{MARK} decision" in ana.get(f"{BASE}/status").text
    assert read(greta, re.search(rf'href="(/admin/[^"]*)"[^>]*><bdi>{MARK} knee.pdf', shown)[1]) == PDF
    for export in (f"{case}dossier/", f"{DESK}/export/", f"{DESK}/statistics/export/"):
        assert read(greta, export).startswith(b"PK"), export
    act(sven, "release", f"{MARK} released")
    act(sven, "move:reopen", f"{MARK} reopened")
    return reference


def answered(ana: Visitor, elsewhere: Visitor, reference: str) -> None:
    """The question is answered by number and code, with a file."""
    assert elsewhere.post(f"{BASE}/status", {"reference": reference, "code": ana.code}).status_code == 302
    asked = re.search(rf'href="({BASE}/status/answer/\d+)"', elsewhere.get(f"{BASE}/status").text)[1]
    item = re.search(r'name="item" value="([^"]+)"', elsewhere.get(asked).text)[1]
    refused = elsewhere.post(asked, {"item": item, "file": sample(f"{MARK} late.exe")})
    assert f"{MARK} late.exe" in refused.text
    assert elsewhere.post(asked, {"item": item, "file": sample(f"{MARK} late.pdf")}).status_code == 302
    assert f"{MARK} long" in elsewhere.post(asked, {"answer": f"{MARK} long" + "x" * 5000}).text
    assert elsewhere.post(asked, {"answer": f"My {MARK} answer", "version": "0"}).status_code == 302
    assert f"{MARK} answer" in elsewhere.get(asked).text
    assert elsewhere.post(f"{BASE}/status", {"send_answers": "1"}).status_code == 302
    assert reference in elsewhere.get(f"{BASE}/status").text


def sample(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def read(who, address: str) -> bytes:
    answer = who.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def assert_nowhere(traces: dict[str, str], *others: str) -> None:
    """That none of the secrets stands in what was found at these places, neither plain nor in hexadecimal."""
    for place, text in traces.items():
        for secret in (*SECRETS, *others):
            for written in (secret, secret.encode().hex()):
                assert written not in text, f"{secret} in {place}: …{text[max(0, text.find(written) - 200) :][:400]}"


@pytest.fixture
def desk(db):
    """Signed in: who reviews grievances, and who supervises that."""
    people = []
    for name, role in (("greta", roles.GRIEVANCE_REVIEWER), ("sven", roles.GRIEVANCE_SUPERVISOR)):
        user = get_user_model().objects.create_user(name, email=f"{name}@example.org")
        user.groups.add(Group.objects.get(name=role.group))
        people.append(Staff())
        people[-1].force_login(user)
    return people


def test_what_was_written_stands_in_no_mail_address_log_or_cache_and_sealed_in_the_database(
    desk, settings, tmp_path, caplog, mailoutbox
):
    settings.PRIVATE_ROOT = tmp_path / "private"
    ana, elsewhere = Member(), Member()
    grievance(ana, elsewhere, *desk)
    outbox.deliver()
    assert len(mailoutbox) > 5 and Attachment.objects.count() == 3
    traces = tables()
    assert "greta" in traces["auth_user"] and "case.noted" in traces["casework_auditentry"], "this search does not search"
    traces["sessions"] = str([session.get_decoded() for session in Session.objects.all()])
    traces["cache"] = str(cache._cache)
    traces["addresses"] = "\n".join(address for who in (ana, elsewhere, *desk) for address in who.addresses)
    traces["mails"] = "\n".join(str(mail.message()) for mail in mailoutbox)
    traces["log"] = caplog.text
    assert_nowhere(traces, ana.code, ana.code.replace("-", ""))
    own = [f"{mail.subject} {mail.body}".lower() for mail in mailoutbox if "ana@example.org" in mail.to]
    assert own and not any(word in text for word in ("grievance", "appeal", "knee") for text in own), "not even what it is about"


def tables() -> dict[str, str]:
    with connection.cursor() as cursor:

        def asked(statement: str) -> list[str]:
            cursor.execute(statement)
            return [row[0] for row in cursor.fetchall()]

        return {name: "\n".join(asked(ROWS.format(name))) for name in asked(TABLES)}


class Live(Visitor):
    """The same browser, before a running site."""

    def __init__(self, site, session: str = ""):
        super().__init__()
        self.site = site
        if session:
            self.cookies["sessionid"] = session

    def begin(self, form: str, kind: str):
        moment = time.time() - 60  # since when the form has been open
        with mock.patch.object(time, "time", lambda: moment):
            token = tokens.new(kind)
        return self.post(f"{form}/start", {tokens.FIELD: token})

    def request(self, **request):
        environ = self._base_environ(**request)
        headers = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_") and value}
        if "csrftoken" in self.cookies:
            headers["X-CSRFToken"] = self.cookies["csrftoken"].value
        body, method = None, environ["REQUEST_METHOD"]
        if method == "POST":
            headers["Content-Type"] = environ["CONTENT_TYPE"]
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        asked = quote(environ["PATH_INFO"]) + (f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else "")
        came = self.site.get(asked, headers, method, body)
        for line in came.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
        kept = {name: value for name, value in came.headers.items() if name not in ("Set-Cookie", "Connection")}
        return HttpResponse(came.body, status=came.status, headers=kept)


class LiveMember(Kept, Live):
    pass


SET_UP = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from lacare_site.security import roles
from tests.harness.accounts import StaffClient
for name, role in (("greta", roles.GRIEVANCE_REVIEWER), ("sven", roles.GRIEVANCE_SUPERVISOR)):
    user = get_user_model().objects.create_user(name, email=f"{name}@example.org")
    user.groups.add(Group.objects.get(name=role.group))
    client = StaffClient()
    client.force_login(user)
    print(client.cookies["sessionid"].value)
"""
SESSIONS = "from django.contrib.sessions.models import Session; print([each.get_decoded() for each in Session.objects.all()])"


@pytest.mark.audit
def test_running_servers_leave_it_in_no_log_mail_file_or_column(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("GUNICORN_CMD_ARGS", "--access-logfile -")
    server_log = clones.folder() / "postgres.log"
    log_before = server_log.stat().st_size
    box = Mailbox()
    mail_server = Controller(box, hostname="127.0.0.1", port=free_port())
    mail_server.start()
    with production.running(servers=1) as plant, worker_log(plant, mail_server.port) as worker:
        site, name = plant.site, plant.site.log.stem
        staff = [LiveMember(site, session) for session in site.run(SET_UP).split()]
        ana, elsewhere, eve = (LiveMember(site) for _ in range(3))
        fail_everywhere(site, eve, staff[0], grievance(ana, elsewhere, *staff))
        wait_for(lambda: not site.sql("SELECT 1 FROM outbox_message WHERE sent_at IS NULL"))
        wait_for(lambda: site.get("/members/file-grievance").status == 200 and plant.files())
        traces = {table: "\n".join(row for (row,) in site.sql(ROWS.format(table))) for (table,) in site.sql(TABLES)}
        traces["sessions"] = site.run(SESSIONS)
        folders = [clones.folder() / name, plant.front.logs.parent, plant.front.run, tmp_path]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        files += [*clones.folder().glob(f"{name}*.log"), worker]
        traces |= {str(path): path.read_bytes().decode("latin-1") for path in files}
    mail_server.stop()
    traces["log of the database"] = server_log.read_bytes()[log_before:].decode(errors="replace")
    traces["mails"] = "\n".join(box.texts())
    traces["addresses"] = "\n".join(address for who in (ana, elsewhere, eve, *staff) for address in who.addresses)
    for log in (plant.front.logs / "access.log", site.log):
        assert f"POST {BASE}/draft/events" in traces[str(log)], "this log does not log at all"
    assert "does not exist" in traces[str(site.log)] and box.texts() and "greta" in traces["auth_user"]
    assert any("private/attachments" in place for place in traces) and any("/made/" in place for place in traces)
    assert_nowhere(traces, *(code for who in (ana, eve) for code in (who.code, who.code.replace("-", ""))))


@contextlib.contextmanager
def worker_log(plant, mail_port: int):
    """A worker runs meanwhile, and sends the mails; gives its log."""
    environment = plant.environment | {
        "DJANGO_SETTINGS_MODULE": "tests.drills.settings",
        "LACARE_FIELD_SECRETS": settings.FIELD_SECRETS[0],
        "LACARE_DRILL_SMTP_PORT": str(mail_port),
        "LACARE_DRILL_SMTP_TIMEOUT": "10",
    }
    name = plant.site.log.stem
    (clones.folder() / name / "uploads").mkdir()  # where the settings of drills put files on their way
    path = clones.folder() / f"{name}-worker.log"
    command = [sys.executable, "manage.py", "work", "--verbosity", "2"]
    with path.open("wb") as log:
        process = processes.start(command, cwd=clones.ROOT, env={**os.environ, **environment}, stdout=log, stderr=log)
        try:
            yield path
        finally:
            processes.end(process)


def fail_everywhere(site, eve: Live, greta: Live, reference: str) -> None:
    """A 500 at each stage, with the mark in what was sent: each time without one table."""
    begun(eve)
    fill(eve)
    case = f"{DESK}/{reference}/"
    for who, table, address, posted in (
        (eve, "intake_draftstep", f"{BASE}/draft/events", STEPS["events"] | {"version": "1", "what": f"{MARK} lost"}),
        (eve, "intake_attachment", f"{BASE}/documents", {"item": "", "file-": sample(f"{MARK} lost.pdf")}),
        (eve, "members_grievance", f"{BASE}/review", {"is_true": "on"}),
        (eve, "casework_caseclock", f"{BASE}/review", {"is_true": "on"}),
        (greta, "casework_caseevent", case, {"action": "note", "text": f"{MARK} lost"}),
        (greta, "casework_auditentry", case, {"action": "note", "text": f"{MARK} lost"}),
    ):
        site.sql(f'ALTER TABLE "{table}" RENAME TO "away"')
        try:
            answer = who.post(address, posted)
        finally:
            site.sql(f'ALTER TABLE "away" RENAME TO "{table}"')
        assert answer.status_code == 500 and MARK not in answer.text, table
