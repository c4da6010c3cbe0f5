"""The Nu HTML checker over all English pages and one page of each type in the other languages."""

import pytest

from lacare_site import languages
from tests.crawl.paths import FILLED_LISTS, ONE_OF_EACH_TYPE, PATHS
from tests.harness import html_checker

OTHERS = (
    *("/search?q=medi-cal", "/search?q=xyzxyz", "/no-such-page", "/privacy/editions/2024-02-15"),
    *("/large-print", "/large-print/health-plans/cal-mediconnect", "/large-print/members/language-help"),
    *("/was-this-page-right/3", "/members/send-me-this-page/3"),
)


@pytest.mark.audit
def test_every_page_is_valid(crawler, site, fresh_site, tmp_path):
    pages = {path: crawler.page(path).body.encode() for path in PATHS}
    pages |= {path: site.get(path).body for path in OTHERS}
    for code in languages.BY_CODE:
        found = [crawler.page(path, code) for path in ONE_OF_EACH_TYPE.values()]
        pages |= {page.address: page.body.encode() for page in found}
    for address in ("/members/which-line/answer", "/help-me-choose/answer"):
        for sent in ("", "q1=1&q2=1&q3=1"):
            headers = {"Origin": site.url, "Content-Type": "application/x-www-form-urlencoded"}
            pages[f"{address} ({sent})"] = site.get(address, headers, "POST", sent.encode()).body
    busy = fresh_site()
    busy.run("from tests.pages.tree import fill_lists; fill_lists()")
    pages |= {f"{path} (filled)": busy.get(path).body for path in FILLED_LISTS}
    complaints = html_checker.complaints(pages, tmp_path)
    assert not complaints, "\n".join(complaints)
