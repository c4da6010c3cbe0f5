"""What is not published is nowhere public, and what is taken off the site leaves no trace."""

import pytest

from pages import links
from pages.contacts import selectors as contacts
from pages.models import ContactLine, MenuSection, Notice
from pages.navigation import selectors as navigation
from tests.crawl.paths import ONE_OF_EACH_TYPE
from tests.pages.tree import add, page, publish, text

pytestmark = pytest.mark.django_db
MARK = "unpublished marmalade"
LOOKED_AT = (
    *ONE_OF_EACH_TYPE.values(),
    "/search?q=marmalade",
    "/es/search?q=marmalade",
    "/es",
    "/sitemap.xml",
    "/sitemaps/en-1.xml",
)


def answers_with(client, words: str) -> list[str]:
    return [address for address in LOOKED_AT if words in client.get(address).text]


def name_in_every_list(draft) -> None:
    """Related pages, cards, links in text, a menu and a notice name the page."""
    path = f'<a linktype="page" id="{draft.pk}">a link in the text</a>'
    card = {"heading": "Cards", "cards": [{"page": draft, "url": "", "title": "", "text": "", "icon": ""}]}
    member = page("/members/getting-care/urgent-care")
    publish(member, related=[("page", draft)], body_en=[*text(f"<p>{path}</p>"), ("cards", card)])
    section = MenuSection.objects.get(placement="footer", label_en="Member Resources")
    publish(section, content=[("link", {"page": draft, "url": "", "label": ""})], page=draft)
    notice = Notice.objects.get(severity="important")
    publish(notice, links_en=[("link", {"page": draft, "url": "", "title": ""})])
    links.forget()
    navigation.forget()


def test_a_draft_is_nowhere(client):
    draft = add("/members", "a-draft", live=False, heading_en=MARK, lead_en=MARK, body_en=text(f"<p>{MARK}</p>"))
    draft.save_revision()
    name_in_every_list(draft)
    assert client.get("/members/a-draft").status_code == 404
    assert client.get("/es/members/a-draft").status_code == 404
    assert answers_with(client, MARK) == []
    assert answers_with(client, "/members/a-draft") == []


def test_once_published_it_is_in_all_these_places(client):
    """Without this, the test above would prove nothing."""
    published = add("/members", "a-draft", heading_en=MARK, lead_en=MARK, body_en=text(f"<p>{MARK}</p>"))
    name_in_every_list(published)
    found = answers_with(client, "/members/a-draft")
    assert {"/", "/members", "/members/getting-care/urgent-care", "/search?q=marmalade", "/sitemaps/en-1.xml"} <= set(found)
    assert MARK in client.get("/members/a-draft").text


def test_a_draft_of_a_live_page_is_nowhere(client):
    live = page("/members/getting-care/urgent-care")
    live.heading_en = live.lead_en = live.meta_title_en = MARK
    live.body_en = text(f"<p>{MARK}</p>")
    live.save_revision()
    assert answers_with(client, MARK) == []


def test_a_page_taken_off_the_site_leaves_no_trace(client):
    published = add("/members", "a-draft", heading_en=MARK)
    name_in_every_list(published)
    published.unpublish()
    assert client.get("/members/a-draft").status_code == 404
    assert answers_with(client, MARK) == []
    assert answers_with(client, "/members/a-draft") == []


def test_what_lies_below_a_page_taken_off_the_site_still_has_its_breadcrumbs(client):
    page("/members/getting-care/urgent-care").unpublish()
    answer = client.get("/members/getting-care/urgent-care/telehealth")
    assert answer.status_code == 200
    assert 'href="/members/getting-care/urgent-care"' not in answer.text


def test_a_changed_number_shows_everywhere_and_the_old_one_nowhere(client):
    old, new = "1-888-839-9909", "1-888-555-0100"
    before = [address for address in LOOKED_AT if old in client.get(address).text]
    assert len(before) > 10
    line = ContactLine.objects.get(key="medi-cal")
    line.number, line.dial = new, "+18885550100"
    line.save()
    for address in LOOKED_AT:
        html = client.get(address).text
        assert old not in html and "18888399909" not in html, address
        assert (new in html) == (address in before), address


def test_a_retired_number_is_shown_nowhere(client):
    ContactLine.objects.filter(key="carelon").update(retired=True)
    contacts.forget()
    for address in (*LOOKED_AT, "/members/getting-care/behavioral-health", "/search?q=therapist"):
        html = client.get(address).text
        assert "344-2858" not in html and "8773442858" not in html, address
