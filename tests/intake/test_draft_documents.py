"""The documents of a form of several steps: each at its place, and nobody else's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lacare_site.casework.models import Case
from lacare_site.intake import document_views, drafts, uploads
from lacare_site.intake.models import Attachment, Draft
from tests.intake import sample_files, sample_form
from tests.intake.sample_draft import BASE, SIGNATURE, begin, fill, join, send_file


def test_a_draft_of_another_is_not_reached_by_a_file_s_number(ana, inquiry_form, visitor):
    send_file(ana)
    number = Attachment.objects.get().pk
    ben = visitor()
    begin(ben)
    ben.post(f"{BASE}/documents", {"remove": number})
    send_file(ben, replaces=number)
    mine = Attachment.objects.get(pk=number)
    assert mine.removed_at is None and mine.replaced_at is None


def test_documents_are_added_replaced_and_removed(ana):
    assert send_file(ana).headers["Location"] == f"{BASE}/documents#item-policy"
    first = Attachment.objects.get()
    page = ana.get(f"{BASE}/documents")
    assert "policy.pdf" in page.text and first.sha256 in page.text and "not scanned for viruses" in page.text
    assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
    send_file(ana)
    assert Attachment.objects.count() == 1, "a double click"
    send_file(ana, name="newer.pdf", replaces=first.pk)
    newer = Attachment.objects.get(replaced_at=None)
    assert (newer.name, newer.version) == ("newer.pdf", 2)
    ana.post(f"{BASE}/documents", {"remove": newer.pk})
    assert not Attachment.objects.filter(replaced_at=None, removed_at=None).exists()
    assert "Missing: 1" in ana.get(f"{BASE}/draft").text


def test_a_file_that_was_chosen_comes_along_whichever_button_is_pressed(ana):
    page = ana.get(f"{BASE}/documents").text.partition("<main")[2].partition("<aside")[0]
    form = page.rpartition("<form")[2].partition("</form>")[0]
    assert 'enctype="multipart/form-data"' in form and 'name="review"' in form
    assert all(f'type="file" name="file-{item}"' in form for item in ("policy", "chart", ""))
    files = {
        "file-policy": SimpleUploadedFile("policy.pdf", sample_files.PDF),
        "file-": SimpleUploadedFile("bill.csv", b"a,b\n1,2\n"),
    }
    answer = ana.post(f"{BASE}/documents", {"review": "1", **files})
    assert answer.headers["Location"] == f"{BASE}/review"
    review = ana.get(f"{BASE}/review").text
    assert "policy.pdf" in review and "bill.csv" in review
    refused = ana.post(f"{BASE}/documents", {"review": "1", "file-": SimpleUploadedFile("x.exe", b"MZ")})
    assert refused.status_code == 200 and 'href="#file-other"' in refused.text
    assert ana.post(f"{BASE}/documents", {"review": "1"}).headers["Location"] == f"{BASE}/review", "nothing was chosen"
    gone = Attachment.objects.get(item="policy")
    ana.post(f"{BASE}/documents", {"remove": gone.pk, "file-": SimpleUploadedFile("late.csv", b"c,d\n3,4\n")})
    assert send_file(ana, name="other.pdf", replaces=gone.pk).status_code == 302, "a colleague took the first one out"
    assert set(Attachment.objects.filter(replaced_at=None, removed_at=None).values_list("item", "name")) == {
        ("", "bill.csv"),
        ("", "late.csv"),
        ("policy", "other.pdf"),
    }


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.pdf", b"<html>", "does not fit the ending of its name"),
        ("x.exe", b"MZ", "We cannot take a file of this type"),
        ("x.pdf", b"", "The file is empty"),
        ("x.pdf", b"%PDF-" + bytes(26 * 1024 * 1024), "larger than 25 MB"),
    ],
)
def test_a_refused_file_is_told_at_its_place(ana, name, content, sentence):
    answer = send_file(ana, name=name, content=content)
    assert answer.status_code == 200 and sentence in answer.text and 'href="#file-policy"' in answer.text
    assert not Attachment.objects.exists()
    assert "Choose a file first" in ana.post(f"{BASE}/documents", {"item": "policy"}).text
    assert ana.post(f"{BASE}/documents", {"item": "nonsense"}).status_code == 302


@pytest.mark.parametrize("item", ["policy", "chart", ""])
def test_a_file_with_a_virus_is_no_document_and_is_not_sent(ana, item):
    fill(ana)
    send_file(ana, item=item)
    sick = Attachment.objects.filter(item=item)
    sick.update(state=Attachment.State.INFECTED)
    shown = ana.get(f"{BASE}/draft").text
    assert "Missing: 1" in shown and "Ready to send" not in shown
    answer = ana.post(f"{BASE}/review", SIGNATURE)
    assert answer.status_code == 200 and not Case.objects.filter(kind="inquiry").exists()
    assert "policy.pdf: a virus was found: please send another file" in answer.text
    assert f'href="{BASE}/documents#item-{item or "other"}"' in answer.text
    with pytest.raises(ValueError, match="not complete"):
        drafts.send(Draft.objects.get(), sample_form.FORM, SIGNATURE, "en")
    sick.update(removed_at=timezone.now())
    send_file(ana, name="clean.pdf")
    assert ana.post(f"{BASE}/review", SIGNATURE).headers["Location"] == f"{BASE}/receipt"
    Attachment.objects.filter(case__kind="inquiry").update(state=Attachment.State.INFECTED)
    assert "a virus was found: we will ask you for another file" in ana.get(f"{BASE}/status").text


def test_a_file_comes_back_byte_for_byte_to_who_holds_the_code_alone(ana, visitor, inquiry_form):
    fill(ana)
    number = Attachment.objects.get().pk
    where, ben, eve = f"{BASE}/file/{number}", join(visitor, ana.code), visitor()
    begin(eve)
    assert f'href="{where}" download' in ana.get(f"{BASE}/documents").text and "PDF" in ana.get(f"{BASE}/documents").text
    for _stage in ("draft", "case"):
        for who in (ana, ben):
            answer = who.get(where)
            assert b"".join(answer.streaming_content) == sample_files.PDF
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert answer.headers["Content-Disposition"] == 'attachment; filename="policy.pdf"'
            assert "sandbox" in answer.headers["Content-Security-Policy"] and "no-store" in answer.headers["Cache-Control"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert eve.get(where).status_code == 404
        assert visitor().get(where).headers["Location"] == f"{BASE}/resume"
        if _stage == "draft":
            ana.post(f"{BASE}/review", SIGNATURE)
    assert where in ana.get(f"{BASE}/receipt").text and where in ana.get(f"{BASE}/status").text
    assert where not in ana.post(f"{BASE}/receipt", {"download": "1"}).text, "it leads nowhere from a file"
    Attachment.objects.update(state=Attachment.State.INFECTED)
    assert ana.get(where).status_code == 404 and where not in ana.get(f"{BASE}/status").text


def test_whoever_adds_a_file_to_what_a_colleague_has_sent_is_told_that_it_was_not_kept(ana, visitor):
    fill(ana)
    ben = join(visitor, ana.code)
    ana.post(f"{BASE}/review", SIGNATURE)
    answer = send_file(ben, name="late.pdf")
    assert answer.status_code == 409 and "This was sent meanwhile" in answer.text and "late.pdf" in answer.text
    assert "late.pdf" not in Attachment.objects.values_list("name", flat=True)


def test_files_without_end_are_refused_at_their_place(ana, monkeypatch):
    monkeypatch.setattr(document_views, "PER_ADDRESS", 3)
    assert [send_file(ana, name=f"{number}.pdf").status_code for number in range(3)] == [302] * 3
    answer = send_file(ana, name="4.pdf")
    assert "very often from your network" in answer.text and 'href="#file-policy"' in answer.text
    around = {"item": "nonsense", "file-chart": SimpleUploadedFile("5.pdf", sample_files.PDF)}
    answer = ana.post(f"{BASE}/documents", around)
    assert "very often from your network" in answer.text and 'href="#file-chart"' in answer.text
    assert Attachment.objects.count() == 3
    assert ana.post(f"{BASE}/documents", {"remove": Attachment.objects.first().pk}).status_code == 302, "nothing is taken"


def test_megabytes_without_end_are_refused_however_few_files_they_are(ana, monkeypatch):
    monkeypatch.setattr(document_views, "MEGABYTES_PER_ADDRESS", 5)
    large = sample_files.PDF.replace(b"endobj\n2", b"endobj\n%" + b"x" * 1_500_000 + b"\n2")
    for number in range(2):
        assert send_file(ana, name=f"{number}.pdf", content=large).status_code == 302
    assert "very often from your network" in send_file(ana, name="3.pdf", content=large).text
    assert Attachment.objects.count() == 2


def test_only_where_files_are_taken_a_body_may_be_large(ana, inquiry_form):
    large = "x" * 200_000
    assert ana.post(f"{BASE}/draft/size", {"members": large}).status_code == 200, "a step may have many fields"
    assert ana.post(f"{BASE}/draft/size", {"members": large * 6}).status_code == 413
    assert ana.post(f"{BASE}/review", {"signed_by": large}).status_code == 413
    assert ana.post(f"{BASE}/nowhere", {"x": large}).status_code == 413
    assert (
        send_file(ana, content=sample_files.PDF.replace(b"endobj\n2", b"endobj\n%" + large.encode() + b"\n2")).status_code == 302
    )
    assert send_file(ana, content=b"%PDF-" + bytes(101 * 1024 * 1024)).status_code == 413
    spanish = ana.post(f"/es{BASE}/documents", {"item": "policy", "file-policy": SimpleUploadedFile("a.pdf", large.encode())})
    assert spanish.status_code == 200 and "a.pdf: " in spanish.text, "its content is refused, not its size"


def test_no_document_is_taken_out_of_what_a_colleague_sends_at_the_same_moment(ana, visitor, monkeypatch):
    fill(ana)
    ben, remove = join(visitor, ana.code), uploads.remove

    def after_it_was_sent(*args):
        assert ana.post(f"{BASE}/review", SIGNATURE).headers["Location"] == f"{BASE}/receipt"
        remove(*args)

    monkeypatch.setattr(uploads, "remove", after_it_was_sent)
    answer = ben.post(f"{BASE}/documents", {"remove": Attachment.objects.get().pk})
    assert answer.headers["Location"] == f"{BASE}/receipt"
    assert Case.objects.get(kind="inquiry").attachments.get().removed_at is None
