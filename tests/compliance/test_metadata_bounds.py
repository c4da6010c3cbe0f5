"""Files that are built to take time or memory without end: nested, or pointing at one another. What tells of their maker is read within bounds."""

import time
import tracemalloc

import pytest

from compliance.metadata import traces, without_traces
from lacare_site.intake.refusals import Unfit
from tests.intake import sample_files

CATALOG = b"<</Type/Catalog/Pages 2 0 R%s>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%s>>"
DOUBLED = "".join(f'<!ENTITY a{number} "&a{number - 1};&a{number - 1};">' for number in range(1, 60))
ENTITIES = f'<!DOCTYPE a [<!ENTITY a0 "ha">{DOUBLED}]>'


def pdf(*objects: bytes, info: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its root, and `info` stands in its trailer."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, info, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def with_entry(entry: bytes, *more: bytes) -> bytes:
    """One page, with an entry that nobody needs; `more` are objects from number 4 on."""
    return pdf(CATALOG % b"", PAGES, PAGE % (b"/X " + entry), *more)


def with_part(name: str, xml: str) -> bytes:
    """A DOCX with this part, which it has not otherwise."""
    return sample_files.office("docx", {name: xml.encode()})


def chain(length: int, link: bytes) -> list[bytes]:
    """Objects from number 4 on, each naming the next."""
    return [link % ((number + 5,) * link.count(b"%d")) for number in range(length)] + [b"1"]


HOSTILE = {
    "lists": with_entry(b"[" * 50_000 + b"]" * 50_000),
    "dictionaries": with_entry(b"<</A " * 3000 + b"1" + b">>" * 3000),
    "objects in a row": with_entry(b"4 0 R", *chain(20_000, b"<</A %d 0 R>>")),
    "references to references": with_entry(b"4 0 R", *chain(20_000, b"%d 0 R")),
    "a page tree that holds itself": pdf(CATALOG % b"", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "a page tree whose branches are one": pdf(
        CATALOG % b"", *(b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (number, number) for number in range(3, 43)), PAGE % b""
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pdf_that_is_nested_without_end_is_refused_in_time(name):
    began = time.process_time()
    with pytest.raises(Unfit):
        traces(HOSTILE[name], "pdf")
    assert without_traces(HOSTILE[name], "pdf") is None
    assert time.process_time() - began < 30


def test_values_that_point_at_the_same_twice_are_read_once():
    content = with_entry(b"4 0 R", *chain(60, b"[%d 0 R %d 0 R]"))
    assert not traces(content, "pdf") and without_traces(content, "pdf")


def test_what_says_who_made_a_pdf_may_be_nested_too():
    content = pdf(CATALOG % b"", PAGES, PAGE % b"", b"<</Author " + b"[" * 900 + b"]" * 900 + b">>", info=b"/Info 4 0 R")
    with pytest.raises(Unfit):
        traces(content, "pdf")
    assert b"/Author" not in (without_traces(content, "pdf") or b"")


@pytest.mark.parametrize("part", ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "word/more.xml"])
@pytest.mark.parametrize("xml", [f"{ENTITIES}<a>&a59;</a>", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'])
def test_entities_are_never_opened(part, xml):
    content = with_part(part, xml)
    with pytest.raises(Unfit):
        traces(content, "docx")
    assert without_traces(content, "docx") is None


def test_properties_that_lie_too_deep_are_told_of_and_left_out():
    content = with_part("docProps/core.xml", "<creator>" * 3000 + "</creator>" * 3000)
    assert ("comment", "XML") in [(found.kind, found.value) for found in traces(content, "docx")]
    assert not [found for found in traces(without_traces(content, "docx"), "docx") if found.value == "XML"]


@pytest.mark.parametrize("xml", ["<a>" * 600 + "</a>" * 600, "<a>" * 100_000 + "</a>" * 100_000])
def test_a_part_that_is_nested_too_deep_is_refused(xml):
    content = with_part("word/deep.xml", xml)
    with pytest.raises(Unfit):
        traces(content, "docx")


def test_a_part_with_many_elements_takes_no_more_memory_than_one_with_few():
    def peak(number: int) -> int:
        content = with_part("word/long.xml", "<a>" + "<b/>" * number + "</a>")
        tracemalloc.start()
        try:
            traces(content, "docx")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(100_000) < peak(1000) + 5 * 1024**2, "empty elements are kept"
