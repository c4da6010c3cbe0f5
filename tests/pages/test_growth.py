"""Nothing that a visitor or an editor waits for grows with the number of pages: as many questions to the database, and as many rows."""

import pytest
from django.db import connection

from lacare_site.security.sign_in import sessions
from pages.content import many_pages
from pages.models import NewsArticlePage
from pages.search import index, selectors, suggestions
from pages.seo import sitemaps
from tests.pages import growth
from tests.pages.tree import add, page

pytestmark = [pytest.mark.django_db, pytest.mark.audit]
FEW, MANY = 60, 240  # more than any list shows at once
# A list says of how many parts it is, so that the database counts; for these it does not even look at what else there is.
COUNTING_NOTHING = {
    *("home page", "home page in Korean", "page", "page in Arabic", "menus and languages alone", "no page"),
    "publishing a page",
}


@pytest.fixture
def small_parts(monkeypatch):
    """What has a limit reaches it on a small site, too."""
    monkeypatch.setattr(sitemaps, "PAGES_A_PART", 50)
    monkeypatch.setattr(selectors, "MOST_CANDIDATES", 10)
    monkeypatch.setattr(index, "MOST_BY_TITLE", 20)
    monkeypatch.setattr(index, "MOST_BY_TEXT", 10)
    monkeypatch.setattr(suggestions, "MOST_TITLES", 50)
    monkeypatch.setattr(sessions, "NOTED_EVERY", 3600)  # nor is a session written in between


@pytest.fixture
def grow():
    """Makes the same lists longer with each call, on a database that looks up what it is asked for, as it does on a large site."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")  # which leaves lookups by bitmap
    addresses = ("/members/id-card", "/members/getting-care/vision", "/health-plans/medi-cal/renewals")
    originals = [*map(page, addresses), add("/news", "an-article", NewsArticlePage)]

    def grow(count: int, first: int = 0) -> None:
        for original in originals:
            many_pages.multiply(original, count, first)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    return grow


def measured() -> dict[str, growth.Asked]:
    found = {}
    for name, view in growth.views().items():
        growth.ask(view)  # what is read once in the life of a process does not count
        found[name], _seconds = growth.ask(view)
    return found


def test_a_larger_site_asks_no_more_of_the_database(small_parts, grow):
    grow(FEW)
    few = measured()
    grow(MANY, first=FEW)
    many = measured()
    assert not {name: (few[name], many[name]) for name in few if not _is_flat(name, few[name], many[name])}


def _is_flat(name: str, few: growth.Asked, many: growth.Asked) -> bool:
    is_alike = (few.queries, few.rows) == (many.queries, many.rows)
    return is_alike and (name not in COUNTING_NOTHING or many.looked_at <= few.looked_at * 1.1)
