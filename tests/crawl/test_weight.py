"""How much a page of each type loads: the bytes that the server sends, compressed as it sends them. A plan page is weighed in tests/browser."""

import gzip

import brotli
import pytest

from lacare_site import addresses, languages
from tests.crawl.crawler import ASSETS
from tests.crawl.html import Page, is_on_site, without_fragment
from tests.crawl.paths import ONE_OF_EACH_TYPE, PATHS

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
BUDGET = 45 * 1024  # bytes
PLAN_BUDGET = 30 * 1024


def weigh(site, address: str) -> dict[str, int]:
    """Address: bytes of everything that the page names, pictures further down included."""
    plain = Page(address, languages.get("en"), 200, site.get(address).text)
    wanted = {
        without_fragment(plain.target(node.attributes[attribute] or ""))
        for selector, attribute in ASSETS
        for node in plain.all(selector)
        if not (node.attributes.get("rel") or "").startswith("apple")
    }
    sizes = {}
    for target in {address, *filter(is_on_site, wanted)}:
        answer = site.get(target, BROWSER)
        assert answer.status == 200, target
        sizes[target] = len(answer.body)
    return sizes


@pytest.mark.parametrize("address", ONE_OF_EACH_TYPE.values())
def test_every_page_type(site, address):
    sizes = weigh(site, address)
    assert sum(sizes.values()) <= BUDGET, sizes


@pytest.mark.audit
@pytest.mark.parametrize("code", languages.BY_CODE)
def test_every_plan_page_in_every_language(site, code):
    paths = [path for path in PATHS if path.startswith("/health-plans/")]
    assert len(paths) > 10
    sizes = {path: sum(weigh(site, addresses.in_language(path, code)).values()) for path in paths}
    assert not {path: size for path, size in sizes.items() if size > PLAN_BUDGET}


def test_pages_and_their_parts_come_compressed(site):
    for target in weigh(site, "/health-plans/medi-cal"):
        answer = site.get(target, BROWSER)
        if (
            answer.headers.get_content_type() not in ("image/png", "image/x-icon", "image/vnd.microsoft.icon")
            and len(answer.body) > 1024
        ):
            assert answer.headers["Content-Encoding"] in ("br", "gzip"), target


def test_one_page_in_three_encodings(site):
    answers = {name: site.get("/members", {"Accept-Encoding": name}) for name in ("br", "gzip", "identity")}
    bodies = [brotli.decompress(answers["br"].body), gzip.decompress(answers["gzip"].body), answers["identity"].body]
    assert bodies[0] == bodies[1] == bodies[2]
    assert [answer.headers["Content-Encoding"] for answer in answers.values()] == ["br", "gzip", None]
    for name, answer in answers.items():
        assert site.get("/members", {"Accept-Encoding": name, "If-None-Match": answer.headers["ETag"]}).status == 304


def test_the_admin_is_not_compressed(site):
    """Its forms hold a secret."""
    assert "Content-Encoding" not in site.get("/admin/login/", BROWSER).headers
