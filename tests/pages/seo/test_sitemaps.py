"""The site map: every published page once, with its languages, in parts, with few queries."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from wagtail.models import Site

from pages.models import FolderPage, SitePage
from pages.seo import sitemaps
from tests.pages import tree

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client, address: str):
    response = client.get(address.removeprefix("http://127.0.0.1:8000"))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(response.content)  # noqa: S314  (our own)


def parts(client) -> list[str]:
    return [element.text for element in read(client, "/sitemap.xml").iterfind("s:sitemap/s:loc", NAMES)]


def entries(client) -> dict[str, dict[str, str]]:
    """Each address of all parts, with its alternates by language."""
    found = [entry for part in parts(client) for entry in read(client, part).iterfind("s:url", NAMES)]
    listed = {
        entry.find("s:loc", NAMES).text: {link.get("hreflang"): link.get("href") for link in entry.iterfind("x:link", NAMES)}
        for entry in found
    }
    assert len(found) == len(listed)
    return listed


def test_every_page_is_listed_and_answers(client):
    listed = entries(client)
    english = {address.removeprefix("http://127.0.0.1:8000") for address, links in listed.items() if links["en"] == address}
    live = SitePage.objects.live().not_exact_type(FolderPage)
    assert len(english) == live.count() > 100
    for address in sorted(english)[::20]:
        assert client.get(address).status_code == 200


def test_a_page_is_listed_in_each_language_that_it_stands_in(client):
    address = "http://127.0.0.1:8000{}/members/id-card".format
    tree.publish(tree.page("/members/id-card"), heading_es="Tarjeta", heading_zh_hant="卡", heading_ko="")
    listed = entries(client)
    wanted = listed[address("")]
    assert {"en", "es", "zh-Hant", "x-default"} <= wanted.keys() and "ko" not in wanted
    assert (wanted["x-default"], wanted["zh-Hant"]) == (address(""), address("/zh-hant"))
    assert listed[address("/es")] == listed[address("/zh-hant")] == wanted
    assert address("/ko") not in listed


@pytest.mark.parametrize("shows_unreviewed", [False, True])
def test_a_withheld_translation_is_not_listed_until_it_is_signed(client, settings, shows_unreviewed):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = shows_unreviewed
    page = tree.publish(tree.page("/members/id-card"), heading_es="Tarjeta", is_critical=True)
    english, spanish = (f"http://127.0.0.1:8000{prefix}/members/id-card" for prefix in ("", "/es"))

    def is_listed() -> tuple[bool, bool]:
        listed = entries(client)
        return spanish in listed, listed[english].get("es") == spanish

    assert is_listed() == (shows_unreviewed, shows_unreviewed)
    tree.sign(page, "es")
    assert is_listed() == (True, True)


def test_drafts_and_withdrawn_pages_are_not_listed(client):
    tree.add("/members", "a-draft", live=False)
    tree.page("/members/id-card").unpublish()
    listed = "".join(entries(client))
    assert "a-draft" not in listed and "/members/id-card" not in listed


def test_the_time_of_the_last_change(client):
    page = tree.publish(tree.page("/members/id-card"), lead_en="Changed.")
    (part,) = [part for part in parts(client) if part.endswith("/en-1.xml")]
    times = {
        entry.find("s:loc", NAMES).text: entry.find("s:lastmod", NAMES).text
        for entry in read(client, part).iterfind("s:url", NAMES)
    }
    assert datetime.fromisoformat(times["http://127.0.0.1:8000/members/id-card"]) == page.last_published_at
    latest = [element.text for element in read(client, "/sitemap.xml").iterfind("s:sitemap/s:lastmod", NAMES)]
    assert max(times.values()) in latest


def test_parts_are_bounded(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(sitemaps, "PAGES_A_PART", 50)
    with django_assert_max_num_queries(3):
        addresses = parts(client)
    assert sum("/en-" in address for address in addresses) == -(-SitePage.objects.live().not_exact_type(FolderPage).count() // 50)
    for address in addresses:
        with django_assert_max_num_queries(3):
            assert len(read(client, address).findall("s:url", NAMES)) <= 50
    assert len(entries(client)) > 100


@pytest.mark.parametrize("part", ["en-0", "en-99", "xx-1", "ko-99", "en-99999999999999999999"])
def test_other_parts_are_not_found(client, part):
    assert client.get(f"/sitemaps/{part}.xml").status_code == 404


def test_without_a_root_there_is_no_site_map(client):
    Site.objects.all().delete()
    try:
        assert client.get("/sitemap.xml").status_code == 404
    finally:
        Site.clear_site_root_paths_cache()  # it is not rolled back


def test_robots(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /preferences/", "Disallow: /search", "Disallow: /zh-hant/search"} <= set(lines)
    assert {"Disallow: /*was-this-page-right/", "Disallow: /*members/send-me-this-page/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"
