"""How often a page asks the database: at most twelve times, menus and notices included, however many pages there are."""

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import NewsArticlePage
from tests.crawl.paths import ONE_OF_EACH_TYPE
from tests.pages.tree import add, multiply, page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
ADDRESSES = [*ONE_OF_EACH_TYPE.values(), "/search?q=renew+medi-cal", "/no-such-page"]


def queries(client, address: str) -> list[str]:
    client.get(address)  # what is read once in the life of a process does not count
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code in (200, 404)
    return [query["sql"] for query in captured.captured_queries]


@pytest.fixture
def thousand_more(db):
    """Pages below a section, pages that nothing lists, and articles."""
    multiply(page("/members/id-card"), 400)
    multiply(page("/members/getting-care/vision"), 300)
    multiply(add("/news", "article", NewsArticlePage), 300)


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_at_most_twelve_times(client, address, prefix):
    asked = queries(client, prefix if prefix and address == "/" else prefix + address)
    assert len(asked) <= MOST_QUERIES, "\n".join(query[:200] for query in asked)


def test_it_asks_as_often_with_a_thousand_pages_more(client, request):
    # The article and what it adds to lists stand there in both counts.
    add("/news", "an-article", NewsArticlePage)
    few = {address: len(queries(client, address)) for address in ADDRESSES}
    request.getfixturevalue("thousand_more")
    many = {address: queries(client, address) for address in ADDRESSES}
    differing = {address: (few[address], asked) for address, asked in many.items() if len(asked) > few[address]}
    # A list that has grown beyond one page is counted once.
    assert not {address for address, (count, asked) in differing.items() if len(asked) > MOST_QUERIES or len(asked) > count + 1}


def test_a_list_of_articles_reads_twenty(client, thousand_more):
    listed = client.get("/news").context["articles"]
    assert isinstance(listed.paginator, Paginator)
    assert (len(listed), listed.paginator.num_pages) == (20, 16)
    assert client.get("/news").text.count("<article") <= 20
    assert len(client.get("/news").content) < 100_000
