"""The check of a roster: what it takes, what it finds, and what it gives back."""

import csv
import io
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from providers.npi import is_npi
from providers.roster import formulas
from providers.roster.check import checked_rows
from providers.roster.columns import COLUMNS
from providers.roster.faults import Code, Unreadable
from providers.roster.files import write_rows, write_template, write_with_faults
from providers.roster.read import rows_of
from providers.service_area import is_served, zip_codes

HEADINGS = [column.name for column in COLUMNS]
EXAMPLE = {column.key: column.example for column in COLUMNS}


def with_check_digit(nine: str) -> str:
    return next(nine + digit for digit in "0123456789" if is_npi(nine + digit))


def row(**changed: str) -> list[str]:
    return list((EXAMPLE | changed).values())


def csv_file(*rows: list[str], encoding="utf-8", delimiter=",") -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def xlsx_file(*rows: list) -> io.BytesIO:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "m/d/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    file.seek(0)
    return file


def check(file: io.BytesIO, extension="csv") -> list:
    return list(checked_rows(rows_of(file, extension)))


def faults(*rows: list[str]) -> list[tuple]:
    found = [fault for checked in check(csv_file(HEADINGS, *rows)) for fault in checked.faults]
    return [(fault.row, fault.column, fault.code) for fault in found]


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        *(("1234567893", True), ("1234567890", False), ("123456789", False), ("12345678931", False), ("3234567893", False)),
        *(("١٢٣٤٥٦٧٨٩٣", False), ("", False)),
    ],
)
def test_npi(text, is_right):
    assert is_npi(text) is is_right


def test_every_wrong_digit_of_an_npi_is_found():
    right = "1234567893"
    for place in range(10):
        for digit in set("0123456789") - {right[place]}:
            assert not is_npi(right[:place] + digit + right[place + 1 :])


def test_zip_codes_of_the_county():
    assert len(zip_codes()) > 400
    assert is_served("90017") and is_served("90017-1234") and is_served("93536")
    assert not any(map(is_served, ("92618", "94105", "9001", "90017-12", "", "x")))


def test_a_right_roster_has_no_faults():
    second = row(
        npi=with_check_digit("198765432"), role="specialist", languages="HY، ase，es", zip="90017-0001", phone="+1 213 555 0101"
    )
    assert faults(row(), second) == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("npi", "1234567890", Code.NPI),
        ("license_number", "", Code.EMPTY),
        ("license_number", "–", Code.EMPTY),
        ("street", "--", Code.EMPTY),
        ("license_number", "none", Code.EMPTY),
        ("license_number", "n/a", Code.EMPTY),
        ("last_name", "#REF!", Code.EMPTY),
        ("zip", "92618", Code.ZIP),
        ("phone", "not a phone number", Code.TELEPHONE),
        ("phone", "=1+cmd|'/C calc'!A0", Code.FORMULA),
        ("phone", "+1+cmd|'/C calc'!A0", Code.FORMULA),
        ("phone", "-1+2135550100", Code.FORMULA),
        ("phone", "1 123-45-6789", Code.SOCIAL_SECURITY),
        ("languages", "en, klingon", Code.LANGUAGE),
        ("role", "Nurse", Code.ROLE),
        ("wheelchair_accessible", "maybe", Code.YES_OR_NO),
        ("last_name", '=HYPERLINK("http://host.example")', Code.FORMULA),
        ("street", "x" * 201, Code.TOO_LONG),
        ("license_number", "123-45-6789", Code.SOCIAL_SECURITY),
        ("specialty", "born 3/4/80", Code.BIRTH_DATE),
        ("zip", "1EG4-TE5-MK73", Code.MEMBER),
    ],
)
def test_each_fault_is_found_where_it_is(column, value, code):
    assert faults(row(npi=with_check_digit("198765432")), row(**{column: value})) == [(3, column, code)]


