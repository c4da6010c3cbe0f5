"""What the steps of the application take and refuse."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lacare_site.intake import personal_numbers
from providers.application.forms.business import ServiceArea
from providers.application.forms.clinicians import Clinicians
from providers.application.forms.delegation import Delegation
from providers.application.forms.finances import Finances
from providers.application.forms.insurance import Policy
from providers.application.forms.organisation import Organisation

ORGANISATION = {
    "legal_name": "Example Medical Group",
    "entity_type": "ipa",
    "tax_status": "for-profit",
    "tax_number": "123456789",
    "npi": "1234567893",
    "street": "1 Example Street",
    "city": "Los Angeles",
    "zip_code": "90017",
    "phone": "(213) 555-0100 ext. 4",
}


def wrong(form) -> set[str]:
    return set(form.errors)


def test_an_organisation():
    form = Organisation(ORGANISATION)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["tax_number"] == "12-3456789"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("npi", "1234567890"),
        ("tax_number", "12-345678"),
        ("tax_number", "00-0000000"),
        ("phone", "call me"),
        ("phone", "123-45-6789"),
        ("phone", "(((((((((("),
        ("phone", "91234567A01234"),
        ("phone", "SSN 123-45-6789 0"),
        ("phone", "DOB 03/05/1961 12"),
        ("zip_code", "9001"),
        ("zip_code", "90017 of 123-45-6789"),
        ("zip_code", "123456789"),
        ("entity_type", "x"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(field, value):
    assert wrong(Organisation(ORGANISATION | {field: value})) == {field}


@pytest.mark.parametrize(
    "value",
    [
        "2135550100",
        "+1 213.555.0100",
        "(213) 555–0100, Ext. 12",
        "213-555-0100x4",
        "\u202a213-555-0100\u202c",
        "+44 20 7946 0958",
        "٢١٣٥٥٥٠١٠٠",
    ],
)
def test_a_telephone_number_is_taken_however_it_is_written(value):
    form = Organisation(ORGANISATION | {"phone": value})
    assert form.is_valid() and personal_numbers.refuse_in(form) == []


def test_a_service_area():
    form = ServiceArea({"whole_county": "no", "zip_codes": "90017, 90001\n90017"})
    assert form.is_valid() and form.cleaned_data["zip_codes"] == ["90001", "90017"]
    assert ServiceArea({"whole_county": "yes"}).is_valid()
    assert wrong(ServiceArea({"whole_county": "no"})) == {"zip_codes"}
    assert "92618" in str(ServiceArea({"whole_county": "no", "zip_codes": "90017 92618"}).errors)
    assert wrong(ServiceArea({})) == {"whole_county"}


def test_clinicians():
    data = {"primary_care": "0", "specialists": "2", "languages": "EN es,hy en", "accessible_share": "80.5"}
    form = Clinicians(data)
    assert form.is_valid() and form.cleaned_data["languages"] == "en, es, hy"
    assert wrong(Clinicians(data | {"specialists": "0"})) == {"primary_care"}
    assert wrong(Clinicians(data | {"languages": "en, english"})) == {"languages"}
    assert wrong(Clinicians(data | {"languages": ", ;"})) == {"languages"}
    assert wrong(Clinicians(data | {"accessible_share": "101"})) == {"accessible_share"}


def test_an_accreditation_says_what_it_is_for():
    assert Delegation({}).is_valid()
    assert wrong(Delegation({"accreditation": ["ncqa"]})) == {"accreditation_details"}
    dated = Delegation({"accreditation_details": "effective 01/15/2024, until 01/14/2027"})
    assert dated.is_valid() and personal_numbers.refuse_in(dated) == []
    for text in ("born 01/15/1964", "123-45-6789"):
        refused = Delegation({"accreditation_details": text})
        assert refused.is_valid() and personal_numbers.refuse_in(refused) == ["accreditation_details"]


def test_figures_are_of_the_past_and_insurance_of_the_future():
    today = timezone.localdate()
    later, earlier = (today + timedelta(days=1)).isoformat(), (today - timedelta(days=1)).isoformat()
    assert "period_end" in wrong(Finances({"period_end": later})) and "period_end" not in wrong(Finances({"period_end": earlier}))
    assert "expires_on" in wrong(Policy({"expires_on": earlier})) and "expires_on" not in wrong(Policy({"expires_on": later}))
    for long_ago, far_away in (("0001-01-01", "9999-12-31"), ("1926-06-30", "2126-06-30")):
        assert "period_end" in wrong(Finances({"period_end": long_ago})) and "expires_on" in wrong(
            Policy({"expires_on": far_away})
        )


def test_figures_that_contradict_each_other_are_not_taken():
    assert "ibnr" in wrong(Finances({"ibnr": "101", "unpaid_claims": "100"}))
    assert not {"ibnr", "unpaid_claims"} & wrong(Finances({"ibnr": "100", "unpaid_claims": "100"}))
    assert {"each_claim", "in_all"} <= wrong(Policy({"each_claim": "0", "in_all": "0"}))
    assert "each_claim" in wrong(Policy({"each_claim": "3000000", "in_all": "1000000"}))
    assert not {"each_claim", "in_all"} & wrong(Policy({"each_claim": "1000000", "in_all": "1000000"}))


@pytest.mark.parametrize("limits", [{}, {"each_claim": "0", "in_all": "0"}, {"each_claim": "1000000", "in_all": "500000"}])
def test_workers_compensation_has_the_limits_that_the_law_says(limits):
    assert not {"each_claim", "in_all"} & wrong(Policy({"kind": "workers"} | limits))
    assert {"each_claim", "in_all"} & wrong(Policy({"kind": "general"} | limits))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1,000", 1000), ("$1000", 1000), ("$ 1,234,567.50", 1234567.5), ("-$2,000", -2000), ("1,00", None), ("1.000,5", None)],
)
def test_an_amount_is_taken_as_people_write_it(typed, amount):
    form = Finances({"tangible_net_equity": typed})
    assert form.fields["tangible_net_equity"].widget.input_type == "text", "one for numbers would leave it out"
    assert ("tangible_net_equity" in wrong(form)) == (amount is None) and form.cleaned_data.get("tangible_net_equity") == amount
