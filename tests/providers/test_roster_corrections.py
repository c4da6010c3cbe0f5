"""Correcting a roster row by row, alone and together with others, and what becomes of its file."""

import csv
import io
import tracemalloc
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lacare_site.intake import refusals, uploads
from lacare_site.intake.models import Draft
from lacare_site.intake.refusals import Unfit
from providers.application import corrections, rosters
from providers.application.models import RosterCheck, RosterRow
from tests.intake import sample_files
from tests.intake.conftest import Visitor
from tests.providers.test_application import BASE, SIGNATURE, ana, attach, fill, private_files, send
from tests.providers.test_roster import EXAMPLE, HEADINGS, csv_file, row, with_check_digit, xlsx_file

__all__ = ["ana", "private_files"]
pytestmark = pytest.mark.django_db
ROSTER = f"{BASE}/roster"
OTHER = with_check_digit("198765432")
# Row 3 has two faults, row 4 repeats row 2, row 5 has one fault.
WRONG = (row(), row(npi="1234567890", zip="92618"), row(street=" 1  EXAMPLE street"), row(npi=OTHER, role="Nurse"))


def bring(who, *rows: list[str], content: bytes = b"", name: str = "roster.csv") -> None:
    assert attach(who, "roster", name, content or csv_file(HEADINGS, *rows).getvalue()).status_code == 302
    assert who.get(ROSTER).status_code == 200


def save(who, number: int, version: int = 1, **changed: str):
    """Saves a row: the example of the template with these changes."""
    found = RosterCheck.objects.latest("pk")
    return who.post(f"{ROSTER}/row/{number}", EXAMPLE | {"roster": found.pk, "version": version} | changed)


def kept(number: int) -> dict[str, str]:
    stored = RosterRow.objects.filter(number=number).latest("pk")
    return next(rosters.as_checked(stored.roster, [stored])).values


def file_of(who) -> list[list[str]]:
    roster = rosters.of(Draft.objects.get())
    with uploads.open_file(roster) as file:
        return list(csv.reader(io.TextIOWrapper(file, "utf-8-sig")))


def colleague(of: Visitor) -> Visitor:
    """Somebody else with the same code."""
    other = Visitor()
    other.post(f"{BASE}/resume", {"code": of.cookies["held_code"].value})
    return other


def test_a_roster_is_corrected_until_no_fault_is_left_and_sent(ana):
    sent = csv_file(HEADINGS, *WRONG).getvalue()
    fill(ana, sent)
    check = ana.get(ROSTER).text
    assert "3 of 4 rows have faults" in check and "(Row 2.)" in check
    page = ana.get(f"{ROSTER}/row/3").text
    assert 'value="1234567890"' in page and 'id="id_npi_error"' in page and 'href="#id_zip"' in page
    assert 'id="id_city_error"' not in page
    assert save(ana, 3, npi=OTHER, zip="90017").headers["Location"] == f"{ROSTER}/row/4"
    assert "2 of 4 rows have faults" in ana.get(ROSTER).text
    assert "The roster has faults" in ana.get(f"{BASE}/review").text
    assert ana.post(f"{ROSTER}/row/4", {"remove": "1", "version": "1", "roster": RosterCheck.objects.get().pk}).status_code == 302
    assert "1 of 3 rows has faults" in ana.get(ROSTER).text
    assert save(ana, 5, npi=OTHER, street="2 Other Street").headers["Location"] == ROSTER
    assert "3 rows, and no faults" in ana.get(ROSTER).text and "version 2" in ana.get(ROSTER).text
    first = Draft.objects.get().attachments.get(item="roster", version=1)
    with uploads.open_file(first) as file:
        assert first.replaced_at and file.read() == sent
    assert file_of(ana) == [HEADINGS, row(), row(npi=OTHER), row(npi=OTHER, street="2 Other Street")]
    case = send(ana)
    original, corrected = case.attachments.filter(item="roster").order_by("version")
    with uploads.open_file(original) as file:
        assert file.read() == sent and corrected.replaced_at is None, "staff have what was sent beside what we wrote"
    assert not RosterRow.objects.exists()


def items_of(page: str) -> str:
    """The part of the page of documents that is about the roster."""
    return page.partition('id="item-roster"')[2].partition("</section>")[0]


