"""The documents that the site starts with."""

import re

import pytest
import yaml
from django.core.files.base import ContentFile
from pypdf import PdfReader

from lacare_site import languages
from pages.content.documents.source.make_pdfs import PLANS
from pages.content.loader.data import DataLoader
from pages.content.loader.files import CONTENT_DIR, read_data
from pages.content.loader.pages import PageLoader
from pages.content.loader.records import Records
from pages.models import PlanDocument

FILES = CONTENT_DIR / "documents"
STAND_INS = [row for row in read_data("documents") if row["stand_in"]]
LINES = {line["key"]: line for line in read_data("contacts")}
TELEPHONE_LINK = re.compile(rb"/URI \(tel:([^)]*)\)")


def test_every_language_has_its_stand_in():
    assert len({row["language"] for row in STAND_INS}) == 11


@pytest.mark.parametrize("row", STAND_INS, ids=lambda row: row["language"])
def test_a_stand_in_names_the_numbers_of_the_registry(row):
    """make_pdfs writes number and link of a line in one go, so the links, which a PDF holds in plain text, stand for both."""
    named = [number.decode() for number in TELEPHONE_LINK.findall((FILES / row["file"]).read_bytes())]
    assert named == [LINES[key]["dial"] for key in PLANS], "make_pdfs.py makes them anew"


@pytest.mark.parametrize("row", STAND_INS, ids=lambda row: row["language"])
def test_a_stand_in_is_one_tagged_page_in_its_language(row):
    file = PdfReader(FILES / row["file"])
    assert len(file.pages) == 1
    assert file.root_object["/MarkInfo"]["/Marked"] and file.root_object["/StructTreeRoot"]["/K"]
    assert file.root_object["/Lang"] == languages.get(row["language"]).tag


def test_no_text_of_a_stand_in_holds_a_number_of_its_own():
    for source in (FILES / "source").glob("*.yaml"):
        texts = str(yaml.safe_load(source.read_text(encoding="utf-8")))
        assert not re.search(r"\d{3}[-. ‑]{1,2}\d{4}", texts), source.name


def test_what_is_no_pdf_stands_in_a_sandbox(client, db):
    document = PlanDocument.objects.create(title="A list", file=ContentFile(b"<script>", name="list.csv"), language="en")
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_pdf_opens_in_the_browser(page):
    viewer = "chrome-extension://"
    page.watch.expected += [viewer, "chrome://"]
    page.goto("/documents/current/notice-of-privacy-practices/en")
    for _waited in range(300):
        if any(frame.url.startswith(viewer) for frame in page.frames):
            return
        page.wait_for_timeout(100)
    pytest.fail("The viewer of PDFs did not open: " + ", ".join(frame.url for frame in page.frames))


@pytest.mark.django_db
def test_a_document_made_anew_is_loaded_though_its_size_is_the_same(monkeypatch, tmp_path):
    row = STAND_INS[0]
    changed = (FILES / row["file"]).read_bytes()[:-1] + b" "
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / row["file"]).write_bytes(changed)
    monkeypatch.setattr("pages.content.loader.data.CONTENT_DIR", tmp_path)
    records = Records()
    DataLoader(records, PageLoader(records))._load_document(row)
    assert records.loaded == 1
