"""What a reporter writes, sends and brings along is nowhere but under the officers' keys: whatever happens, it is looked for everywhere."""

import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from compliance import filings, thread
from compliance.follow_up import views as follow_up_views
from compliance.intake import views as intake_views
from compliance.models import Report
from tests.compliance.reporters import ADDRESS, OWN, RECEIPT, RECEIPT_ADDRESS, Reporter, add_officers
from tests.compliance.test_officers_secrecy import whole_database
from tests.compliance.traced_files import MARK, docx, jpeg

TYPED = {name: f"{MARK}{name} quince" for name in ("what", "who", "where", "when", "known_how", "name", "contact")}
BROUGHT = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_X_FORWARDED_FOR": "203.0.113.78",
    "HTTP_USER_AGENT": f"{MARK}browser",
    "HTTP_ACCEPT_LANGUAGE": f"hy-{MARK}",
    "HTTP_REFERER": f"https://testserver/?{MARK}from",
}
SOUGHT = (MARK, "quince", "203.0.113.7")
OWN_TABLES = ("compliance_", "security_limitwindow")


@pytest.fixture
def reporter(client, db, monkeypatch):
    add_officers("Olga", "Omar")
    client.defaults.update(BROUGHT)
    client.raise_request_exception = False
    return Reporter(client, monkeypatch)


def counts() -> dict[str, int]:
    """Rows of every table that is not the reports' own."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if not table.startswith(OWN_TABLES):
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
                found[table] = cursor.fetchone()[0]
    return found


def files() -> set[Path]:
    return {path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()}


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{MARK}photo.jpg", jpeg())


def failing(*_args, **_kwargs):
    raise RuntimeError(f"{MARK} quince failed")


def use(reporter, monkeypatch) -> None:
    """A report is filed with files, read and answered; then every stage is made to fail."""
    answers = TYPED | {"category": "harm", "is_named": "yes"}
    reporter.write(answers, files=[photo(), SimpleUploadedFile(f"{MARK}.docx", docx())])
    receipt = RECEIPT.search(reporter.send().content.decode())[0]
    reporter.leave(receipt)
    reporter.come_back(receipt)
    reporter.answer(TYPED["what"], files=[photo()])
    reporter.post({"turn": reporter.turn(), "send": "1"}, RECEIPT_ADDRESS)
    for module, name in (
        (intake_views, "ReportForm"),
        (intake_views, "send"),
        (thread, "write"),
        (filings, "find"),
        (filings.Held, "save"),
    ):
        with monkeypatch.context() as broken:
            broken.setattr(module, name, failing)
            for values in (answers | {"step": "write", "files": photo()}, {"step": "review", "send": "1"}):
                assert reporter.client.post(ADDRESS, values, **OWN).status_code in (302, 500)
    for name in ("find", "answer", "MessageForm"):
        with monkeypatch.context() as broken:
            broken.setattr(follow_up_views, name, failing)
            for values in ({"receipt": receipt}, {"turn": "x", "text": TYPED["what"], "files": photo()}):
                assert reporter.client.post(RECEIPT_ADDRESS, values, **OWN).status_code in (302, 500)
    assert reporter.client.get(f"{ADDRESS}/{MARK}").status_code == 404
    assert reporter.client.post(ADDRESS, TYPED).status_code == 403  # from another site


def test_what_a_reporter_writes_and_brings_is_nowhere(reporter, monkeypatch, tmp_path, caplog, capsys):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before, files_before = counts(), files()
    use(reporter, monkeypatch)
    report = Report.objects.get()
    assert report.entries.count() == 2 and report.entries.first().files.count() == 2
    found = whole_database() + caplog.text.encode() + "".join(capsys.readouterr()).encode() + str(mail.outbox).encode()
    assert b"RPT-" in found and b"failed" in found  # the search does search
    for sought in SOUGHT:
        assert sought.encode() not in found, sought
        assert sought.encode().hex().encode() not in found, sought
    assert counts() == before
    assert files() == files_before and not list(tmp_path.rglob("*"))