def test_there_is_one_roster_and_the_next_replaces_it(ana):
    bring(ana, *WRONG)
    bring(ana, row(), name="good.csv")
    present = Draft.objects.get().attachments.filter(item="roster", replaced_at=None)
    assert [(roster.name, roster.version) for roster in present] == [("good.csv", 2)]
    assert "1 row, and no faults" in ana.get(ROSTER).text
    part = items_of(ana.get(f"{BASE}/documents").text)
    assert part.count('type="file"') == 1 and "Another file in place of good.csv" in part and "One more file" not in part
    refused = items_of(attach(ana, "roster", "roster.exe", b"MZ").text)
    assert 'aria-invalid="true"' in refused and "good.csv" in refused


def second(name: str, *rows: list[str]) -> None:
    """A roster beside the present one, as drafts have it that are older than this rule."""
    uploads.receive(SimpleUploadedFile(name, csv_file(HEADINGS, *rows).getvalue()), Draft.objects.get(), "roster")


def test_a_roster_whose_rows_were_forgotten_for_another_is_checked_anew(ana):
    bring(ana, *WRONG)
    second("good.csv", row())
    assert "1 row, and no faults" in ana.get(ROSTER).text
    uploads.remove(rosters.of(draft := Draft.objects.get()), draft)
    assert "3 of 4 rows have faults" in ana.get(ROSTER).text


def test_two_rosters_are_not_sent(ana):
    fill(ana, csv_file(HEADINGS, *WRONG).getvalue())
    second("good.csv", row())
    assert "There is more than one roster" in ana.get(f"{BASE}/review").text
    assert "There is more than one roster" in ana.post(f"{BASE}/review", SIGNATURE).text


def test_the_check_of_a_roster_that_is_replaced_meanwhile_ends_without_harm(ana, monkeypatch):
    bring(ana, *WRONG)
    found = RosterCheck.objects.get()
    bring(ana, row(npi="1"), name="next.csv")
    rosters.run(found)
    now = RosterCheck.objects.get()
    assert now.attachment.name == "next.csv" and now.kept.count() == RosterRow.objects.count() == 1


def test_why_a_roster_cannot_be_read_is_said_in_the_readers_language_without_reading_it_again(ana, monkeypatch):
    bring(ana, content=csv_file(HEADINGS[1:], row()[1:]).getvalue())

    def unread(*_details):
        raise AssertionError("The file was read again.")

    monkeypatch.setattr(rosters.read, "rows_of", unread)
    assert "These are missing: Last name." in ana.get(ROSTER).text
    assert "Faltan estas: Last name." in ana.get(f"/es{ROSTER}").text


def test_a_roster_without_clinicians_is_no_success(ana):
    bring(ana, content=csv_file(HEADINGS).getvalue())
    page = ana.get(ROSTER).text
    assert "The roster names no clinicians." in page and "callout--success" not in page


def test_the_only_row_with_faults(ana):
    bring(ana, row(npi="1"))
    assert "The only row has faults." in ana.get(ROSTER).text


def test_wrong_again_the_faults_stand_at_their_fields_and_nothing_typed_is_lost(ana):
    bring(ana, *WRONG)
    answer = save(ana, 3, npi="123", zip="90017", street="9 New Street", languages="x, klingon")
    assert answer.status_code == 200
    assert 'value="123"' in answer.text and 'value="9 New Street"' in answer.text and 'value="x, klingon"' in answer.text
    assert 'id="id_npi_error"' in answer.text and 'id="id_languages_error"' in answer.text
    assert 'id="id_zip_error"' not in answer.text
    assert kept(3)["street"] == "9 New Street"
    assert 'value="9 New Street"' in ana.get(f"{ROSTER}/row/3").text


def test_a_number_of_a_person_is_kept_in_no_column(ana):
    bring(ana, *WRONG)
    answer = save(ana, 3, license_number="91234567A01234", phone="123-45-6789", zip="90017")
    assert 'id="id_license_number_error"' in answer.text and 'id="id_phone_error"' in answer.text
    assert kept(3)["zip"] == "92618"


