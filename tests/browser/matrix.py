"""In which languages, widths and colours pages are looked at: a sample in every run, the whole in the audit."""

from itertools import product

import pytest

from lacare_site import addresses, languages
from tests.crawl.paths import ONE_OF_EACH_TYPE

# One language of each kind: left to right, right to left in two alphabets' ways, and the script with the tallest letters.
LANGUAGES = ("en", "ar", "fa", "km")
OTHER_LANGUAGES = tuple(code for code in languages.BY_CODE if code not in LANGUAGES)
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
TEXT_SIZES = (100, 125, 150, 200)

ALL = (*ONE_OF_EACH_TYPE.values(), "/search?q=medi-cal", "/no-such-page")
FEW = ("/", "/health-plans/medi-cal", "/privacy", "/search?q=medi-cal")
ONE = ("/health-plans/medi-cal",)

# (language, width, colour scheme): which pages of these are looked at in every run
SAMPLE = {("en", 320, "light"): ALL, ("ar", 1280, "dark"): FEW, ("ko", 320, "light"): ONE}
WHOLE = dict.fromkeys(product(LANGUAGES, WIDTHS, SCHEMES), ALL) | {
    (code, width, scheme): FEW for code in OTHER_LANGUAGES for width, scheme in ((320, "light"), (1280, "dark"))
}


def looks() -> list:
    """Parameters language, width, scheme, paths; what is not in the sample is marked as audit."""
    more = [
        pytest.param(*look, paths, id=f"{'-'.join(map(str, look))}-all", marks=pytest.mark.audit)
        for look, paths in WHOLE.items()
        if SAMPLE.get(look) != paths
    ]
    return [pytest.param(*look, paths, id="-".join(map(str, look))) for look, paths in SAMPLE.items()] + more


def in_language(path: str, code: str) -> str:
    path, query, rest = path.partition("?")
    return (addresses.in_language(path, code) or "/") + query + rest


def go(page, address: str) -> None:
    """A page that answers 404 is an error in the browser's console, which the test expects."""
    page.watch.expected.append("404 (Not Found)")
    page.goto(address)
