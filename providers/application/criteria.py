"""The financial criteria for risk-bearing organizations, as dated data, and which of them a group's figures meet.

Source: 28 CCR 1300.75.4.2. `CONFIRMED_ON` is empty until somebody of the plan has compared the thresholds with the regulation in force;
the application says so as long as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

SOURCE = "28 CCR 1300.75.4.2"
AS_OF = date(2026, 11, 21)
CONFIRMED_ON: date | None = None
LEAST_CASH_TO_CLAIMS = Decimal("0.75")
LEAST_CLAIMS_IN_TIME = Decimal("95")  # percent


@dataclass(frozen=True)
class Criterion:
    """`is_met` is None while a figure is missing."""

    label: str
    figure: Decimal | bool | None
    threshold: str
    is_met: bool | None


def assess(figures: Mapping[str, Decimal | bool | None]) -> list[Criterion]:
    """The five criteria for what the finance step gives: amounts in US dollars, claims in time in percent."""
    assets, liabilities = figures.get("current_assets"), figures.get("current_liabilities")
    working_capital = None if assets is None or liabilities is None else assets - liabilities
    cash, claims = figures.get("cash"), figures.get("unpaid_claims")
    ratio = None if cash is None or not claims else (cash / claims).quantize(Decimal("0.01"))
    # Whoever owes no claims has enough cash for them.
    has_cash = True if claims == 0 and cash is not None else None if ratio is None else cash >= LEAST_CASH_TO_CLAIMS * claims
    net_equity, in_time = figures.get("tangible_net_equity"), figures.get("claims_in_time")
    ibnr = figures.get("ibnr_documented")
    return [
        Criterion(_("Working capital"), working_capital, _("more than 0"), _above(working_capital)),
        Criterion(_("Tangible net equity"), net_equity, _("more than 0"), _above(net_equity)),
        Criterion(
            _("Claims incurred but not reported (IBNR): estimated each month by a documented method"), ibnr, _("yes"), ibnr
        ),
        Criterion(_("Cash to claims"), ratio, _("at least 0.75"), has_cash),
        Criterion(
            _("Claims paid or contested in time, in percent"),
            in_time,
            _("at least 95"),
            None if in_time is None else in_time >= LEAST_CLAIMS_IN_TIME,
        ),
    ]


def _above(amount: Decimal | None) -> bool | None:
    return None if amount is None else amount > 0
