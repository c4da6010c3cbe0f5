"""Fixtures for all tests. What stands behind them is in tests/harness/.

A test that asks for pytest-django's `db` sees the site with all its content and changes nothing that outlasts it. A test that asks for
`site` talks to a running server; `page` and `open_page` do so in a browser.
"""

import os

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signals import setting_changed
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests.harness import chromium, clones, pages, static_files
from tests.harness import site as sites
from tests.harness.accounts import StaffClient

# The same examples every time, and no time limit that a busy machine would miss.
hypothesis_settings.register_profile("site", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("site")


def pytest_sessionstart():
    static_files.list_once()
    # A test that commits would end with every table emptied; here its database is thrown away.
    TransactionTestCase._fixture_teardown = lambda self: None


def pytest_collection_modifyitems(items):
    """So that no core is idle: first what needs no site, while that is being built; in the end the many short tests, of pages.

    The questions to the search stand together early, where one process gets them all: another would wait for the same answers.
    """

    def place(item) -> int:
        if not needs_site(item):
            return 0
        return 1 if "test_search_questions" in item.nodeid else 3 if "tests/pages" in item.nodeid else 2

    items.sort(key=place)


def needs_site(item) -> bool:
    """Whether a test asks for the database, for a site, or for something of ours that tests share."""
    if item.get_closest_marker("django_db") or not {"db", "fresh_site"}.isdisjoint(item.fixturenames):
        return True
    known = item._fixtureinfo.name2fixturedefs.values()
    return any(found[-1].scope != "function" and found[-1].baseid.startswith("tests") for found in known)


@pytest.fixture(autouse=True)
def english():
    """A page asked for in another language leaves it behind in this process."""
    translation.activate("en")


@pytest.fixture(scope="session")
def django_db_setup():
    """In place of pytest-django's own: a copy of the loaded site instead of an empty database."""
    clones.make(os.environ.get("PYTEST_XDIST_WORKER", "tests"))
    # Whatever asked for the list of static files earlier found none: it is read anew.
    setting_changed.send(sender=None, setting="STATIC_ROOT", value=settings.STATIC_ROOT, enter=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    result = yield
    marker = item.get_closest_marker("django_db")
    if "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction")):
        # Such a test leaves behind what it has written: the next one needs the content as it was loaded.
        connections.close_all()
        clones.make(os.environ.get("PYTEST_XDIST_WORKER", "tests"))
    return result


@pytest.fixture
def client():
    """In place of pytest-django's own: `client.force_login(user)` takes the second step, too."""
    return StaffClient()


@pytest.fixture
def admin_client(client, db):
    """An administrator who is signed in."""
    client.force_login(get_user_model().objects.get(is_superuser=True))
    return client


@pytest.fixture(scope="session")
def site():
    """A running site, shared by all tests of this process that only read."""
    running = sites.start()
    yield running
    running.end()
    assert not running.faults()


@pytest.fixture
def fresh_site():
    """Starts sites of a test's own, to be changed as it likes: `site = fresh_site()`."""
    started = []

    def start() -> sites.Site:
        started.append(sites.start())
        return started[-1]

    yield start
    for running in started:
        running.end()
    assert not "".join(running.faults() for running in started)


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for all tests of this process."""
    if os.environ.get("LACARE_SKIP_BROWSER") == "1":
        pytest.skip("LACARE_SKIP_BROWSER=1")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.options())
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, request):
    """Opens watched pages: `open_page(width=320, javascript=False, color_scheme="dark", on=another_site)`; see harness/pages.py."""
    opened = []

    def open_one(on: sites.Site | None = None, **options):
        opened.append(pages.open_page(browser, on or request.getfixturevalue("site"), **options))
        return opened[-1]

    yield open_one
    for page in opened:
        page.context.close()
    for page in opened:
        page.watch.assert_clean()


@pytest.fixture(scope="module")
def admin_cookies(browser, site):
    """Those of the administrator, who signs in once for all tests of a module: `open_page(storage_state=admin_cookies)`."""
    page = pages.open_page(browser, site)
    pages.sign_in(page, site)
    yield page.context.storage_state()
    page.context.close()


@pytest.fixture
def page(open_page):
    """A browser page of desktop width on the shared site."""
    return open_page()
