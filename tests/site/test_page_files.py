"""Production: nginx gives ready pages as files, two web servers write them, the keeper vouches for them. Never an old byte."""

import contextlib
import os
import re
import resource
import shutil
import signal
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from django.utils import timezone

from lacare_site.management.nginx import TEMPLATE
from lacare_site.page_cache import files
from tests.harness import nginx, production
from tests.harness import site as sites
from tests.harness.production import wait_for

PAGE = "/members/id-card"
LAPSE = files.LEASE + 1  # seconds after which nobody gives a page that the keeper no longer vouches for


@pytest.fixture(scope="module")
def plant():
    with production.running() as running:
        yield running
        assert not any(site.faults() for site in running.applications)


def heading(text: str) -> str:
    return f"UPDATE pages_sitepage SET heading_en = '{text}' FROM wagtailcore_page WHERE id = page_ptr_id AND slug = 'id-card'"  # noqa: S608


def shows(plant, text: str, path: str = PAGE) -> bool:
    return text in plant.site.get(path).text


def file_of(plant, path: str = PAGE) -> Path:
    """The page's file, once it is there."""

    def found():
        plant.site.get(path)
        file = plant.pages / str(int(time.time())) / path.strip("/") / "index.html"
        return file if file.is_file() else None

    return wait_for(found)


@contextlib.contextmanager
def stopped(plant):
    """The web servers do not answer meanwhile."""
    processes = [found for site in plant.applications for found in family(site.process.pid)]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def test_a_ready_page_needs_no_web_server(plant):
    file = file_of(plant)
    with stopped(plant):
        assert plant.site.get(PAGE).body == file.read_bytes()
        assert plant.site.get(PAGE, {"Cookie": "analytics=1; sessionid=x; _ga=GA1.2.3"}).body == file.read_bytes()


ODD = [
    *(
        "/members/id-card/",
        "//members/id-card",
        "/members//id-card",
        "/members/id-card/index.html",
        "/members/id-card/index.html.gz",
    ),
    *(
        "/members/./id-card",
        "/members/x/../id-card",
        "/members/%69d-card",
        "/Members/id-card",
        "/en/members/id-card",
        "/members/id-card?",
    ),
    *(
        "/members/id-card?unknown=1",
        "/members/id-card#x",
        "/made",
        "/keeper.lock",
        "/1795340000/members/id-card",
        "/../made",
        "/%2e%2e/made",
    ),
    *("/none", "/none/index.html", "/away", "/503.en.html", "/static/../pages", "/static//css", "/static/", "/static/none.css"),
    *(
        "/members/id-card%00",
        "/members/id-card\\",
        "/es/members/id-card",
        "/es",
        "/es/",
        "/ES",
        "/",
        "/search?q=card",
        "/sitemap.xml",
    ),
    *(
        "/robots.txt",
        "/admin/",
        "/healthz",
        "/members/" + "x" * 300,
        "/documents/1/x",
        "/compliance",
        "/es/compliance",
    ),
]
# What nginx says by itself and the application by itself: who answers, when, and over which connection.
BY_NATURE = {"server", "date", "connection", "transfer-encoding", "content-length"}


def told(answer) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items() if name.lower() not in BY_NATURE}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "gzip, br"}, {"Range": "bytes=0-9"}],
    ids=["plain", "gzip", "brotli", "range"],
)
def test_nginx_and_the_web_server_answer_alike(plant, method, headers):
    if "br" in headers.get("Accept-Encoding", "") and not nginx.brotli():
        pytest.skip("nginx's module for brotli cannot be had on this machine")
    (application, _other), body = plant.applications, b"" if method in ("POST", "PUT") else None
    for path in (PAGE, "/", "/es", "/es/members/id-card", "/compliance"):
        plant.site.get(path)
    for address in ODD:
        host = {"Host": "127.0.0.1"}  # redirects name it
        direct = application.get(address, headers | host, method, body)
        front = plant.site.get(address, headers | host, method, body)
        if front.status in (400, 405) and front.headers["Content-Type"] == "text/html":
            assert direct.status >= 400, address  # what nobody means well nginx refuses by itself
            continue
        assert front.status == direct.status, (method, address)
        differing = set(told(front).items()) ^ set(told(direct).items())
        if direct.status != 200:  # a refusal's tag helps nobody, and not every way to it makes one
            differing = {(name, value) for name, value in differing if name != "etag"}
        assert not differing, (method, address)
        assert front.body == direct.body or "csrf" in direct.text, address


@pytest.mark.parametrize("encoding", ["", "gzip", "br, gzip"])
def test_who_has_the_page_is_told_so_by_both(plant, encoding):
    if "br" in encoding and not nginx.brotli():
        pytest.skip("nginx's module for brotli cannot be had on this machine")
    file_of(plant)
    headers = {"Accept-Encoding": encoding, "Host": "127.0.0.1"}
    tags = {answer.get(PAGE, headers).headers["ETag"] for answer in (plant.site, *plant.applications)}
    (tag,) = tags
    for asked in (plant.site, *plant.applications):
        unchanged = asked.get(PAGE, {**headers, "If-None-Match": tag})
        assert (unchanged.status, unchanged.body, unchanged.headers["ETag"]) == (304, b"", tag)
        assert "default-src 'none'" in unchanged.headers["Content-Security-Policy"]