def test_who_stands_twice_at_one_address_is_found_and_at_two_is_not():
    rows = [row(), row(street="2 Other Street"), row(street=" 1  EXAMPLE street ")]
    found = [fault for checked in check(csv_file(HEADINGS, *rows)) for fault in checked.faults]
    assert [(fault.row, fault.code, fault.other_row) for fault in found] == [(4, Code.DUPLICATE, 2)]


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    assert faults([], row(), [""] * 13, row(npi="1")) == [(5, "npi", Code.NPI)]


def test_columns_in_another_order_and_others_between_them():
    headings = ["notes", *reversed(HEADINGS)]
    checked = check(csv_file([heading.upper() for heading in headings], ["x", *reversed(row())]))
    assert checked[0].values == EXAMPLE and checked[0].faults == []


def test_missing_columns_and_columns_that_stand_twice_are_named():
    with pytest.raises(Unreadable, match="NPI, ZIP code"):
        check(csv_file([name for name in HEADINGS if name not in ("NPI", "ZIP code")], row()))
    with pytest.raises(Unreadable, match="stand twice: NPI"):
        check(csv_file([*HEADINGS, "npi"], row()))
    for empty in (b"", b"\n\n", b",,,\n"):
        with pytest.raises(Unreadable, match="Last name"):
            check(io.BytesIO(empty))


@pytest.mark.parametrize(
    ("heading", "cell", "place"),
    [
        ("Date of birth", date(1980, 3, 4), "Date of birth (N3)"),
        ("SSN", 123456789, "SSN (N3)"),
        ("", "123-45-6789", "(N3)"),
        ("Social Security", 12345678, "Social Security (N3)"),
        ("Birth date", 29283, "Birth date (N3)"),
        ("Birth center", "yes", None),
        ("Patient no-show rate", "4", None),
        ("Hired on", date(2019, 3, 4), None),
        ("Tax ID", "12-3456789", None),
        ("Their NPI", "1234567893", None),
    ],
)
def test_numbers_of_persons_in_a_column_of_the_senders_own(heading, cell, place):
    file = xlsx_file([*HEADINGS, heading], [*row(), ""], [*row(street="2 Other Street"), cell])
    if place is None:
        assert [checked.faults for checked in check(file, "xlsx")] == [[], []]
    else:
        with pytest.raises(Unreadable) as refusal:
            check(file, "xlsx")
        assert refusal.value.names == place and f": {place}." in str(refusal.value)


@pytest.mark.parametrize(
    "formula",
    [
        *("=1+1", "= 1+1", "+1+cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0", "- cmd|'/C calc'!A0", "-1 +cmd|'/C calc'!A0"),
        *("-A1", "@SUM(A1)", "-(1)", "- HYPERLINK(A1)", '- HYPERLINK ("x")'),
    ],
)
def test_a_formula_in_a_column_of_the_senders_own_is_named(formula):
    with pytest.raises(Unreadable, match=r"formulas: Notes \(N2\)\."):
        check(csv_file([*HEADINGS, "Notes"], [*row(), formula]))
    with pytest.raises(Unreadable, match=r"\(N1\)\."):
        check(csv_file([*HEADINGS, formula], [*row(), ""]))


def test_what_is_no_formula_passes_and_a_formula_that_we_write_is_a_text():
    notes = ["-5", "+1 213 555 0100", "+12.50", "-", "Na", "1=1", "a@b"]
    assert check(csv_file([*HEADINGS, *notes], [*row(last_name="Na"), *notes]))[0].faults == []
    file = io.BytesIO()
    write_rows(file, "csv", [["=own", *notes], ["+1+1", "@SUM(A1)"]])
    written = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert written == [["'=own", *notes], ["'+1+1", "'@SUM(A1)"]]


def test_words_behind_a_dash_are_kept_and_written_as_words():
    notes = ["--", "---", "-1%", "-$5", "-n/a", "- prefers mornings (8 to 12)", "+65 years"]
    assert check(csv_file([*HEADINGS, *notes], [*row(), *notes]))[0].faults == []
    file = io.BytesIO()
    write_rows(file, "csv", [notes, ["\t=1+1", "\r@SUM(A1)"]])
    first, second = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert first == [*notes[:4], *(f"'{note}" for note in notes[4:])]
    assert second == ["'\t=1+1", "'\r@SUM(A1)"]


