"""What leaves a desk: spreadsheets that execute nothing, dossiers whose hashes can be checked."""

import hashlib
import html
import io
import re
import subprocess
import zipfile
from types import SimpleNamespace

import pytest
from django.utils import timezone

from lacare_site.casework import attachments
from lacare_site.casework.models import AuditEntry
from tests.harness.xlsx import cells

FORMULAS = [
    '=HYPERLINK("http://x.example","y")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "https://x.example/",
    "mailto:a@x.example",
]


@pytest.fixture
def ina(client, staff):
    client.force_login(staff("ina", "reviewer"))
    return client


def test_a_spreadsheet_holds_text_and_nothing_that_is_executed(ina, open_inquiry):
    for text in FORMULAS:
        open_inquiry(text, members=7)
    answer = ina.get("/admin/cases/inquiry/export/")
    content = b"".join(answer.streaming_content)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "<hyperlink" not in sheet
        assert not [name for name in book.namelist() if "rels" in name and b"x.example" in book.read(name)]
        found = cells(book)
    headings, *lines = found
    column = headings.index("Organisation")
    assert sorted(line[column] for line in lines) == sorted(FORMULAS)
    assert {line[headings.index("Members")] for line in lines} == {"7"}
    assert AuditEntry.objects.get(action="desk.exported").details == {"cases": len(FORMULAS)}


def test_a_spreadsheet_holds_what_the_list_shows(ina, open_inquiry):
    open_inquiry("Palm")
    oak = open_inquiry("Oak" * 20_000)
    export = re.search(r'href="([^"]*/export/[^"]*)"', ina.post("/admin/cases/inquiry/", {"q": "oak"}, follow=True).text)[1]
    content = b"".join(ina.get(html.unescape(export)).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        _, line = cells(book)
    assert line[0] == oak.reference


@pytest.fixture
def files(monkeypatch):
    """Files that stand in a case; `files.append((name, bytes, state))`."""
    kept = []

    def of(case):
        return [
            SimpleNamespace(
                pk=number,
                name=name,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                state=state,
                get_state_display=state,
                content=content,
                uploaded_at=timezone.now(),
            )
            for number, (name, content, state) in enumerate(kept, 1)
        ]

    def open_file(attachment):
        if attachment.state == "infected":
            raise PermissionError
        return io.BytesIO(attachment.content)

    monkeypatch.setattr(attachments, "of", of)
    monkeypatch.setattr(attachments, "open_file", open_file)
    return kept


def test_a_dossier_brings_every_byte_and_hashes_to_check_them(ina, open_inquiry, files, tmp_path):
    case = open_inquiry("Palm <Group>")
    files += [
        ("roster.csv", b"a,b\r\n" * 9000, "clean"),
        ("../../etc/passwd", b"\0\xff", "clean"),
        ("roster.csv", b"", "clean"),
        ("x" * 200 + ".pdf", b"%PDF", "clean"),
        ("تقرير\u202efdp.exe", b"1", "clean"),
        ("virus.doc", b"EICAR", "infected"),
    ]
    content = b"".join(ina.get(f"/admin/cases/inquiry/{case.reference}/dossier/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as dossier:
        names = dossier.namelist()
        dossier.extractall(tmp_path)
        index = dossier.read("index.html").decode()
    assert len(names) == len(set(names)) == 7 and not [name for name in names if ".." in name.split("/") or "\u202e" in name]
    assert "documents/02-_.._etc_passwd" in names and max(map(len, names)) < 150
    for name, (_, sent, _) in zip(names[:5], files[:5], strict=True):
        assert (tmp_path / name).read_bytes() == sent
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)
    assert "Palm &lt;Group&gt;" in index and "virus.doc" in index and "not included" in index and "DIFFERENT" not in index
    assert AuditEntry.objects.get(action="case.exported").details == {"documents": 5}


def test_a_dossier_says_when_a_document_is_not_what_was_sent(ina, open_inquiry, files, monkeypatch):
    files.append(("roster.csv", b"as sent", "clean"))
    monkeypatch.setattr(attachments, "open_file", lambda attachment: io.BytesIO(b"as changed"))
    case = open_inquiry()
    content = b"".join(ina.get(f"/admin/cases/inquiry/{case.reference}/dossier/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as dossier:
        assert "DIFFERENT" in dossier.read("index.html").decode()
