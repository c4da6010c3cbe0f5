"""Pages in large print: what rules.py asks of a page and does not lie in the frame that they do without."""

import pytest

from lacare_site import languages
from tests.crawl import rules
from tests.crawl.html import Page
from tests.crawl.paths import ONE_OF_EACH_TYPE, PATHS, WITH_A_FORM

RULES = (
    rules.one_heading_of_the_first_level,
    rules.headings_skip_no_level,
    rules.language_and_direction,
    rules.english_is_marked,
    rules.everything_has_a_name,
    rules.no_name_with_two_targets,
    rules.links_that_leave_say_so,
    rules.ids_are_unique_and_found,
    rules.no_code_in_the_page,
    rules.nothing_invisible,
    rules.a_line_to_call_with_its_tty,
)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_large_print_of_each_type_and_of_each_page_with_a_form(site, code):
    found = []
    for path in (*ONE_OF_EACH_TYPE.values(), *WITH_A_FORM):
        address = "" if code == "en" else f"/{code}"
        address += "/large-print" + ("" if path == "/" else path)
        answer = site.get(address)
        assert answer.status == 200, address
        page = Page(address, languages.get(code), 200, answer.text)
        with rules.translation.override(code):
            found += [f"{address}: {rule.__name__}: {fault}" for rule in RULES for fault in rule(page)]
    assert not found, "\n".join(found)


def test_what_there_is_for_each_page_answers_for_each_type(crawler):
    ways = [target for path in ONE_OF_EACH_TYPE.values() for _node, target in crawler.page(path).links(".footer__page a")]
    assert len(set(ways)) == 4 * len(ONE_OF_EACH_TYPE)
    assert not [target for target in ways if crawler.site.get(target).status != 200]


def test_every_page_but_that_of_reporters_leads_to_its_copies(crawler):
    without = []
    for path in PATHS:
        targets = {target for _node, target in crawler.page(path).links(".footer__page a")}
        below = "" if path == "/" else path
        if not {f"/large-print{below}", f"/plain-text{below}"} <= targets:
            without.append(path)
    assert without == ["/compliance/report"]