@pytest.mark.parametrize("typed", ["123-45-6789", "Rivera\0"])
def test_what_may_not_be_kept_is_shown_again_and_not_kept(ana, typed):
    bring(ana, *WRONG)
    answer = save(ana, 3, last_name=typed)
    assert answer.status_code == 200 and 'id="id_last_name_error"' in answer.text and typed.strip("\0") in answer.text
    assert kept(3)["last_name"] == "Rivera" and kept(3)["zip"] == "92618"


def test_a_mended_row_can_make_another_a_repetition_and_a_removed_one_ends_it(ana):
    bring(ana, *WRONG)
    assert save(ana, 2, street="8 First Street").status_code == 302
    assert "2 of 4 rows have faults" in ana.get(ROSTER).text  # row 4 repeats nothing now
    answer = save(ana, 5, street="1 Example Street")
    assert answer.status_code == 200 and "(Row 4.)" in answer.text
    remove = {"remove": "1", "version": "1", "roster": RosterCheck.objects.get().pk}
    assert ana.post(f"{ROSTER}/row/4", remove).headers["Location"] == f"{ROSTER}/row/3"
    assert rosters.wrong(RosterCheck.objects.get()).get().number == 3


def test_a_removed_row_comes_back_when_it_is_saved(ana):
    bring(ana, *WRONG)
    ana.post(f"{ROSTER}/row/4", {"remove": "1", "version": "1", "roster": RosterCheck.objects.get().pk})
    assert "Removed rows" in ana.get(ROSTER).text and f"{ROSTER}/row/4" in ana.get(ROSTER).text
    assert "This row was removed" in ana.get(f"{ROSTER}/row/4").text
    save(ana, 4, version=2)
    assert "3 of 4 rows have faults" in ana.get(ROSTER).text


def test_two_people_on_two_rows_keep_both(ana):
    bring(ana, *WRONG)
    ben = colleague(ana)
    for who, number in ((ana, 3), (ben, 5)):
        assert 'name="version" value="1"' in who.get(f"{ROSTER}/row/{number}").text
    save(ana, 3, npi=OTHER)
    save(ben, 5, npi=OTHER, street="2 Other Street")
    assert kept(3)["npi"] == OTHER and kept(5)["street"] == "2 Other Street"
    assert rosters.wrong(RosterCheck.objects.get()).get().number == 4


def test_two_people_on_one_row_see_what_the_other_has_typed(ana):
    bring(ana, *WRONG)
    ben = colleague(ana)
    save(ana, 3, npi=OTHER, city="Burbank", zip="91501")
    answer = save(ben, 3, npi=OTHER, city="Glendale")
    assert answer.status_code == 200
    assert "Somebody else has saved this row meanwhile" in answer.text and "Burbank" in answer.text
    assert 'value="Glendale"' in answer.text and 'name="version" value="2"' in answer.text
    assert kept(3)["city"] == "Burbank"
    save(ben, 3, version=2, npi=OTHER, city="Glendale")
    assert kept(3)["city"] == "Glendale"
    answer = ana.post(f"{ROSTER}/row/3", {"remove": "1", "version": "2", "roster": RosterCheck.objects.get().pk})
    assert answer.status_code == 200 and not RosterRow.objects.get(number=3).is_removed


def test_a_second_click_does_no_harm(ana):
    bring(ana, *WRONG)
    for _click in range(2):
        assert save(ana, 3, npi=OTHER).status_code == 302
    assert RosterRow.objects.get(number=3).version == 2


def test_what_was_typed_for_a_roster_that_was_replaced_is_shown_and_changes_nothing(ana):
    bring(ana, *WRONG)
    old = RosterCheck.objects.get()
    attach(ana, "roster", "new.csv", csv_file(HEADINGS, *WRONG, row()).getvalue(), replaces=old.attachment_id)
    ana.get(ROSTER)
    answer = ana.post(f"{ROSTER}/row/3", EXAMPLE | {"roster": old.pk, "version": "1", "city": "Burbank"})
    assert "was replaced by another file" in answer.text and 'value="Burbank"' in answer.text
    assert not any("Burbank" in stored.cells for stored in RosterRow.objects.all())
    uploads.remove(rosters.of(draft := Draft.objects.get()), draft)
    answer = ana.post(f"{ROSTER}/row/3", EXAMPLE | {"roster": old.pk, "version": "1", "city": "Burbank"})
    assert answer.status_code == 200 and 'value="Burbank"' in answer.text