def test_static_files_come_with_the_same_headers(plant):
    style = plant.site.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        direct, front = plant.applications[0].get(style, headers), plant.site.get(style, headers)
        assert front.body == direct.body
        differing = {name for name in {*told(front), *told(direct)} if told(front).get(name) != told(direct).get(name)}
        assert differing <= {"accept-ranges", "content-type", "etag"}, (told(front), told(direct))
        assert front.headers["Content-Type"].split(";")[0] == "text/css"
        assert front.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    with stopped(plant):
        assert plant.site.get(style).status == 200


@pytest.mark.parametrize(("path", "words"), [("/search", 'lang="en"'), ("/es/search", 'lang="es"')])
def test_an_application_that_is_away_is_said_in_the_visitors_language(plant, path, words):
    nobody = replace(plant.site, port=sites.free_port())
    if path == "/search":
        nobody.run("from django.core.management import call_command; call_command('write_error_pages')")
    with nginx.before(nobody) as front:
        for method in ("GET", "POST"):
            answer = front.site.get(path, method=method, body=b"" if method == "POST" else None)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
            assert words in answer.text and "tel:" in answer.text
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_what_visitors_invent_stores_nothing(plant):
    file_of(plant)
    plant.site.get("/")
    before = {path.relative_to(plant.pages / "made").parts[1:]: path.read_bytes() for path in plant.files()}
    forged = [
        *(
            {"Host": "evil.example"},
            {"X-Forwarded-Host": "evil.example"},
            {"X-Forwarded-Proto": "https"},
            {"Forwarded": "host=evil.example"},
        ),
        *(
            {"X-Original-URL": "/admin/"},
            {"X-Rewrite-URL": "/admin/"},
            {"Accept-Language": "fa"},
            {"Accept-Encoding": "evil, br;q=9"},
        ),
        *(
            {"Cookie": "text_size=evil; closed_notices=evil"},
            {"Cookie": "sessionid=evil; csrftoken=evil"},
            {"X-HTTP-Method-Override": "POST"},
        ),
    ]
    for headers in forged:
        for address in (PAGE, *ODD, f"{PAGE}?utm_source=evil", f"{PAGE}/evil"):
            plant.site.get(address, headers)
    after = {path.relative_to(plant.pages / "made").parts[1:]: path.read_bytes() for path in plant.files()}
    addresses = {"/" + "/".join(parts[:-1]) for parts in after}
    assert addresses <= {*ODD, PAGE} | {"/" + "/".join(parts[:-1]) for parts in before}
    assert all(after[parts] == body for parts, body in before.items())
    assert not any(b"evil" in body for body in after.values())


def test_no_file_holds_anything_of_a_visitor(plant):
    asked = {
        "Cookie": "text_size=150; closed_notices=1.1; sessionid=secret; csrftoken=secret",
        "User-Agent": "secret",
        "Referer": "/secret",
    }
    for path in ("/", PAGE, "/compliance", "/providers/request-information", "/search?q=secret"):
        plant.site.get(path, asked)
        assert plant.site.get(path).status == 200
    held = b"".join(path.read_bytes() for path in plant.files())
    for mark in (b"secret", b"csrfmiddlewaretoken", b"text-150"):
        assert mark not in held


def test_a_change_is_seen_at_once_and_never_an_older_page_after_it(plant):
    """While many read the page, it is changed again and again."""
    file_of(plant)
    seen, faults, ended = [], [], threading.Event()

    def read() -> None:
        latest = 0
        while not ended.is_set():
            answer = plant.site.get(PAGE)
            number = int(answer.text.partition("Change ")[2].partition(".")[0] or 0)
            if answer.status != 200 or number < latest:
                faults.append((answer.status, number, latest))
            latest = number
            seen.append((time.monotonic(), number))

    plant.site.sql(heading("Change 1."))
    wait_for(lambda: shows(plant, "Change 1."))
    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for number in range(2, 22):
            plant.site.sql(heading(f"Change {number}."))
            written = time.monotonic()
            wait_for(lambda number=number: any(found == number for _at, found in seen[-20:]))
            time.sleep(0.05)
            late = [found for at, found in seen if at > written + LAPSE and found < number]
            assert not late
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert not faults


def mend(plant) -> None:
    if plant.keeper.poll() is not None:
        plant.start_keeper()
    file_of(plant)


def unseen(plant, text: str) -> None:
    """Changes the page without the database's telling anybody."""
    plant.site.sql(f"SET session_replication_role = replica; {heading(text)}")


