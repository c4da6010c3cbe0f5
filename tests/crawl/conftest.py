import pytest

from tests.crawl.crawler import Crawler


@pytest.fixture(scope="session")
def crawler(site):
    """The pages of the shared site, each fetched once."""
    return Crawler(site)
