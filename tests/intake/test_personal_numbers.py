"""What looks like a number of a person is refused; what providers write every day is not."""

import pytest
from django import forms
from django.utils import timezone
from django.utils.translation import override

from lacare_site.intake import personal_numbers

LAST_YEAR, THIS_YEAR = timezone.localdate().year - 1, timezone.localdate().year

PERSONAL = {
    "social-security": [
        "My number is 123-45-6789.",
        "123 45 6789",
        "123.45.6789",
        "123–45–6789",
        "123456789",
        "SSN:123456789,",
        "912-70-1234",
        "١٢٣-٤٥-٦٧٨٩",
        "۱۲۳۴۵۶۷۸۹",
        "១២៣-៤៥-៦៧៨៩",
        "１２３－４５－６７８９",
        "12\u200b3-45-6789",
        "my SSN123-45-6789",
        "SSN-123-45-6789",
        "SSN 123 456 789",
        "SSN: 1 2 3 4 5 6 7 8 9",
        "Seguro Social núm. 123 456 789",
        "123-45-6789A",
        "123456789A",
        "(123)45-6789",
        "(123) 45-6789",
        "123,45,6789",
        "123·45·6789",
        "it is 1 2 3 4 5 6 7 8 9.",
    ],
    "member": [
        "member 91234567A",
        "91234567a",
        "91234567A01234",
        "1EG4-TE5-MK73",
        "1eg4te5mk73",
        "MBI 1EG4 TE5 MK73",
        "MBI1EG4TE5MK73",
        "٩١٢٣٤٥٦٧A",
        "9 1234567 A",
        "9 1 2 3 4 5 6 7 A",
        "member ID 12345678",
        "member number: 000123456",
        "Her member ID number is L12-345-678.",
        "número de miembro 12345678",
        "會員號碼：12345678",
        "номер участника 12345678",
    ],
    "birth-date": [
        "patient of 03/05/1961",
        "1961-03-05",
        "5.3.1961",
        "March 5, 1961",
        "5 Mar 1961",
        "5th of March 1961",
        f"my daughter, 1/2/{LAST_YEAR}",
        f"1/2/{THIS_YEAR - 11}",
        f"born July 1, {LAST_YEAR}",
        "02JAN1960",
        f"born on 1/2/{THIS_YEAR}",
        "DOB 03/05/61",
        "DOB 01031950",
        "DOB01031950",
        "DOB: 010350",
        "D.O.B. 19500103",
        "born 19500103",
        "Date of birth: 03 Jan 50",
        "03-Jan-1950",
        "nació el 3 de enero de 1950",
        "nació el 3 de enero de 50",
        "5 мая 1961 года",
        "ipinanganak noong ika-5 ng Marso 1961",
        "ngày 5 tháng 3 năm 1961",
        "ថ្ងៃទី៥ ខែមីនា ឆ្នាំ១៩៦១",
        "1961年3月5日",
        "1961년 3월 5일",
        "۱۹۶۱/۰۳/۰۵",
        "متولد ۱۳۴۰/۰۳/۰۵",
        "۵ خرداد ۱۳۴۰",
        "۵ خردادماه سال ۱۳۴۰",
        "born 61-3-5, 1340/3/5",
        "民國50年3月5日",
        "生日 50年3月5日",
    ],
}
HARMLESS = [
    "",
    "NPI 1234567893",
    "TIN 95-1234567",
    "TIN 951234567",
    "Call (213) 555-0100 or 213-555-0100, ext. 1234",
    "213.555.0100",
    "1055 W 7th St, Los Angeles, CA 90017-2577",
    f"We would like to start on 1/1/{THIS_YEAR + 1}.",
    f"from January 1, {THIS_YEAR + 1}",
    "since 2019, and 03/2018",
    "claim 20240001234567",
    "42 CFR 422.503(b)(4)(vi)",
    "about 1,200,000 members in 2024",
    "open 8-5, Monday to Friday",
    "000-12-3456",
    "123-00-4567",
    "1234567890123",
    "license A123456",
    "We file under the owner’s SSN; our tax number is 95-1234567.",
    "For questions on Social Security call 213-555-0100, ZIP 90017-2577.",
    "Social Security office, 90017-2577",
    "policy ABC123456789 up to $1,000,000",
    "$123,456,789 and $123 456 78",
    "birth center at 1055 W 7th St, Los Angeles, CA 90017-2577, NPI 1234567893, (213) 555-0100",
    "nacional 12 de 20",
    "1055 Marengo Ave, 2019 and 12 Decker 2010",
    "until May 2019",
    "1340/03/05",
    "民國50年",
    "contract 1340-12-5",
    f"our contract of July 1, {LAST_YEAR - 6}",
    f"effective 01/01/{LAST_YEAR - 5}",
    "member number (213) 555-0100, member services number 213-555-0100",
    "SPA 1 2 3 4 5 6 7 8, and 1 2 3 4 5 6 7 8 9 10",
    "1 213 555 0100 and 2 1 3 5 5 5 0 1 0 0",
    "member numbers 2019-2020",
    "we have member ID cards for 12,000 members",
    "claim 91234567 a copy of which",
    f"from 1 de enero de {THIS_YEAR + 1}",
    "Los Angeles, CA 90017\n123 W Olympic Blvd",
    "Los Angeles CA 90017\n350 S Hope St, or 90017 350A Hope St",
    "Form 990, 12/2025, and invoice 310, 11/2026",
    "150, 25, 1000 patients",
    "Suite 500, 12 1100 Wilshire",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in PERSONAL.items() for text in texts])