def test_a_long_cell_is_read_quickly():
    for piece in ("-", "- ", "-1 ", "-1", "+ (", "- x"):
        assert formulas.is_formula(f"-{piece * 10_000}|x")


def with_sheet(*rows: list[str]) -> io.BytesIO:
    """The template filled in, with one more sheet."""
    file = io.BytesIO()
    write_template(file)
    book = openpyxl.load_workbook(file)
    book["Roster"].append(row())
    more = book.create_sheet("More")
    for cells in rows:
        more.append(cells)
    book.save(file := io.BytesIO())
    file.seek(0)
    return file


def test_clinicians_on_a_further_sheet_or_in_a_column_too_many_are_told():
    assert len(check(with_sheet([], ["", " "]), "xlsx")) == 1
    with pytest.raises(Unreadable, match="more than one sheet: More"):
        check(with_sheet(HEADINGS, row(last_name="Ochoa")), "xlsx")
    wide = [HEADINGS, [*row(), *[""] * 47, "Ochoa"]]
    for file, extension in ((csv_file(*wide), "csv"), (xlsx_file(*wide), "xlsx")):
        with pytest.raises(Unreadable, match="more than 60 columns"):
            check(file, extension)
    assert check(csv_file([*HEADINGS, *[""] * 90], [*row(), *[""] * 90]))[0].faults == []


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "\t"), ("utf-16", ",")])
def test_the_ways_in_which_spreadsheets_write_csv(encoding, delimiter):
    checked = check(csv_file(HEADINGS, row(last_name="Núñez"), encoding=encoding, delimiter=delimiter))
    assert checked[0].values["last_name"] == "Núñez" and checked[0].faults == []


def test_a_spreadsheet_with_numbers_for_texts():
    numbers = row()
    numbers[2], numbers[8], numbers[11] = 1234567893, 90017, True
    checked = check(xlsx_file(HEADINGS, numbers), "xlsx")
    assert checked[0].values == EXAMPLE and checked[0].faults == []


def test_a_formula_is_data():
    formula = row()
    formula[0] = '=HYPERLINK("http://host.example")'
    found = check(xlsx_file(HEADINGS, formula), "xlsx")[0].faults
    assert [(fault.column, fault.code) for fault in found] == [("last_name", Code.FORMULA)]
    assert "HYPERLINK" in found[0].value


def broken_xlsx(part: str, content: bytes) -> io.BytesIO:
    whole, broken = zipfile.ZipFile(xlsx_file(HEADINGS, row())), io.BytesIO()
    with zipfile.ZipFile(broken, "w") as out:
        for name in whole.namelist():
            out.writestr(name, content if name == part else whole.read(name))
    broken.seek(0)
    return broken