@pytest.mark.parametrize("end", ["purged", "sent"])
def test_a_row_that_is_typed_when_the_draft_is_gone_comes_back(ana, end):
    fill(ana, csv_file(HEADINGS, row()).getvalue())
    if end == "sent":
        send(ana)
    else:
        Draft.objects.update(expires_at=timezone.now() - timedelta(days=1))
    answer = ana.post(f"{ROSTER}/row/2", EXAMPLE | {"roster": "1", "version": "1", "city": "Burbank <x>"})
    assert answer.status_code == 409 and "Burbank &lt;x&gt;" in answer.text and 'name="city"' in answer.text
    assert ("This was sent meanwhile" in answer.text) == (end == "sent")
    where = "receipt" if end == "sent" else "resume"
    assert ana.post(f"{ROSTER}/row/2", EXAMPLE | {"remove": "1"}).headers["Location"] == f"{BASE}/{where}"


def test_changing_the_language_keeps_what_was_typed_and_saves_nothing(ana):
    bring(ana, *WRONG)
    answer = save(ana, 3, city="Burbank", text_size="150")
    assert 'value="Burbank"' in answer.text and "id_npi_error" not in answer.text
    assert kept(3)["city"] == "Los Angeles"
    answer = ana.post(f"/es{ROSTER}/row/3", EXAMPLE | {"to_language": "es", "city": "Burbank"})
    assert 'value="Burbank"' in answer.text and "Número de licencia" in answer.text


def test_columns_of_the_senders_own_and_their_order_are_kept(ana):
    headings = ["notes", *reversed(HEADINGS), "more"]
    bring(ana, content=csv_file(headings, ["1+1=", *reversed(row(zip="92618"))]).getvalue())
    save(ana, 2)
    assert file_of(ana) == [headings, ["1+1=", *reversed(row()), ""]]


def test_the_file_with_its_faults_has_the_sender_s_columns_and_one_more(ana):
    headings = ["notes", *reversed(HEADINGS), "more"]
    for name, make in (("roster.csv", csv_file), ("roster.xlsx", xlsx_file)):
        bring(ana, content=make(headings, ["call =1+1", *reversed(row(zip="92618"))]).getvalue(), name=name)
        back = b"".join(ana.post(ROSTER, {"download": "1"}).streaming_content)
        titles, cells = openpyxl.load_workbook(io.BytesIO(back)).active.iter_rows(values_only=True)
        assert list(titles) == [*headings, "Faults"] and cells[0] == "call =1+1" and "ZIP code: " in cells[-1]
        bring(ana, content=back, name="again.xlsx")
        again = b"".join(ana.post(ROSTER, {"download": "1"}).streaming_content)
        assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(again)).active[1]] == [*headings, "Faults"]


def test_of_a_spreadsheet_a_spreadsheet_is_made_in_which_a_formula_is_told(ana):
    cells = [*row(zip="92618"), "call =1+1"]
    bring(ana, content=xlsx_file([*HEADINGS, "own"], cells).getvalue(), name="roster.xlsx")
    save(ana, 2, last_name="=1+1")
    assert "This cell holds a formula" in ana.get(ROSTER).text
    save(ana, 2, version=2)
    roster = rosters.of(Draft.objects.get())
    assert (roster.name, roster.version) == ("roster.xlsx", 2)
    with uploads.open_file(roster) as file:
        sheet = openpyxl.load_workbook(file).active
        assert [cell.value for cell in sheet[2]][:13] == row()
        assert (sheet.cell(2, 14).value, sheet.cell(2, 14).data_type) == (cells[13], "s")


