"""The product lines of the plan, by the keys that pages, notices and telephone lines name them with."""

from lacare_site.organisation import ORGANISATION


def plan_choices() -> list[tuple[str, str]]:
    # A function, so that the migrations hold no names.
    return list(ORGANISATION.plans)
