"""Fetches pages from the running site, and what they link to."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lacare_site import addresses, languages
from tests.crawl.html import Page, is_on_site, without_fragment
from tests.crawl.paths import PATHS
from tests.harness.site import Site

ASSETS = (
    ("link[href]:not([rel=canonical]):not([rel=alternate])", "href"),
    ("script[src]", "src"),
    ("img[src]", "src"),
    ("use[href]", "href"),
)

# What there is for every page, by the page's address or number: tests/crawl/test_copies.py asks for that of each type.
FOR_EACH_PAGE = re.compile("(.*/(?:large-print|plain-text|was-this-page-right|members/send-me-this-page))/.+")


@dataclass
class Crawler:
    """Asks for each address once, and of what there is for every page for one in each language."""

    site: Site
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    answers: dict[str, tuple[int, frozenset[str]]] = field(default_factory=dict)  # address: status and ids
    asked: set[str] = field(default_factory=set)

    def page(self, path: str, code: str = "en") -> Page:
        if (path, code) not in self.pages:
            language = languages.get(code)
            answer = self.site.get(addresses.in_language(path, code) or "/")
            page = Page(path, language, answer.status, answer.body.decode())
            self.pages[path, code] = page
            self.answers[page.address] = (page.status, frozenset(page.by_id))
        return self.pages[path, code]

    def broken_links(self, pages: list[Page]) -> list[str]:
        """What these pages link to that does not answer 200 at exactly that address, or lacks the place that is named."""
        return [
            f"{page.address}: {target}: {fault}"
            for page in pages
            for target in sorted(self._targets(page))
            if (fault := self._fault(target))
        ]

    @staticmethod
    def _targets(page: Page) -> set[str]:
        found = {target for _node, target in page.links()}
        for selector, attribute in ASSETS:
            found |= {page.target(node.attributes[attribute] or "") for node in page.all(selector)}
        return {target for target in found if is_on_site(target)}

    def _fault(self, target: str) -> str:
        address, fragment = without_fragment(target), urlsplit(target).fragment
        if not fragment and _is_page(address):
            return ""  # which the crawl of its language asks for itself
        if of_each := FOR_EACH_PAGE.fullmatch(address):
            if of_each[1] in self.asked:
                return ""
            self.asked.add(of_each[1])
        if address not in self.answers:
            answer = self.site.get(address)
            is_text = answer.headers.get_content_type() in ("text/html", "image/svg+xml")
            page = Page(address, languages.get("en"), answer.status, answer.text if is_text else "")
            self.answers[address] = (answer.status, frozenset(page.by_id))
        status, ids = self.answers[address]
        if status != 200:
            return f"answers {status}"
        return "" if not fragment or fragment in ids else f"has no #{fragment}"


def _is_page(address: str) -> bool:
    return addresses.canonical(address) == address and addresses.split_language(address)[1] in PATHS
