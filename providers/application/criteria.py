"""The financial criteria for risk-bearing organizations, as dated data, and which of them a group's figures meet.

`confirmed_on` of a rule is empty until somebody of the plan has compared it with the regulation in force; the application and the desk
say so as long as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SOLVENCY = "28 CCR 1300.75.4.2"


@dataclass(frozen=True)
class Rule:
    """One criterion as it was read in `source` on the day `as_of`: the least figure that meets it, or that which is to be exceeded; a
    question where there is neither."""

    label: str
    least: Decimal | None = None
    more_than: Decimal | None = None
    source: str = SOLVENCY
    as_of: date = date(2026, 11, 21)
    confirmed_on: date | None = None

    @property
    def threshold(self) -> str:
        """In words of the active language."""
        if self.least is not None:
            return gettext("at least %(number)s") % {"number": self.least}
        return gettext("yes") if self.more_than is None else gettext("more than %(number)s") % {"number": self.more_than}

    def is_met(self, figure: Decimal | bool) -> bool:
        if self.least is not None:
            return figure >= self.least
        return bool(figure) if self.more_than is None else figure > self.more_than


RULES = {
    "working_capital": Rule(_("Working capital"), more_than=Decimal(0)),
    "tangible_net_equity": Rule(_("Tangible net equity"), more_than=Decimal(0)),
    "ibnr_documented": Rule(_("Claims incurred but not reported (IBNR): estimated each month by a documented method")),
    # What counts as cash, and as a claim: 28 CCR 1300.75.4(f).
    "cash_to_claims": Rule(_("Cash to claims"), least=Decimal("0.75")),
    "claims_in_time": Rule(_("Claims paid or contested in time, in percent"), least=Decimal(95)),
}
SOURCES = ", ".join(sorted({rule.source for rule in RULES.values()}))
ARE_CONFIRMED = all(rule.confirmed_on for rule in RULES.values())


@dataclass(frozen=True)
class Criterion:
    """`is_met` is None while a figure is missing."""

    rule: Rule
    is_met: bool | None


def assess(figures: Mapping[str, Decimal | bool | None]) -> list[Criterion]:
    """The criteria for what the finance step gives: amounts in US dollars, claims in time in percent."""
    assets, liabilities = figures.get("current_assets"), figures.get("current_liabilities")
    cash, claims = figures.get("cash"), figures.get("unpaid_claims")
    # Whoever owes no claims has enough cash for them.
    ratio = None if cash is None or claims is None else cash / claims if claims else Decimal("Infinity")
    known = figures | {
        "working_capital": None if assets is None or liabilities is None else assets - liabilities,
        "cash_to_claims": ratio,
    }
    return [Criterion(rule, None if (figure := known.get(key)) is None else rule.is_met(figure)) for key, rule in RULES.items()]
