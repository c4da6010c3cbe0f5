"""All pages of the site map, in all languages: what rules.py asks of each, and every link."""

import re
from collections import Counter

import pytest

from lacare_site import languages
from tests.crawl.paths import ONE_OF_EACH_TYPE, PATHS
from tests.crawl.rules import faults

OTHERS = [code for code in languages.BY_CODE if code != "en"]
# Two languages whole, one in each direction; of the others the pages that have most in them.
SAMPLE = dict.fromkeys(OTHERS, ("/", "/health-plans/medi-cal", "/privacy")) | dict.fromkeys(
    ("es", "ar"), ONE_OF_EACH_TYPE.values()
)


def check(crawler, paths, code: str) -> None:
    pages = [crawler.page(path, code) for path in paths]
    assert not [f"{page.address}: {page.status}" for page in pages if page.status != 200]
    found = [fault for page in pages for fault in faults(page)]
    assert not found, "\n".join(found)
    broken = crawler.broken_links(pages)
    assert not broken, "\n".join(broken)
    if code != "en":  # which other tests read again; eleven languages would not fit into the memory of a small machine
        for page in pages:
            del crawler.pages[page.path, code]


def test_english_pages(crawler):
    check(crawler, PATHS, "en")


@pytest.mark.parametrize(("code", "paths"), SAMPLE.items(), ids=SAMPLE)
def test_some_pages_in_other_languages(crawler, code, paths):
    check(crawler, paths, code)


@pytest.mark.audit
@pytest.mark.parametrize("code", OTHERS)
def test_all_pages_in_other_languages(crawler, code):
    check(crawler, PATHS, code)


def test_titles_and_descriptions_are_each_pages_own(crawler):
    pages = [crawler.page(path) for path in PATHS]
    for selector, attribute in (("head title", None), ('head meta[name="description"]', "content")):
        texts = Counter(page.one(selector).attributes[attribute] if attribute else page.one(selector).text() for page in pages)
        assert not [text for text, count in texts.items() if count > 1]


def test_every_page_is_reached_by_links_from_the_home_page(crawler):
    seen, waiting = {"/"}, ["/"]
    while waiting:
        for _node, target in crawler.page(waiting.pop()).links():
            path = re.sub(r"[?#].*", "", target)
            if path in PATHS and path not in seen:
                seen.add(path)
                waiting.append(path)
    assert set(PATHS) - seen == set()
