"""Files tell who made them; the copies that a reporter is offered do not, and show the same."""

import contextlib
import io
import re
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pypdf import PdfReader

from compliance.metadata import KINDS, embedded, properties, traces, without_traces
from compliance.metadata.trace import MOST
from lacare_site.intake import file_types
from lacare_site.intake.refusals import UNPACKS_TOO_LARGE, Unfit

from .traced_files import MARK, docx, jpeg, packed_objects_pdf, packed_pdf, paged_pdf, pdf, png, pptx, tiff, with_part, xlsx

FILES = {"jpg": jpeg, "png": png, "tif": tiff, "pdf": pdf, "docx": docx, "xlsx": xlsx, "pptx": pptx}
EXPECTED = {**dict.fromkeys(FILES, set(KINDS)), "xlsx": {"author", "device", "time", "software", "title"}}


def unpacked(content: bytes) -> bytes:
    """The content with everything unpacked that is packed in it, however deep: archives and zlib streams; UTF-16 as plain text."""
    found = [content, content.replace(b"\0", b"")]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                found += [part.filename.encode(), part.extra, unpacked(archive.read(part))]
        return b"".join(found)
    for start in re.finditer(rb"[\x48\x58\x68\x78][\x01\x5e\x9c\xda]", content):
        try:
            found.append(zlib.decompressobj().decompress(content[start.start() :]))
        except zlib.error:
            continue
    return b"".join(found)


@pytest.mark.parametrize("extension", FILES)
def test_every_trace_is_told_and_gone_from_the_copy_while_the_file_stays_a_good_one(extension):
    content = FILES[extension]()
    planted = set(re.findall(rb"%s\w*" % MARK.encode(), unpacked(content)))
    assert len(planted) >= 5
    assert {trace.kind for trace in traces(content, extension)} == EXPECTED[extension]
    assert any(MARK in trace.value for trace in traces(content, extension))

    copy = without_traces(content, extension)
    assert MARK.encode() not in unpacked(copy)
    assert traces(copy, extension) == []
    file_types.check(copy, extension)
    assert without_traces(copy, extension) == copy


@pytest.mark.parametrize("extension", ["jpg", "png", "tif"])
def test_the_copy_of_a_picture_has_the_same_pixels_and_lies_the_same_way(extension):
    content = FILES[extension]()
    with Image.open(io.BytesIO(content)) as before, Image.open(io.BytesIO(without_traces(content, extension))) as after:
        assert after.getexif()[274] == before.getexif()[274] == 6
        assert set(after.getexif()) <= set(range(254, 333)) | {338, 339} and not after.getexif().get_ifd(0x8825)
        frames = getattr(before, "n_frames", 1)
        assert frames == getattr(after, "n_frames", 1)
        for frame in range(frames):
            before.seek(frame), after.seek(frame)
            assert before.tobytes() == after.tobytes() and before.mode == after.mode


def test_a_picture_that_lies_right_needs_no_exif_at_all():
    copy = without_traces(jpeg(turned=1), "jpg")
    assert b"Exif" not in copy and not traces(copy, "jpg")


def test_a_tiff_that_holds_jpeg_loses_what_is_written_in_there_too():
    out = io.BytesIO()
    picture = Image.effect_noise((64, 48), 50).convert("RGB")
    picture.save(out, "TIFF", compression="jpeg", software=MARK)
    copy = without_traces(out.getvalue(), "tif")
    assert MARK.encode() not in copy
    with Image.open(io.BytesIO(copy)) as after, Image.open(out) as before:
        assert after.tobytes() == before.tobytes()


def test_the_copy_of_a_pdf_has_its_pages_and_what_was_noted_on_them():
    reader = PdfReader(io.BytesIO(without_traces(pdf(), "pdf")))
    assert len(reader.pages) == 1 and "Bills for nobody" in reader.pages[0].extract_text()
    assert [note.get_object()["/Contents"] for note in reader.pages[0]["/Annots"]] == ["Look here"]
    assert not reader.metadata and "/ID" not in reader.trailer and not reader.attachments


def test_a_pdf_with_a_password_is_refused():
    with pytest.raises(Unfit) as refusal:
        traces(pdf(password="secret"), "pdf")
    assert refusal.value.reason == "locked" and without_traces(pdf(password="secret"), "pdf") is None


def test_a_pdf_with_very_many_pages_is_refused():
    with pytest.raises(Unfit):
        traces(paged_pdf(2001), "pdf")


