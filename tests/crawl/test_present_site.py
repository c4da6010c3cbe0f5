"""The faults of the site that this one replaces: each must not come back."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from django.utils import timezone

from lacare_site import languages
from pages.documents import selectors as documents
from tests.crawl.html import Page, squeezed
from tests.crawl.paths import ONE_OF_EACH_TYPE, PATHS
from tests.crawl.rules import INVISIBLE, MAILTO

SAMPLE = tuple(ONE_OF_EACH_TYPE.values())
HELPLINE = "tel:+18004004889"
MEMBERS = re.compile(r"([\d.,]+ million|[\d,]{7,}) (?:\w+ ){0,3}(?:members|people)", re.IGNORECASE)


@pytest.fixture
def sample(crawler) -> list[Page]:
    return [crawler.page(path) for path in SAMPLE]


def test_the_menu_is_sent_once(sample):
    for page in sample:
        assert len(page.all("nav#menu")) == 1
        assert len(page.all('nav a[href="/members/my-la-care-covered"]')) <= 2, "the menu's link, and perhaps the page's own list"


def test_no_link_is_without_text(sample):
    assert not [node.html for page in sample for node, _target in page.links() if not page.name(node)]


def test_text_size_is_no_javascript_link(sample):
    for page in sample:
        assert "javascript:" not in page.body.lower()
        assert len(page.all('form[method="post"] button[name="size"]')) == 3


def mail_addresses(page: Page) -> list[str]:
    return [target for _node, target in page.links('a[href^="mailto:" i]')]


def with_a_hidden_character(addresses: list[str]) -> list[str]:
    return [address for address in addresses if INVISIBLE.search(unquote(address)) or not MAILTO.fullmatch(address)]


def test_no_mail_address_hides_a_character(crawler):
    addresses = {path: found for path in PATHS if (found := mail_addresses(crawler.page(path)))}
    assert {"/about/contact-us", "/privacy", "/terms-and-conditions"} <= set(addresses)
    assert not {path: bad for path, found in addresses.items() if (bad := with_a_hidden_character(found))}


@pytest.mark.parametrize("hidden", ["\u200b", "%E2%80%8B", "&#8203;", "&shy;"])
def test_a_mail_address_with_a_hidden_character_is_found(crawler, hidden):
    good = crawler.page("/about/contact-us")
    planted = replace(good, body=good.body.replace('href="mailto:', f'href="mailto:{hidden}', 1))
    assert len(with_a_hidden_character(mail_addresses(planted))) == 1


def test_no_name_has_two_targets(sample):
    for page in sample:
        targets: dict[str, set[str]] = {}
        for node, target in page.links():
            targets.setdefault(page.name(node), set()).add(target)
        assert not {name: found for name, found in targets.items() if len(found) > 1}, page.path


def test_language_codes_in_file_names_are_right(crawler, site, db):
    series = {document.language: document for document in documents.current_of_series("notice-of-privacy-practices")}
    assert set(series) == set(languages.BY_CODE)
    for code, document in series.items():
        assert document.url.endswith(f"-{code}.pdf"), document.url
    listed = {
        node.attributes["lang"].lower(): target
        for node, target in crawler.page("/privacy").links("a[hreflang][href*='/documents/']")
    }
    assert listed == {code: document.url for code, document in series.items()}


@pytest.mark.parametrize(
    ("old", "code"), [("ar", "hy"), ("ab", "ar"), ("sp", "es"), ("kh", "km"), ("ta", "tl"), ("ch", "zh-hant")]
)
def test_old_file_names_lead_to_the_language_that_was_meant(site, old, code):
    target = f"/sites/default/files/la0875_nopp_{old}_202405_0.pdf"
    for _ in range(3):
        answer = site.get(target)
        if answer.status == 200:
            break
        target = answer.headers["Location"]
    assert answer.headers.get_content_type() == "application/pdf"
    assert target.endswith(f"-{code}.pdf")


def test_the_copyright_year_is_this_year(sample):
    for page in sample:
        assert f"© 2000–{timezone.localdate().year}" in page.text


@pytest.mark.django_db
def test_the_copyright_year_goes_on(client, monkeypatch):
    """At half past four on new year's morning in London it is still the old year in Los Angeles."""
    for moment, year in ((datetime(2031, 1, 1, 4, 30, tzinfo=UTC), 2030), (datetime(2031, 1, 1, 8, 1, tzinfo=UTC), 2031)):
        clock = type("Clock", (datetime,), {"now": classmethod(lambda cls, tz=None, moment=moment: moment.astimezone(tz))})
        monkeypatch.setattr("django.template.defaulttags.datetime", clock)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert f"© 2000–{year} " in client.get("/search").text


def test_nothing_holds_at_this_time_without_a_date(crawler):
    undated = re.compile(r"\bat (this|the present) time\b|\bat present\b", re.IGNORECASE)
    assert not [path for path in PATHS if undated.search(crawler.page(path).text)]


def test_there_is_one_number_of_members(crawler):
    """Where a page tells of an earlier year, it names that year in the same sentence."""
    counts = {}
    for path in PATHS:
        for sentence in re.split(r"(?<=[.!?])\s", squeezed(crawler.page(path).one("main").text(separator=" "))):
            if "L.A. Care" in sentence or " we " in f" {sentence.lower()}" or " our " in f" {sentence.lower()}":
                for count in MEMBERS.findall(sentence):
                    if not re.search(r"\b(19|20)\d\d\b", sentence):
                        counts.setdefault(count, []).append(path)
    assert set(counts) == {"2.9 million"}, counts


def test_the_helpline_is_found_on_the_web_too(crawler):
    """Where the helpline's number stands, a link leads to the page that says how else to report."""
    for path in PATHS:
        page = crawler.page(path)
        if page.all(f'main .columns__main a[href="{HELPLINE}"]') and path != "/compliance/report":
            assert "/compliance/report" in [target for _node, target in page.links("main a[href]")], path
    assert crawler.page("/compliance/report").status == 200
