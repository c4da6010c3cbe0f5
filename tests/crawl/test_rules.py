"""The rules of the crawl find what they are for: a fault planted in a good page is named."""

import pytest

from lacare_site import languages
from tests.crawl.html import Page
from tests.crawl.rules import RULES, faults

PATH = "/members/getting-care/urgent-care"
MAIN = '<main id="main" tabindex="-1">'
ZERO_WIDTH = "\u200b"

PLANTED = [
    ("one_heading_of_the_first_level", "</main>", "<h1>Another</h1></main>"),
    ("headings_skip_no_level", "</h1>", "</h1><h4>Deep</h4>"),
    ("title_and_description", 'name="description"', 'name="descriptions"'),
    ("language_and_direction", '<html lang="en"', '<html lang="es"'),
    ("language_and_direction", MAIN, f'{MAIN}<p lang="ar" dir="ltr">x</p>'),
    ("language_and_direction", MAIN, f'{MAIN}<p lang="zh-TW">x</p>'),
    ("address_and_alternates", 'rel="canonical" href="http://127.0.0.1:8000/', 'rel="canonical" href="http://127.0.0.1:8000/x/'),
    ("a_stamp_says_how_old_the_page_is", 'class="page-stamp"', 'class="stamp"'),
    ("breadcrumbs_lead_up", 'href="/members/getting-care"', 'href="/members/vision"'),
    ("everything_has_a_name", MAIN, f'{MAIN}<a href="/privacy"></a>'),
    ("everything_has_a_name", MAIN, f'{MAIN}<a href="/privacy"><span aria-hidden="true">Privacy</span></a>'),
    ("everything_has_a_name", MAIN, f'{MAIN}<button aria-hidden="true"></button>'),
    ("everything_has_a_name", MAIN, f'{MAIN}<img src="/x.png">'),
    ("everything_has_a_name", MAIN, f"{MAIN}<input>"),
    ("no_name_with_two_targets", MAIN, f'{MAIN}<a href="/agents">Terms &amp; <span>conditions</span></a>'),
    ("regions_have_names_of_their_own", MAIN, f'{MAIN}<nav aria-label="Breadcrumbs"></nav>'),
    ("links_that_leave_say_so", MAIN, f'{MAIN}<a href="https://elsewhere.org/">Elsewhere</a>'),
    ("links_that_leave_say_so", MAIN, f'{MAIN}<a href="/privacy" target="_blank">Here</a>'),
    ("ids_are_unique_and_found", MAIN, f'{MAIN}<p id="main"></p>'),
    ("ids_are_unique_and_found", MAIN, f'{MAIN}<p aria-labelledby="nobody"></p>'),
    ("no_code_in_the_page", MAIN, f'{MAIN}<a href="JavaScript:void(0)">A</a>'),
    ("no_code_in_the_page", MAIN, f'{MAIN}<p style="color: red">A</p>'),
    ("no_code_in_the_page", MAIN, f'{MAIN}<p onclick="a()">A</p>'),
    ("no_code_in_the_page", MAIN, f"{MAIN}<script>a()</script>"),
    ("nothing_invisible", MAIN, f"{MAIN}A{ZERO_WIDTH}B"),
    ("nothing_invisible", MAIN, f'{MAIN}<a href="mailto:a{ZERO_WIDTH}@b.org">a@b.org</a>'),
    ("the_menu_is_sent_once", MAIN, f'{MAIN}<nav id="menu"></nav>'),
    ("the_year_is_this_year", "© 2000–20", "© 2000–19"),
    ("a_line_to_call_with_its_tty", "tel:", "fax:"),
    ("a_line_to_call_with_its_tty", '<bdi dir="ltr">', "<bdi>"),
]


@pytest.fixture(scope="module")
def good(crawler) -> str:
    return crawler.page(PATH).body


def page(body: str, code: str = "en") -> Page:
    return Page(PATH, languages.get(code), 200, body)


def test_a_good_page_has_no_faults(good):
    assert faults(page(good)) == []


@pytest.mark.parametrize(("rule", "before", "after"), PLANTED)
def test_a_planted_fault_is_found(good, rule, before, after):
    assert before in good
    assert any(f": {rule}: " in fault for fault in faults(page(good.replace(before, after))))


def test_every_rule_has_a_planted_fault():
    assert {rule.__name__ for rule in RULES} - {rule for rule, _before, _after in PLANTED} == {"english_is_marked"}


@pytest.mark.parametrize("text", ["<p>Call your doctor.</p>", '<p lang="en" dir="ltr">اتصل بطبيبك</p>'])
def test_unmarked_languages_are_found(crawler, text):
    arabic = crawler.page(PATH, "ar").body
    planted = faults(page(arabic.replace("</main>", f"{text}</main>"), "ar"))
    assert len([fault for fault in planted if "english_is_marked" in fault]) == 1


def test_a_broken_link_is_found(crawler, good):
    links = '<a href="/no-such-page">A</a><a href="/privacy#nowhere">B</a><a href="/privacy/">C</a><img src="/static/none.png" alt="">'
    broken = crawler.broken_links([page(good.replace("</main>", f"{links}</main>"))])
    assert [line.partition(": ")[2] for line in broken] == [
        "/no-such-page: answers 404",
        "/privacy#nowhere: has no #nowhere",
        "/privacy/: answers 301",
        "/static/none.png: answers 404",
    ]
