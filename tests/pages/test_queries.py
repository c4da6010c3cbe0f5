"""How often a page asks the database: at most twelve times, menus and notices included, however many pages there are."""

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.content.many_pages import multiply
from pages.models import NewsArticlePage
from tests.crawl.paths import ONE_OF_EACH_TYPE, PATHS
from tests.pages.tree import add, fill_lists, notice, page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
GROWN = {"/members", "/news"}  # the lists that get a second page from a thousand pages more
ADDRESSES = [*ONE_OF_EACH_TYPE.values(), "/search?q=renew+medi-cal", "/no-such-page"]


def queries(client, address: str, most: int = 0) -> list[str]:
    """What it asks. What is read once in the life of a process does not count: beyond `most`, it is asked for again."""
    asked = _queries(client, address)
    return _queries(client, address) if len(asked) > most else asked


def _queries(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code in (200, 404)
    # A process asks for the site's root once a second, not for each page.
    return [query["sql"] for query in captured.captured_queries if 'FROM "wagtailcore_site"' not in query["sql"]]


@pytest.fixture
def thousand_more(db):
    """Pages below a section, pages that nothing lists, and articles."""
    multiply(page("/members/id-card"), 400)
    multiply(page("/members/getting-care/vision"), 300)
    multiply(add("/news", "article", NewsArticlePage), 300)


@pytest.fixture
def busy_day(db):
    """Notices of every scope, with links of their own; a newsroom, and meetings before and after today."""
    link = [("link", {"page": page("/members/id-card"), "title": "Your card"})]
    sections = [page(path) for path in ("/members", "/news", "/about", "/health-plans/medi-cal")]
    notice("some-sections-and-a-plan", sections=sections, plans=["medi-cal", "covered"], links_en=link)
    notice("a-plan", plans=["covered"])
    notice("an-emergency", severity="emergency", review_on=timezone.localdate(), links_en=link, links_ar=link, heading_ar="تنبيه")
    fill_lists()


@pytest.mark.parametrize("prefix", ["", pytest.param("/ar", marks=pytest.mark.audit)])
def test_a_page_asks_at_most_twelve_times_even_on_a_busy_day(client, busy_day, prefix):
    too_many = {}
    for address in (*PATHS, "/news/article-1", "/news?page=2", "/search?q=renew+medi-cal", "/no-such-page"):
        asked = queries(client, (prefix + address).removesuffix("/") or "/", MOST_QUERIES)
        if len(asked) > MOST_QUERIES:
            too_many[address] = [query[:200] for query in asked]
    assert not too_many


@pytest.mark.audit
def test_it_asks_as_often_with_a_thousand_pages_more(client, request):
    # The article and what it adds to lists stand there in both counts.
    add("/news", "an-article", NewsArticlePage)
    few = {address: len(queries(client, address)) for address in ADDRESSES}
    request.getfixturevalue("thousand_more")
    many = {address: queries(client, address) for address in ADDRESSES}
    # A list that has grown beyond one page is counted, and its part read by itself.
    most = {address: min(few[address] + 2 * (address in GROWN), MOST_QUERIES) for address in ADDRESSES}
    assert not {address: asked for address, asked in many.items() if len(asked) > most[address]}


def test_a_list_of_articles_reads_twenty(client, thousand_more):
    listed = client.get("/news").context["articles"]
    assert isinstance(listed.paginator, Paginator)
    assert (len(listed), listed.paginator.num_pages) == (20, 15)
    assert client.get("/news").text.count("<article") <= 20
    assert len(client.get("/news").content) < 100_000
