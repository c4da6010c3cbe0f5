"""What keeps ready pages within bounds: the views that may be kept, the memory of a process, the files of a generation."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.core import checks
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import include, path
from django.urls.resolvers import RegexPattern, URLResolver

from lacare_site.page_cache import changes, files, layer, marks, store
from lacare_site.security.requests import reads_only
from pages import paging

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ROOM = 10_000


def shown(request):
    return HttpResponse("shown")


@pytest.fixture
def routes(monkeypatch):
    """Routes in place of the site's, one of them in an `include`: `routes(view)`."""

    def use(view) -> None:
        patterns = [path("plain", shown), path("below/", include([path("one", view, name="one")]))]
        monkeypatch.setattr(marks, "get_resolver", lambda: URLResolver(RegexPattern(r"^/"), patterns))

    return use


def found(level: str, *, deploy: bool = False) -> list[checks.CheckMessage]:
    """What `manage.py check` would say under this number."""
    return [message for message in checks.run_checks(include_deployment_checks=deploy) if message.id == f"page_cache.{level}"]


def test_a_view_that_does_more_than_read_may_not_be_kept(routes):
    routes(marks.same_for_all(reads_only(shown)))
    assert not found("E001")
    routes(marks.same_for_all(shown))
    (fault,) = found("E001")
    assert fault.is_serious() and "shown" in fault.msg
    with pytest.raises(Exception, match="page_cache.E001"):
        call_command("check")


def test_the_check_before_a_release_lists_what_is_kept(routes):
    routes(marks.same_for_all(reads_only(shown)))
    assert not found("D001")
    (listed,) = found("D001", deploy=True)
    assert listed.msg == "Kept for all visitors: one." and not listed.is_serious()


def kept(size: int, headers=(), until: datetime = NOW + timedelta(hours=1)) -> store.Kept:
    """A page that takes so many bytes of memory."""
    return store.Kept(1, 0, tuple(headers), {"gzip": bytes(size - 2000)}, until)


@pytest.fixture
def pages():
    made = store.Store(ROOM)
    made.find(("/",), 1, NOW)
    return made


def held(pages: store.Store, *names: str) -> set[str]:
    return {name for name in names if pages.find((name,), 1, NOW)}


def test_the_memory_holds_what_was_asked_for_last(pages):
    for name in "abc":
        pages.keep((name,), 1, kept(3000))
    assert pages.find(("a",), 1, NOW)
    pages.keep(("d",), 1, kept(3000))
    assert held(pages, *"abcd") == set("acd")
    pages.keep(("e",), 1, kept(ROOM))
    assert held(pages, *"abcde") == {"e"}
    pages.keep(("f",), 1, kept(ROOM + 1))
    assert held(pages, *"ef") == {"e"}, "one that has no room pushes nobody out"


def test_a_page_that_is_made_anew_takes_its_own_place(pages):
    pages.keep(("a",), 1, kept(3000))
    for _ in range(20):
        pages.keep(("b",), 1, kept(3000))
    assert held(pages, *"ab") == set("ab")


def test_a_page_goes_with_its_time_and_all_with_their_generation(pages):
    pages.keep(("a",), 1, kept(3000, until=NOW))
    pages.keep(("b",), 1, kept(3000))
    assert held(pages, *"ab") == {"b"}
    assert pages.find(("b",), 2, NOW) is None
    pages.keep(("c",), 1, kept(3000))
    assert pages.find(("c",), 2, NOW) is None and pages.find(("b",), 2, NOW) is None
    for name in "abc":
        pages.keep((name,), 2, kept(3000))
    assert all(pages.find((name,), 2, NOW) for name in "abc"), "what was forgotten takes no room"


def test_no_more_addresses_are_remembered_than_fit(pages):
    for number in range(store.MOST_PASSED + 5):
        pages.pass_by((f"/{number}",), 1)
    assert sum(pages.is_passed_by((f"/{number}",)) for number in range(store.MOST_PASSED + 5)) == store.MOST_PASSED
    pages.find(("/",), 2, NOW)
    assert not pages.is_passed_by(("/0",))


def test_a_generation_takes_so_many_bytes_of_files_and_the_next_one_as_many(settings, tmp_path):
    content = b"A page."
    page = store.Kept(1, len(content), (), {"gzip": gzip.compress(content)}, NOW)
    settings.PAGE_FILES_BYTES = 3 * (page.size + page.length)
    writer = files.Writer(tmp_path)
    for generation in ("1", "2"):
        made = tmp_path / "made" / generation
        made.mkdir(parents=True)
        for number in range(5):
            headers = tuple(files._headers_of(f"/p{number}").items())
            writer.write(generation, f"/p{number}", store.Kept(1, page.length, headers, page.bodies, NOW))
        assert sorted(path.parent.name for path in made.rglob("index.html")) == ["p0", "p1", "p2"]
        assert sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) <= settings.PAGE_FILES_BYTES


def test_a_folder_that_takes_no_file_raises_nothing(settings, tmp_path, caplog):
    (tmp_path / "made" / "1").mkdir(parents=True)
    (tmp_path / "made" / "1" / "p").write_text("no folder")
    headers = tuple(files._headers_of("/p").items())
    files.Writer(tmp_path).write("1", "/p", store.Kept(1, 0, headers, {"gzip": gzip.compress(b"")}, NOW))
    assert "The file of /p cannot be written" in caplog.text


@pytest.fixture
def asked(db, monkeypatch):
    """Visits to the site with its ready pages, whose lists have one entry to a part: `asked("/news?page=2")` is whether Django was asked."""
    monkeypatch.setattr(paging, "PER_PAGE", 1)
    monkeypatch.setattr(changes, "follow", lambda: lambda: 1)
    seen = []

    def django(environ, start_response):
        seen.append(environ)
        response = ClientHandler()(environ)
        response.close = lambda: None  # it would close the connection to the database, and the test's transaction with it
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    cache = layer.PageCache(django)

    def visit(address: str, **more) -> bool:
        before, environ = len(seen), RequestFactory().get(address, HTTP_HOST="testserver", **more).environ
        assert b"".join(cache(environ, lambda status, headers: None))
        return len(seen) > before

    visit.cache = cache
    return visit


@pytest.mark.parametrize("path", ["/news", "/members/health-news-advisories/notices", "/es/large-print/news"])
def test_the_parts_of_a_list_that_there_are_are_kept(asked, path):
    assert asked(f"{path}?page=2") and not asked(f"{path}?page=2")
    assert asked(path) and not asked(path), "the whole list's first part is a page of its own"
    assert asked(f"{path}?page=3") and not asked(f"{path}?page=2")
    assert asked(f"{path}?page=2", HTTP_COOKIE="text_size=150") and not asked(f"{path}?page=2", HTTP_COOKIE="text_size=150")


def test_no_part_that_a_visitor_invents_is_kept_or_remembered(asked):
    invented = ("/news?page=9999", "/news?page=02", "/news?page=2&x", "/news?page=%32", "/news?page=0", "/members/id-card?page=1")
    for address in invented:
        assert asked(address) and asked(address), address
    store = asked.cache._store
    assert not store._pages and not store._passed and not store._making
    assert asked("/news?page=2")
    assert asked("/news%3Fpage=2") and asked("/news%3Fpage=2"), "a question mark in a path begins no question"
