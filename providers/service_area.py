"""The ZIP codes of the county that the plan serves, from the package `zipcodes` (data of the US Postal Service)."""

import functools

import zipcodes

COUNTY, STATE = "Los Angeles County", "CA"


@functools.cache
def zip_codes() -> frozenset[str]:
    """All five-digit codes in use in the county."""
    return frozenset(entry["zip_code"] for entry in zipcodes.filter_by(county=COUNTY, state=STATE) if entry["active"])


def is_served(text: str) -> bool:
    """Whether a ZIP code, with or without its four further digits, lies in the county."""
    code, _, rest = text.partition("-")
    return code in zip_codes() and (not rest or (len(rest) == 4 and rest.isdecimal()))
