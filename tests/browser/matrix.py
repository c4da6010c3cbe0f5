"""In which languages, widths and colours pages are looked at: a sample in every run, the whole in the audit."""

from itertools import product

import pytest

from lacare_site import addresses
from tests.crawl.paths import ONE_OF_EACH_TYPE

LANGUAGES = ("en", "ar", "fa", "km")
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
TEXT_SIZES = (100, 125, 150, 200)

ALL = (*ONE_OF_EACH_TYPE.values(), "/search?q=medi-cal", "/no-such-page")
FEW = ("/", "/health-plans/medi-cal", "/privacy", "/search?q=medi-cal")

# (language, width, colour scheme): which pages of these are looked at in every run
SAMPLE = {("en", 320, "light"): ALL, ("ar", 1280, "dark"): FEW}


def looks() -> list:
    """Parameters language, width, scheme, paths; what is not in the sample is marked as audit."""
    whole = [
        pytest.param(*look, ALL, id=f"{'-'.join(map(str, look))}-all", marks=pytest.mark.audit)
        for look in product(LANGUAGES, WIDTHS, SCHEMES)
        if SAMPLE.get(look) != ALL
    ]
    return [pytest.param(*look, paths, id="-".join(map(str, look))) for look, paths in SAMPLE.items()] + whole


def in_language(path: str, code: str) -> str:
    path, query, rest = path.partition("?")
    return (addresses.in_language(path, code) or "/") + query + rest


def go(page, address: str) -> None:
    """A page that answers 404 is an error in the browser's console, which the test expects."""
    page.watch.expected.append("404 (Not Found)")
    page.goto(address)