def test_without_room_for_the_file_the_page_says_so_and_offers_it_again(ana, monkeypatch):
    fill(ana, csv_file(HEADINGS, row(zip="92618")).getvalue())
    ana.get(ROSTER)

    def full(*_details, **_further):
        raise Unfit(refusals.STORE_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(corrections.uploads, "receive", full)
        assert save(ana, 2).headers["Location"] == ROSTER
        assert "No fault is left" in ana.get(ROSTER).text
        assert "is not in the file of the roster yet" in ana.get(f"{BASE}/review").text
        assert ana.post(f"{BASE}/review", SIGNATURE).status_code == 200
        assert str(Unfit(refusals.STORE_FULL).sentence)[:30] in ana.post(ROSTER, {"put": "1"}).text
    assert ana.post(ROSTER, {"put": "1"}).status_code == 302
    assert "1 row, and no faults" in ana.get(ROSTER).text
    assert send(ana)


def test_rows_with_faults_come_fifty_to_a_page(ana):
    bring(ana, *(row(npi="1", street=f"{number} Street") for number in range(51)))
    first, second = ana.get(ROSTER).text, ana.get(f"{ROSTER}?page=2").text
    assert first.count('class="wrong-rows__row"') == 50 and "Page 1 of 2" in first
    assert second.count('class="wrong-rows__row"') == 1 and f"{ROSTER}/row/52" in second


def test_a_large_roster_is_checked_by_the_worker_and_its_page_shows_how_far_it_is(ana, monkeypatch):
    monkeypatch.setattr(rosters, "SMALL", 10)
    waiting = []
    monkeypatch.setattr(rosters, "run_by_worker", type("Queue", (), {"enqueue": waiting.append, "module_path": ""}))
    fill(ana, csv_file(HEADINGS, *WRONG).getvalue())
    page = ana.get(ROSTER)
    assert "We are checking your roster" in page.text and "connect-src 'self'" in page.headers["Content-Security-Policy"]
    assert '<meta http-equiv="refresh"' in page.text.partition("<noscript>")[2]
    found = RosterCheck.objects.get()
    assert waiting == [found.pk]
    assert "still being checked" in ana.get(f"{BASE}/review").text
    assert ana.get(f"{ROSTER}/row/3").headers["Location"] == ROSTER
    shown = []
    monkeypatch.setattr(rosters, "BATCH", 3)
    keep = rosters._keep

    def keep_and_look(*details):
        keep(*details)
        shown.append(ana.get(ROSTER).text)

    monkeypatch.setattr(rosters, "_keep", keep_and_look)
    rosters.run(found)
    assert "3 of 4 rows are checked." in shown[0] and 'max="4" value="3"' in shown[0]
    assert "3 of 4 rows have faults" in ana.get(ROSTER).text


def test_a_check_that_was_cut_off_begins_anew(ana, monkeypatch):
    bring(ana, *WRONG)
    found = RosterCheck.objects.get()
    RosterCheck.objects.update(finished_at=None)
    rosters.run(found)
    assert (found.rows, found.kept.count()) == (4, 4)


def test_memory_does_not_grow_with_the_rows_that_are_kept(ana):
    def peak(number: int) -> int:
        bring(ana, *(row(npi="1", street=f"{place} Street") for place in range(number)))
        found = RosterCheck.objects.latest("pk")
        tracemalloc.start()
        rosters.run(found)  # once more, so that rows are deleted, too
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert found.kept.count() == number
        return size

    peak(10)
    assert peak(4_000) - peak(1_000) < 3_000 * 500


@pytest.mark.parametrize("number", ["0", "1", "6", "99999999999999999999"])
def test_a_row_that_is_not_there_leads_to_the_check(ana, number):
    bring(ana, *WRONG)
    assert ana.get(f"{ROSTER}/row/{number}").headers["Location"] == ROSTER


def test_forged_words_are_no_fault_of_the_server(ana):
    bring(ana, *WRONG)
    for forged in ({}, {"version": "²"}, {"version": "9" * 30}, {"roster": "x"}, {"remove": "1", "roster": "9" * 30}):
        assert ana.post(f"{ROSTER}/row/3", forged).status_code == 200
    assert ana.post(ROSTER, {"put": "1"}).status_code == 302
    assert RosterRow.objects.get(number=3).version == 1


def test_another_applicants_code_opens_no_row(ana):
    bring(ana, *WRONG)
    assert Visitor().get(f"{ROSTER}/row/3").headers["Location"] == f"{BASE}/resume"
    ben = Visitor()
    ben.begin(BASE, "application")
    attach(ben, "roster", "roster.pdf", sample_files.PDF)
    answer = save(ben, 3, city="Burbank")
    assert answer.status_code == 200 and kept(3)["city"] == "Los Angeles"
