"""What search engines and telephones read in a page's head."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.files.storage import storages

from lacare_site import languages
from pages.models import PolicyEdition, PolicyPage
from tests.pages import tree

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    """The elements of a page's head."""

    def __init__(self, text: str):
        super().__init__()
        self.metas, self.links, self.data, self.title, self._inside = {}, [], None, "", ""
        self.feed(text[: text.index("</head>")])

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta":
            self.metas[attrs.get("name") or attrs.get("property") or "charset"] = attrs.get("content")
        elif tag == "link":
            self.links.append(attrs)
        self._inside = tag if tag == "title" or attrs.get("type") == "application/ld+json" else ""

    def handle_data(self, data):
        if self._inside == "title":
            self.title += data
        elif self._inside == "script":
            self.data = json.loads(data)

    def handle_endtag(self, tag):
        self._inside = ""

    @property
    def canonical(self) -> list[str]:
        return [link["href"] for link in self.links if link["rel"] == "canonical"]

    @property
    def alternates(self) -> dict[str, str]:
        return {link["hreflang"]: link["href"] for link in self.links if link["rel"] == "alternate"}


def head(client, address: str) -> Head:
    response = client.get(address)
    assert response.status_code == 200
    return Head(response.text)


@pytest.fixture
def card():
    """A page in English and Spanish, and in no other language."""
    page = tree.page("/members/id-card")
    others = {f"heading_{language.field_suffix}": "" for language in languages.LANGUAGES if language.code not in ("en", "es")}
    return tree.publish(page, heading_es="Su tarjeta", meta_title_es="", **others)


def test_a_page_names_itself_and_its_languages(client, card):
    alternates = {
        "en": "http://127.0.0.1:8000/members/id-card",
        "es": "http://127.0.0.1:8000/es/members/id-card",
        "x-default": "http://127.0.0.1:8000/members/id-card",
    }
    for address, tag in (("/members/id-card", "en"), ("/es/members/id-card", "es")):
        found = head(client, address)
        assert found.canonical == [alternates[tag]] == [found.metas["og:url"]]
        assert found.alternates == alternates
        assert "robots" not in found.metas
    assert found.title == "Su tarjeta – L.A. Care Health Plan"


def test_a_page_without_text_in_a_language_names_the_english_one(client, card):
    found = head(client, "/ko/members/id-card")
    assert found.canonical == ["http://127.0.0.1:8000/members/id-card"]
    assert "ko" not in found.alternates


def test_the_home_page_of_a_language(client):
    tree.publish(tree.page("/"), heading_ar="الصحة")
    assert head(client, "/").canonical == ["http://127.0.0.1:8000/"]
    assert head(client, "/ar").canonical == ["http://127.0.0.1:8000/ar"]
    assert head(client, "/ar").alternates["x-default"] == "http://127.0.0.1:8000/"


def test_the_address_does_not_follow_query_or_host(client):
    found = head(client, "/members?utm_source=x&page=7")
    assert found.canonical == ["http://127.0.0.1:8000/members"]
    assert client.get("/members", headers={"host": "localhost"}).text.count("localhost") == 0


def test_a_part_of_a_list_is_an_address_of_its_own(client, monkeypatch):
    monkeypatch.setattr("pages.paging.PER_PAGE", 1)
    for address in ("/news", "/members"):
        assert head(client, f"{address}?page=2").canonical == [f"http://127.0.0.1:8000{address}?page=2"]
        assert head(client, f"{address}?page=99999").canonical != [f"http://127.0.0.1:8000{address}?page=99999"]


def test_every_head_is_complete(client, card):
    found = head(client, "/members/id-card")
    assert found.title and found.metas["description"]
    assert found.metas["og:title"] and found.metas["og:type"] == "website"
    assert found.metas["viewport"] == "width=device-width, initial-scale=1"
    assert {"icon", "apple-touch-icon", "manifest", "stylesheet"} <= {link["rel"] for link in found.links}
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    light, dark = re.findall(r"--deep: (#\w+);", tokens)
    colors = re.findall(r'name="theme-color" media="\(prefers-color-scheme: (\w+)\)" content="(#\w+)"', client.get("/").text)
    assert colors == [("light", light), ("dark", dark)]