def test_a_number_of_a_person_is_found(kind, text):
    assert personal_numbers.found_in(text) == kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "nació el 5 de marzo de 1961"),
        ("ru", "5 марта 1961"),
        ("hy", "5 մարտի 1961"),
        ("vi", "5 Tháng ba 1961"),
        ("ar", "٥ مارس ١٩٦١"),
        ("tl", "Marso 5, 1961"),
    ],
)
def test_a_date_of_birth_is_found_in_the_language_of_the_page(language, text):
    with override(language):
        assert personal_numbers.found_in(text) == "birth-date"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_providers_write_passes(text):
    assert personal_numbers.found_in(text) is None


def test_a_long_text_is_read_quickly():
    assert personal_numbers.found_in("1-" * 20_000 + "9" * 20_000 + " 1/1/" * 10_000) is None
    for piece in ("1 ", "9 ", "member id ", "member no ,", "12,34,", "ssn ", "01jan", "1 \u00b7", "số hội "):
        assert personal_numbers.found_in(piece * 10_000) is None
    assert not personal_numbers.is_named_in(
        "member id" + " " * 10_000 + "of birth" + " " * 10_000 + "weight" + " birth" * 10_000 + "s"
    )


@pytest.mark.parametrize(
    "heading",
    [
        *("Births per year", "Birth control services", "Birth weight unit", "Member ID cards accepted", "Max patient number"),
        *("Patient number capacity", "Total member number"),
    ],
)
def test_a_column_that_counts_births_or_patients_is_kept(heading):
    assert not personal_numbers.is_named_in(heading)


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Birth",
            "Date of birth of the patient",
            "Birth date (MM/DD/YYYY)",
            "Birthdate",
            "birth mm/dd/yy",
            "Place of birth",
            "DOB of child",
        ),
        *(
            "Member ID",
            "Member ID number:",
            "Member ID (CIN)",
            "Patient number",
            "Patient no.",
            "Member number 2",
            "fecha de nacimiento",
        ),
        *("會員號碼（必填）", "SSN of the owner", "date_of_birth", "member_id"),
    ],
)
def test_a_column_that_asks_for_a_number_of_a_person_is_known(heading):
    assert personal_numbers.is_named_in(heading)


class Letter(forms.Form):
    text = forms.CharField()
    email = forms.EmailField()
    code = forms.RegexField(r"\d+")
    licence = forms.RegexField(r"\w+")


class GroupNumberField(forms.CharField):
    names_nobody = True


class WithGroup(Letter):
    number = GroupNumberField()


def test_every_field_of_text_is_looked_through_and_what_was_typed_stays():
    typed = {"text": "I am 123-45-6789", "email": "123-45-6789@example.org", "code": "123456789", "licence": "91234567A"}
    form = WithGroup(typed | {"number": "123456789"})
    assert form.is_valid()
    assert personal_numbers.refuse_in(form) == ["text", "email", "code", "licence"]
    assert "Social Security" in form.errors["text"][0]
    assert "123-45-6789" in str(form["text"])


@pytest.mark.parametrize("address", ["123456789@example.org", "213.555.0100@example.org", "maria1961@example.org"])
def test_an_address_of_mail_may_be_a_number(address):
    form = Letter({"text": "Hello", "email": address, "code": "1", "licence": "A1"})
    assert form.is_valid() and personal_numbers.refuse_in(form) == []