def test_the_copy_of_a_document_has_its_text_its_changes_and_its_comments():
    with zipfile.ZipFile(io.BytesIO(without_traces(docx(), "docx"))) as archive:
        text, comments = archive.read("word/document.xml").decode(), archive.read("word/comments.xml").decode()
        assert "Bills for nobody" in text and "and no one" in text and 'w:author="Author"' in text and "rsid" not in text
        assert ' author="of the bill"' in text  # a text that looks like an attribute is a text
        assert "Ask the bank" in comments
        names = archive.namelist()
        assert not [name for name in names if name.startswith(("docProps", "customXml", "word/people"))]
        pointers = (
            archive.read("_rels/.rels") + archive.read("[Content_Types].xml") + archive.read("word/_rels/document.xml.rels")
        )
        assert b"docProps" not in pointers and b"customXml" not in pointers and b"comments.xml" in pointers
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_copy_of_a_spreadsheet_has_its_cells_and_comments():
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(without_traces(xlsx(), "xlsx"))).active
    assert sheet["A1"].value == "Bills for nobody"
    assert sheet["A1"].comment.text == "Author:\nAsk the bank" and sheet["A1"].comment.author == "Author"


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_paths_in_the_links_and_formulas_of_a_sheet_are_told_and_gone():
    home = f"C:\\Users\\{MARK}"
    sheet = (
        f'<a><c><f>HYPERLINK(&quot;file:///{home}\\a &amp; {MARK}.pdf&quot;,B1)</f><v>3</v></c><c><f t="shared" si="0">SUM(A1/B1)</f></c>'
        f'<c><f>\'{home}\\[book.xlsx]One\'!A1</f></c><hyperlink ref="A1" display="{home}\\b.docx"/>'
        f'<dataRef name="{home}\\c.xlsx" sheet="One"/><webPublishItem destinationFile="{home}\\d.htm"/></a>'
    )
    content = with_part("xl/worksheets/sheet1.xml", sheet)
    assert {trace.value.split("\\")[-1] for trace in traces(content, "docx") if home in trace.value} >= {
        "b.docx",
        "c.xlsx",
        "d.htm",
    }
    clean = part_of(without_traces(content, "docx"), "xl/worksheets/sheet1.xml")
    assert MARK not in clean and "<f>HYPERLINK(&quot;removed&quot;,B1)</f><v>3</v>" in clean
    assert "SUM(A1/B1)" in clean and "<f>'removed[book.xlsx]One'!A1</f>" in clean


def test_web_addresses_in_a_sheet_are_no_paths_and_stay():
    sheet = (
        '<a><c><f>HYPERLINK("https://www.lacare.org/a","x")</f></c>'
        '<hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ref="A1" r:id="rId1"/></a>'
    )
    content = with_part("xl/worksheets/sheet1.xml", sheet)
    assert not [trace for trace in traces(content, "docx") if "lacare.org" in trace.value or "officeDocument" in trace.value]
    assert part_of(without_traces(content, "docx"), "xl/worksheets/sheet1.xml") == sheet


def test_a_path_that_stands_in_several_runs_of_a_field_is_gone_whole():
    run = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'
    text = (
        '<w:p xmlns:w="x"><w:fldChar w:fldCharType="begin"/>'
        + run.format(' INCLUDEPICTURE "C:')
        + run.format("\\\\Users\\\\")
        + run.format(f'{MARK}\\\\a.jpg" ')
        + '<w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="begin"/>'
        + run.format(" PAGE ")
        + "</w:p>"
    )
    clean = part_of(without_traces(with_part("word/header1.xml", text), "docx"), "word/header1.xml")
    assert MARK not in clean and "Users" not in clean and " PAGE " in clean


def test_the_pictures_inside_of_a_document_show_the_same():
    content = docx()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(io.BytesIO(without_traces(content, "docx"))) as after,
    ):
        for name in ("word/media/image2.gif", "word/media/image3.webp"):
            with Image.open(before.open(name)) as first, Image.open(after.open(name)) as second:
                assert (first.n_frames, first.tobytes()) == (second.n_frames, second.tobytes())
        assert b"<path" in after.read("word/media/image5.svg")


def test_what_stands_in_a_part_that_nobody_knows_is_told_of_the_copy_too():
    content = with_part("word/media/media1.mp4", f"\0\0\0\x18ftypmp42{MARK}film")
    stays = traces(without_traces(content, "docx"), "docx")
    assert [trace.value for trace in stays] == ["word/media/media1.mp4"]
    assert set(stays) < set(traces(content, "docx"))


DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'