@pytest.mark.parametrize("address", ["/search?q=card", "/search", "/es/search?q=x", "/no-such-page"])
def test_what_is_no_page_stays_out_of_search_engines(client, address):
    found = Head(client.get(address).text)
    assert found.metas["robots"] == "noindex"
    assert (found.canonical, found.alternates, found.data) == ([], {}, None)
    assert found.title.endswith(" – L.A. Care Health Plan")


def test_an_old_edition_stays_out_of_search_engines(client):
    policy = PolicyPage.objects.exclude(policy_date=None).first()
    path = policy.get_url()
    current = Head(client.get(f"{path}/editions/{policy.policy_date}").text)
    assert current.canonical == [f"http://127.0.0.1:8000{path}"]
    PolicyEdition.objects.filter(page=policy).update(policy_date="2020-01-01")
    assert head(client, f"{path}/editions/2020-01-01").metas["robots"] == "noindex"


def test_structured_data_of_the_home_page(client):
    data = head(client, "/").data
    assert (data["@type"], data["name"], data["telephone"]) == ("Organization", "L.A. Care Health Plan", "+18884522273")
    assert data["address"]["postalCode"] == "90017"
    assert "https://www.facebook.com/LACareHealth" in data["sameAs"]
    logo = data["logo"].removeprefix("http://127.0.0.1:8000/static/")
    assert storages["staticfiles"].exists(logo)


def test_structured_data_of_other_pages_is_their_way(client, card):
    steps = head(client, "/es/members/id-card").data["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert (steps[-1]["name"], steps[-1]["item"]) == ("Su tarjeta", "http://127.0.0.1:8000/es/members/id-card")
    assert steps[0]["item"] == "http://127.0.0.1:8000/es"


@pytest.mark.parametrize("shows_unreviewed", [False, True])
def test_a_withheld_translation_is_none_to_search_engines_until_it_is_signed(client, settings, shows_unreviewed):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = shows_unreviewed
    section, policy = tree.page("/members"), tree.page("/members/id-card")
    tree.publish(section, heading_es="Para miembros", is_critical=True)
    tree.publish(policy, heading_es="Su tarjeta", meta_description_es="Una prueba.", is_critical=True)
    spanish, english = (f"http://127.0.0.1:8000{prefix}/members/id-card" for prefix in ("/es", ""))

    def found() -> tuple:
        page = head(client, "/es/members/id-card")
        names = [step["name"] for step in page.data["itemListElement"][1:]]
        return page.canonical[0], page.alternates.get("es"), page.metas["og:title"], page.metas["description"], names

    shown = (spanish, spanish, "Su tarjeta", "Una prueba.", ["Para miembros", "Su tarjeta"])
    withheld = (english, None, policy.heading_en, policy.meta_description_en, [section.heading_en, policy.heading_en])
    assert found() == (shown if shows_unreviewed else withheld)
    for page in (section, policy):
        tree.sign(page, "es")
    assert found() == shown


def test_structured_data_cannot_leave_its_element(client):
    evil = "</script><script src=//host.example></script><!--&"
    tree.publish(tree.page("/members/id-card"), heading_en=evil)
    response = client.get("/members/id-card")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text)[1]
    assert json.loads(block)["itemListElement"][-1]["name"] == evil
    assert "<script src=//" not in response.text


def test_manifest_and_icons(client):
    manifest = client.get("/site.webmanifest").json()
    assert manifest["name"] == "L.A. Care Health Plan"
    for icon in manifest["icons"]:
        assert storages["staticfiles"].exists(icon["src"].removeprefix("/static/"))
    assert client.get("/favicon.ico").headers["Location"].startswith("/static/images/favicon.")


def test_a_browser_takes_it_all(page):
    """The policy blocks no block of data; `page` fails on any violation."""
    page.goto("/members/id-card")
    assert json.loads(page.locator('script[type="application/ld+json"]').text_content())["@type"] == "BreadcrumbList"
