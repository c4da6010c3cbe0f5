"""One address per page and language: what is redirected where, what is refused, and where old addresses lead."""

from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from lacare_site import addresses, languages

CANONICAL = {
    "/members/": "/members",
    "//members": "/members",
    "/members//": "/members",
    "/members//id-card": "/members/id-card",
    "/en": "/",
    "/en/": "/",
    "/en/members/id-card": "/members/id-card",
    "/EN/members": "/members",
    "/en/es/members": "/es/members",
    "/en/ES/members/": "/es/members",
    "/es/": "/es",
    "/ES": "/es",
    "/ES/members": "/es/members",
    "/Zh-Hant": "/zh-hant",
    "/ZH-HANT/members/": "/zh-hant/members",
    "/search/": "/search",
    "/healthz/": "/healthz",
    "/robots.txt/": "/robots.txt",
    "//": "/",
    "///": "/",
    "//host.example/..": "/host.example/..",
    "///host.example": "/host.example",
    "//host.example//": "/host.example",
    "/\\host.example/": "/%5Chost.example",
    "//%5Chost.example/": "/%5Chost.example",
    "/x%2F%2Fy": "/x/y",
    "/x%23/": "/x%23",
    "/x%3Fy/": "/x%3Fy",
    "/x%0D%0ASet-Cookie:a=b/": "/x%0D%0ASet-Cookie:a%3Db",
    "/m%C3%A9dico/": "/m%C3%A9dico",
    "/admin": "/admin/",
    "/members/?a=1&b=%20x": "/members?a=1&b=%20x",
    "/members/?next=//host.example": "/members?next=//host.example",
    "//members?": "/members",
}
FOUND = ("/", "/es", "/zh-hant", "/ar", "/members/id-card", "/tl/members/id-card", "/about-us/public-meetings", "/members?x=//y")
NOT_FOUND = (
    "/no-such-page",
    "/es/no-such-page",
    "/xx",
    "/zh",
    "/es/admin",
    "/es/preferences/text-size",
    "/members/id-card%0A",
    "/members%00",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/../../etc/passwd",
    "/static/../manage.py",
    "/static/%2e%2e/manage.py",
    "/media/documents/x.pdf",
    "/\\host.example",
    "/%FF%FE",
    "/%ED%A0%80",
    "/" + "x" * 1100,
    "/" + "x/" * 1500 + "x",
    "/documents/1/../../x",
    "/documents/99999999999999999999/x.pdf",
    "/documents/%D9%A1/x.pdf",
    "/privacy/editions/2024-02-30",
    "/privacy/editions/%D9%A2%D9%A0%D9%A2%D9%A4-02-15",
    "/no-such-page/editions/2024-02-15",
)


def test_every_language_answers(site):
    for language in languages.LANGUAGES:
        answer = site.get(addresses.in_language("/members/id-card", language.code))
        assert (answer.status, answer.headers["Content-Language"]) == (200, language.tag)
        assert f'<html lang="{language.tag}" dir="{language.direction}"' in answer.text


@pytest.mark.parametrize(("asked", "one_address"), CANONICAL.items())
def test_other_spellings_lead_to_the_one_address(site, asked, one_address):
    answer = site.get(asked)
    assert (answer.status, answer.headers["Location"]) == (301, one_address)
    if not one_address.startswith("/admin"):
        assert site.get(one_address).headers["Location"] is None


@pytest.mark.parametrize("address", FOUND)
def test_the_one_address_is_not_redirected(site, address):
    assert site.get(address).status == 200


@pytest.mark.parametrize("address", NOT_FOUND)
def test_what_is_no_address_is_not_found(site, address):
    assert site.get(address).status == 404


def test_a_post_keeps_its_method_and_body(site):
    answer = site.get("/preferences/text-size/", method="POST", body=b"size=150")
    assert (answer.status, answer.headers["Location"]) == (308, "/preferences/text-size")


def old_addresses() -> list[dict]:
    return yaml.safe_load((settings.BASE_DIR / "pages/content/redirects.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", old_addresses(), ids=lambda row: row["from"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_old_addresses_lead_on_in_their_language(site, row, language):
    answer = site.get(addresses.in_language(row["from"], language))
    assert answer.status == 301
    if "to" in row:
        assert answer.headers["Location"] == addresses.in_language(row["to"], language)
        assert site.get(answer.headers["Location"]).status == 200
    else:
        document = site.get(answer.headers["Location"])
        assert document.status == 302
        file = site.get(document.headers["Location"])
        assert (file.status, file.headers["Content-Type"], file.body[:5]) == (200, "application/pdf", b"%PDF-")
        assert f"-{row['document']['language']}" in document.headers["Location"]


def test_a_page_below_an_old_address_is_a_page(site):
    assert site.get("/about-us").headers["Location"] == "/about"
    assert site.get("/about-us/public-meetings").status == 200


@given(st.text(alphabet=st.sampled_from("/eEnNsS\\.x%#?:@-\n"), max_size=20).map("/".__add__))
def test_a_canonical_path_is_its_own_and_stays_on_this_host(path):
    one = addresses.canonical(path)
    assert addresses.canonical(one) == one
    assert one == "/" or (one.startswith("/") and not one.startswith("//") and not one.endswith("/"))
    assert urlsplit(urljoin("https://us.example", addresses.escape_uri_path(one))).netloc == "us.example"
    for language in languages.LANGUAGES:
        code, rest = addresses.split_language(addresses.in_language("/members", language.code))
        assert (code, rest) == (language.code, "/members")