@pytest.mark.parametrize("drawing", [f"{DOCTYPE}<svg/>", "<svg><style><![CDATA[a {}]]></style></svg>", "<svg>"])
def test_a_drawing_that_cannot_be_rewritten_stays_as_it_is_and_the_copy_is_told_of(drawing):
    name = "word/media/drawing.svg"
    copy = without_traces(with_part(name, drawing), "docx")
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.read(name).decode() == drawing
        assert MARK.encode() not in archive.read("word/document.xml")
    assert [trace.value for trace in traces(copy, "docx")] == [name]
    assert name in {trace.value for trace in traces(with_part(name, drawing), "docx")}


def test_a_csv_is_its_own_copy():
    assert traces(b"a,b\r\n1,2\r\n", "csv") == [] and without_traces(b"a,b\r\n1,2\r\n", "csv") == b"a,b\r\n1,2\r\n"


def attempt(content: bytes, extension: str) -> None:
    """Whatever the content: nothing is raised but Unfit, and nothing at all in copying."""
    with contextlib.suppress(Unfit):
        traces(content, extension)
    without_traces(content, extension)


@pytest.mark.parametrize("extension", FILES)
def test_a_file_that_was_cut_off_or_altered_raises_nothing_but_unfit(extension, caplog):
    content = FILES[extension]()
    for part in range(40):
        attempt(content[: len(content) * part // 40], extension)
        place = len(content) * part // 40
        attempt(content[:place] + b"\xff\x00\x7f\xfe" + content[place + 4 :], extension)
    assert not caplog.records  # a library's warning would quote the file


@given(st.binary(max_size=300), st.sampled_from(sorted(FILES)), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_bytes_raise_nothing_but_unfit(content, extension, with_start):
    starts = {"jpg": b"\xff\xd8\xff\xe1", "png": b"\x89PNG\r\n\x1a\n", "tif": b"II*\0\x08\0\0\0", "pdf": b"%PDF-1.7\n"}
    attempt((starts.get(extension, b"PK\3\4") if with_start else b"") + content, extension)


def test_documents_that_would_unpack_without_end_are_refused():
    deep = "<a>" * 3000 + "</a>" * 3000
    attempt(with_part("word/deep.xml", deep), "docx")
    for text in (
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "<a>" + " " * (30 * 1024 * 1024) + "</a>",
        "<a>",
        "<a><![CDATA[" + "<!--" * 500_000 + "]]></a>",
    ):
        assert without_traces(with_part("word/bomb.xml", text), "docx") is None
    many = io.BytesIO(docx())
    with zipfile.ZipFile(many, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"word/header{number}.xml", "<a>" + "<b>x y</b>" * 100_000 + "</a>")
    with pytest.raises(Unfit):
        traces(many.getvalue(), "docx")
    inner = docx()
    for _level in range(4):
        out = io.BytesIO(docx())
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/embeddings/inner.docx", inner)
        inner = out.getvalue()
    attempt(inner, "docx")
    assert without_traces(inner, "docx") is None


def test_a_picture_whose_text_unpacks_to_gigabytes_is_read_within_bounds():
    packed = zlib.compress(b"a" * 50_000_000)
    info = PngImagePlugin.PngInfo()
    info.add(b"zTXt", b"Comment\0\0" + packed)
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "PNG", pnginfo=info)
    (found,) = traces(out.getvalue(), "png")
    assert found.kind == "comment" and len(found.value) <= 120
    assert len(without_traces(out.getvalue(), "png")) < 200


def png_with_texts(*texts: bytes) -> bytes:
    """A picture with these properties in XML, each packed."""
    info = PngImagePlugin.PngInfo()
    for text in texts:
        info.add(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(text))
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def test_properties_that_lie_very_deep_are_read_in_the_time_of_others():
    def seconds(xml: bytes) -> float:
        content, began = png_with_texts(xml), time.process_time()
        assert traces(content, "png")
        return time.process_time() - began

    flat = seconds(b"<a><date>1</date>" + b"<b></b>" * 20_000 + b"</a>")
    assert seconds(b"<a><date>1</date>" + b"<b>" * 20_000 + b"</b>" * 20_000 + b"</a>") < 10 * flat
    assert seconds(b"<date>" * 90 + b"<b></b>" * 20_000 + b"1" + b"</date>" * 90) < 10 * flat


def test_properties_that_unpack_to_gigabytes_are_not_all_read(monkeypatch):
    looked_at = []
    monkeypatch.setattr(properties, "read", lambda xml: looked_at.append(len(xml)) or [])
    traces(png_with_texts(*[b" " * 1_000_000] * 300), "png")
    assert 1_000_000 <= sum(looked_at) < 2_000_000
    looked_at.clear()
    found = traces(packed_pdf(200, ["/FlateDecode"], zeros(1_000_000), "/Metadata"), "pdf")
    assert 1_000_000 <= sum(looked_at) < 20_000_000
    assert found[-1].value == "XML"  # that it could not be read is told


def test_directories_of_exif_that_lead_back_to_themselves_end():
    loop = b"II*\0" + struct.pack("<IHHHII", 8, 1, 34665, 4, 1, 8) + struct.pack("<I", 8)
    head = b"Exif\0\0" + loop
    content = jpeg(turned=1)
    attempt(content[:2] + b"\xff\xe1" + struct.pack(">H", len(head) + 2) + head + content[2:], "jpg")


class Sliced(bytes):
    """Counts the bytes that are copied out of it."""

    copied = 0

    def __getitem__(self, key):
        found = super().__getitem__(key)
        self.copied += len(found) if isinstance(key, slice) else 0
        return found


def test_a_gif_of_many_empty_blocks_is_gone_through_once():
    content = Sliced(b"GIF89a" + bytes(7) + b"\x21\xff\0" * 350_000 + b"\x3b")
    assert embedded.traces(content) == [] and embedded.copy(content) == content[:13] + b"\x3b"
    assert content.copied < 5 * len(content)


def test_of_a_gif_with_very_many_comments_no_more_are_held_than_somebody_reads():
    comments = b"".join(b"\x21\xfe\4%04d\0" % number for number in range(1000))
    content = b"GIF89a" + bytes(7) + comments * 2 + b"\x3b"
    assert len(embedded.traces(content)) == MOST


def test_a_sheet_with_a_long_run_of_spaces_is_copied_in_about_its_own_size():
    spaces = " " * 500_000  # whatever takes them one from the other takes minutes
    content = with_part("xl/worksheets/sheet1.xml", f'<a><scenario{spaces}user="{MARK}"{spaces}name="b"/></a>')
    tracemalloc.start()
    copy = without_traces(content, "docx")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40 * len(spaces)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b'name="b"' in sheet and MARK.encode() not in sheet


@pytest.mark.parametrize("element", ["<metadata-x></metadata-x>", """<metadata a=">"/>""", """<docId a='>'/>"""])
def test_elements_that_have_no_end_are_not_looked_through_to_the_end(element):
    content = with_part("word/media/image9.svg", f"<svg>{element * 40_000}<b/></svg>")  # each times all takes minutes
    with zipfile.ZipFile(io.BytesIO(without_traces(content, "docx"))) as archive:
        assert archive.read("word/media/image9.svg").endswith(b"<b/></svg>")


def zeros(size: int) -> bytes:
    return zlib.compress(bytes(size))


@pytest.mark.parametrize(
    "stream",
    [
        {"filters": ["/FlateDecode", "/FlateDecode", "/DCTDecode"], "content": zlib.compress(zeros(50_000_000))},
        {"filters": ["/FlateDecode", "/FlateDecode"], "content": zlib.compress(zeros(50_000_000)), "name": "/Metadata"},
        # What comes between two filters is unpacked, too: blocks of deflate that hold nothing.
        {
            "filters": ["/FlateDecode", "/FlateDecode", "/FlateDecode", "/DCTDecode"],
            "content": zlib.compress(zlib.compress(b"\x78\x9c" + b"\0\0\0\xff\xff" * 10_000_000 + zeros(1)[2:])),
        },
    ],
)
def test_a_pdf_of_very_many_streams_that_unpack_to_terabytes_is_refused(stream):
    traces(packed_pdf(2, **stream), "pdf")
    content = packed_pdf(2000, **stream)  # to unpack all of them takes many minutes
    with pytest.raises(Unfit) as refusal:
        traces(content, "pdf")
    assert refusal.value.reason == UNPACKS_TOO_LARGE
    assert "name" in stream or without_traces(content, "pdf") is None


def test_a_pdf_whose_objects_unpack_to_gigabytes_is_refused_before_they_are_held():
    assert traces(packed_objects_pdf(2, 1000), "pdf") == [] and without_traces(packed_objects_pdf(2, 1000), "pdf")
    content = packed_objects_pdf(40, 20_000_000)
    tracemalloc.start()
    with pytest.raises(Unfit) as refusal:
        traces(content, "pdf")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusal.value.reason == UNPACKS_TOO_LARGE and most < 200_000_000
