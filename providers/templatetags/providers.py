"""What the desk's templates show of an application."""

from decimal import Decimal

from django import template
from django.utils.translation import override

from providers.application import criteria, steps

register = template.Library()
AMOUNTS = ("current_assets", "current_liabilities", "tangible_net_equity", "cash", "unpaid_claims", "claims_in_time")


@register.simple_tag
def application_answers(application) -> list:
    """What was answered, by step, in English."""
    with override("en"):
        return steps.answers(application.values)


@register.simple_tag
def application_criteria(application) -> list[criteria.Criterion]:
    kept = application.values["finances"]
    figures = {name: Decimal(kept[name]) for name in AMOUNTS}
    return criteria.assess(figures | {"ibnr_documented": kept["ibnr_documented"]})
