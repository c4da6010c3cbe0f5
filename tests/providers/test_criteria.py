"""Which of the financial criteria a group's figures meet."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from providers.application.criteria import RULES, assess

GOOD = {
    "current_assets": Decimal(200),
    "current_liabilities": Decimal(100),
    "tangible_net_equity": Decimal(1),
    "ibnr_documented": True,
    "cash": Decimal(75),
    "unpaid_claims": Decimal(100),
    "claims_in_time": Decimal(95),
}


def met(**changed) -> list[bool | None]:
    return [criterion.is_met for criterion in assess(GOOD | changed)]


def test_the_least_figures_that_meet_all_criteria():
    assert met() == [True] * 5


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"current_liabilities": Decimal(200)}, 0),
        ({"tangible_net_equity": Decimal(0)}, 1),
        ({"ibnr_documented": False}, 2),
        ({"cash": Decimal("74.99")}, 3),
        ({"claims_in_time": Decimal("94.99")}, 4),
    ],
)
def test_each_criterion_fails_just_below_its_threshold(changed, place):
    assert met(**changed) == [number != place for number in range(5)]


def test_what_is_not_filled_in_is_neither_met_nor_failed():
    assert [criterion.is_met for criterion in assess({})] == [None] * 5


def test_words_and_check_are_made_of_the_same_number(monkeypatch):
    stricter = replace(RULES["cash_to_claims"], least=Decimal("0.8"))
    monkeypatch.setitem(RULES, "cash_to_claims", stricter)
    found = assess(GOOD)[3]
    assert found.is_met is False and found.rule.threshold == "at least 0.8"
    with override("es"):
        assert found.rule.threshold == "al menos 0.8"


def test_a_group_without_unpaid_claims_has_cash_enough():
    assert met(unpaid_claims=Decimal(0), cash=Decimal(0))[3] is True