@pytest.mark.parametrize("end_signal", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
def test_without_its_keeper_no_page_is_given_for_long(plant, end_signal):
    mend(plant)
    os.kill(plant.keeper.pid, end_signal)
    began = time.monotonic()
    plant.site.sql(heading(f"Unheard {end_signal}"))
    wait_for(lambda: shows(plant, f"Unheard {end_signal}"))
    assert time.monotonic() - began < LAPSE + 2
    unseen(plant, "Made anew")
    assert shows(plant, "Made anew"), "pages are made for each visitor"
    plant.keeper.kill()
    plant.keeper.wait()
    mend(plant)
    unseen(plant, "Unseen")
    assert not shows(plant, "Unseen"), "pages are kept again"


def test_who_no_longer_hears_the_database_gives_no_page_and_hears_again(plant):
    mend(plant)
    plant.site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'")
    unseen(plant, "While deaf")
    wait_for(lambda: shows(plant, "While deaf"))
    plant.site.sql(heading("Heard again"))
    wait_for(lambda: shows(plant, "Heard again"))
    file_of(plant)


@pytest.mark.parametrize("harm", ["deleted", "no folder", "full"])
def test_pages_go_on_whatever_happens_to_their_folder(plant, harm):
    mend(plant)
    made = plant.pages / "made"
    if harm == "deleted":
        shutil.rmtree(plant.pages)
    elif harm == "no folder":
        made.rename(plant.pages / "away")
        made.write_text("not a folder")
    else:
        for site in plant.applications:
            for process in family(site.process.pid):
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4_000, resource.RLIM_INFINITY))
    try:
        plant.site.sql(heading(f"Changed while {harm}"))
        wait_for(lambda: shows(plant, f"Changed while {harm}"))
        for _ in range(20):
            assert plant.site.get("/").status == plant.site.get(PAGE).status == 200
    finally:
        for site in plant.applications:
            for process in family(site.process.pid):
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        if harm == "no folder":
            made.unlink()
    plant.site.sql(heading(f"Mended after {harm}"))
    wait_for(lambda: shows(plant, f"Mended after {harm}"))
    file_of(plant)


def test_a_notice_begins_and_ends_on_its_second(plant):
    mend(plant)
    begins = timezone.now() + timedelta(seconds=4)
    ends = begins + timedelta(seconds=2)
    plant.site.sql(
        f"UPDATE pages_notice SET starts_at = '{begins.isoformat()}', ends_at = '{ends.isoformat()}', live = true WHERE severity = 'emergency'"  # noqa: S608
    )
    shown = 'class="notice notice--emergency'
    wait_for(lambda: not shows(plant, shown))
    assert timezone.now() < begins, "this machine is too slow to see it"
    seen = []
    while timezone.now() < ends + timedelta(seconds=1):
        asked, there, answered = timezone.now(), shows(plant, shown), timezone.now()
        seen.append((asked, there, answered))
        time.sleep(0.01)
    assert any(there for _asked, there, _answered in seen)
    # The keeper takes some milliseconds to change the links.
    soon = timedelta(seconds=1)
    for asked, there, answered in seen:
        if asked >= begins + soon and answered < ends:
            assert there
        if answered < begins or asked >= ends + soon:
            assert not there


def test_a_new_release_is_taken_up_without_a_failed_request(plant):
    """nginx and both web servers take their configuration anew while visitors read what no file answers."""
    mend(plant)
    faults, answered, ended = [], [], threading.Event()

    def read(path: str) -> None:
        while not ended.is_set():
            status = plant.site.get(path).status
            (answered if status == 200 else faults).append((path, status))

    readers = [threading.Thread(target=read, args=(path,)) for path in (PAGE, f"{PAGE}?unknown", "/search?q=card", "/")]
    for reader in readers:
        reader.start()
    old = [psutil.Process(site.process.pid).children()[0].pid for site in plant.applications]
    try:
        for site, worker in zip(plant.applications, old, strict=True):
            site.process.send_signal(signal.SIGHUP)
            wait_for(lambda worker=worker: not psutil.pid_exists(worker), seconds=60)
            plant.front.process.send_signal(signal.SIGHUP)
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert answered and not faults


def test_pages_of_passed_generations_do_not_pile_up(plant):
    mend(plant)
    for number in range(5):
        file_of(plant)
        plant.site.sql(heading(f"Pile {number}"))
        wait_for(lambda number=number: shows(plant, f"Pile {number}"))
    wait_for(lambda: len(list((plant.pages / "made").iterdir())) <= 2)
    assert len([name for name in os.listdir(plant.pages) if name.isdecimal()]) <= files.LEASE + 4


def test_what_is_no_ready_page_is_looked_for_under_a_name_that_no_page_can_have():
    defaults = re.findall(r"\$(?:ready_page|static_file) \{\s+default \"([^\"]+)\";", TEMPLATE.read_text())
    assert len(defaults) == 2 and not any(map(files.PATH.fullmatch, defaults))
