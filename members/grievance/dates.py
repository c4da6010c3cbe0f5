"""By when the plan acts on a grievance: the rules in settings.GRIEVANCE_CLOCKS, counted in calendar time from its receipt."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from lacare_site.casework import business_days

ACKNOWLEDGE, DECIDE = "acknowledge", "decide"


@dataclass(frozen=True)
class Due:
    """`at` is the last moment; of a rule in days that is the end of a day. `is_checked` says whether somebody has read the law's text."""

    at: datetime
    is_day: bool
    is_checked: bool
    source: str


def due(step: str, received_at: datetime, plan: str, *, is_urgent: bool) -> Due | None:
    """By when that step (ACKNOWLEDGE, DECIDE) is due; None where no rule asks for it, as for acknowledging what is urgent."""
    rule = _rule(step, timezone.localdate(received_at), plan, is_urgent)
    if rule is None:
        return None
    if "hours" in rule:
        at = received_at + timedelta(hours=rule["hours"])
    else:
        at = business_days.end_of(timezone.localdate(received_at) + timedelta(days=rule["days"]))
    return Due(at, "days" in rule, rule["is_checked"], rule["source"])


def _rule(step: str, day: date, plan: str, is_urgent: bool) -> dict | None:
    """The newest rule that held on that day. One without plans holds for all that no other names."""
    fitting = [
        rule
        for rule in settings.GRIEVANCE_CLOCKS
        if (rule["step"], rule["is_urgent"]) == (step, is_urgent) and rule["since"] <= day and plan in (rule["plans"] or [plan])
    ]
    return max(fitting, key=lambda rule: (bool(rule["plans"]), rule["since"]), default=None)