@pytest.mark.parametrize(
    ("file", "extension"),
    [
        (io.BytesIO(b"\xff\xfe\x00"), "csv"),
        (io.BytesIO(b"a,b\0c\n"), "csv"),
        (io.BytesIO(b""), "xlsx"),
        (io.BytesIO(b"PK\x03\x04 not a book"), "xlsx"),
        (io.BytesIO(xlsx_file(HEADINGS).getvalue()[:900]), "xlsx"),
        (broken_xlsx("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='x'><c r='?'><v>1</v></c>"), "xlsx"),
        (broken_xlsx("xl/worksheets/sheet1.xml", b"no xml"), "xlsx"),
        (broken_xlsx("xl/workbook.xml", b"<workbook/>"), "xlsx"),
        (broken_xlsx("xl/sharedStrings.xml", b"<sst>"), "xlsx"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(file, extension):
    with pytest.raises(Unreadable, match=r"\.$"):
        check(file, extension)


def test_too_many_rows_are_refused():
    many = csv_file(HEADINGS, *(row() for _ in range(20_001)))
    with pytest.raises(Unreadable, match="20,000"):
        check(many)


@pytest.mark.parametrize(
    ("part", "place", "more"),
    [
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<row>" + "<c><v>1</v></c>" * 80_000 + "</row>"),
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<row/>" * 20_001),
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<x>" * 1_000),
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<x/>" * 300_000),
        ("xl/sharedStrings.xml", "</sst>", "<si><t>" + "x" * 2_000_000 + "</t></si></sst>"),
        ("xl/sharedStrings.xml", "</sst>", ("<si><t>" + "x" * 500_000 + "</t></si>") * 101 + "</sst>"),
        ("xl/styles.xml", "</fonts>", "<font/>" * 1_300_000 + "</fonts>"),
    ],
)
def test_a_spreadsheet_that_would_fill_the_memory_is_refused(part, place, more):
    book = zipfile.ZipFile(xlsx_file(HEADINGS, row())).read(part).decode()
    bloated = broken_xlsx(part, book.replace(place, place + more if place == "<sheetData>" else more).encode())
    book = more = None
    tracemalloc.start()
    with pytest.raises(Unreadable, match="far more than a roster"):
        check(bloated, "xlsx")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 90_000_000


@pytest.mark.parametrize("number", ["300000000", "1048577", "99999999999999999999", "1", "0", "-1"])
def test_a_row_that_no_spreadsheet_can_have_is_refused_at_once(number):
    sheet = zipfile.ZipFile(xlsx_file(HEADINGS, row())).read("xl/worksheets/sheet1.xml").decode()
    with pytest.raises(Unreadable, match="Save it again"):
        check(broken_xlsx("xl/worksheets/sheet1.xml", sheet.replace('<row r="2"', f'<row r="{number}"').encode()), "xlsx")


def test_rows_that_are_left_out_take_no_time():
    sheet = zipfile.ZipFile(xlsx_file(HEADINGS, row())).read("xl/worksheets/sheet1.xml").decode()
    sheet = sheet.replace('<row r="2"', '<row r="1048576"')
    (last,) = check(broken_xlsx("xl/worksheets/sheet1.xml", sheet.encode()), "xlsx")
    assert last.number == 1_048_576 and last.values == EXAMPLE


def test_a_file_of_empty_rows_is_refused():
    with pytest.raises(Unreadable, match="far more than a roster"):
        check(io.BytesIO(csv_file(HEADINGS, row()).getvalue() + b"\n" * 20_001))


def test_memory_does_not_grow_with_the_rows():
    def peak(number: int) -> int:
        file = xlsx_file(HEADINGS, *(row(npi=with_check_digit(f"1{place:08}")) for place in range(number)))
        tracemalloc.start()
        for _checked in checked_rows(rows_of(file, "xlsx")):
            pass
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(10)
    # What is kept of a row is who stood where, and what the book shares among its cells.
    assert peak(2_000) - peak(200) < 1_800 * 1_500


def test_the_template_passes_its_own_check():
    file = io.BytesIO()
    write_template(file)
    book = openpyxl.load_workbook(file)
    assert [cell.value for cell in book["Roster"][1]] == HEADINGS
    assert check(csv_file(HEADINGS, [cell.value for cell in book["Example"][2]]))[0].faults == []


def test_the_file_that_comes_back_names_the_faults_and_runs_nothing():
    rows = check(csv_file(HEADINGS, row(), row(last_name='=cmd|" /C calc"!A0', npi="1")))
    file = io.BytesIO()
    write_with_faults(file, HEADINGS, rows, "Faults")
    sheet = openpyxl.load_workbook(file)["Roster"]
    assert sheet.cell(1, 14).value == "Faults" and sheet.cell(2, 14).value in (None, "")
    assert "NPI: This is not a valid NPI" in sheet.cell(3, 14).value
    assert (sheet.cell(3, 1).value, sheet.cell(3, 1).data_type) == ('=cmd|" /C calc"!A0', "s")
    assert b"<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
    again = check(io.BytesIO(file.getvalue()), "xlsx")
    assert [fault.code for fault in again[1].faults] == [fault.code for fault in rows[1].faults]
