"""What nginx keeps of a report under deploy/nginx.conf.template: nothing on a disk, no line in a log; and what it lets through at all."""

import contextlib
import os
import re
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from compliance import sealing
from lacare_site.languages import LANGUAGES
from lacare_site.management.nginx import REPORTING_AT_ONCE, SENDING_AT_ONCE, Machine, configuration
from lacare_site.security import requests
from tests.compliance import live_officer
from tests.compliance.reporters import ADDRESS, ANSWERS, RECEIPT, RECEIPT_ADDRESS
from tests.compliance.test_filing_traces import MARK, Visitor, connect, marked_file, rows
from tests.harness import clones, nginx
from tests.harness.site import Answer, Site, free_port, read_answer
from tests.site.test_routes import OUTSIDE

# Any address of the loopback network will do, and this one stands nowhere else.
SOMEBODY = "127.0.0.77"
PREFIXES = ["" if language.code == "en" else f"/{language.code}" for language in LANGUAGES]
PATIENCE = 5  # seconds for a head, and between two pieces of a body


def test_a_report_through_nginx_leaves_nothing_on_a_disk_or_in_a_log(fresh_site):
    with nginx.before(fresh_site()) as front:
        site = replace(front.site, visitor=SOMEBODY)
        with connect(site) as connection:
            connection.execute(live_officer.ADD_RECOVERY_KEY, [sealing.new_pair().public])
        visitor = Visitor(site)
        slow_head, slow_body = send_half(site)
        began, logs_before = time.monotonic(), times(front.logs)
        assert_lies_in_memory(front)

        assert f"{MARK} who" in visitor.write()
        receipt = RECEIPT.search(visitor.post(ADDRESS, {"step": "review", "send": "1"}))[0]
        thread = visitor.post(RECEIPT_ADDRESS, {"receipt": receipt})
        turn = re.search(r'name="turn" value="(\w+)"', thread)[1]
        assert f"{MARK} answer" in visitor.post(RECEIPT_ADDRESS, {"turn": turn, "text": f"{MARK} answer", "files": marked_file()})
        # Under odd spellings, and on the way to another page.
        visitor.ask("/%63ompliance/report")
        visitor.ask("/ES//Compliance/report")
        visitor.headers["Referer"] = f"{site.url}/es{ADDRESS}"
        visitor.ask("/members")
        for slow in (slow_head, slow_body):
            slow.settimeout(3 * PATIENCE)
            with slow, contextlib.suppress(ConnectionResetError):
                assert not slow.recv(1000)
        assert time.monotonic() - began < 4 * PATIENCE, "somebody slow is waited for"

        assert times(front.logs) == logs_before
        assert [path.name for path in files(front.run)] == ["nginx.pid"]
        kept = b"".join(path.read_bytes() for path in [*files(front.logs.parent), site.log])
        kept += "\n".join(line for lines in rows(site).values() for line in lines).encode()
        for secret in (MARK, SOMEBODY, receipt, *visitor.cookies.values()):
            assert secret.encode() not in kept, secret

        visitor.headers["Referer"] = f"{site.url}/{MARK}"
        visitor.ask("/members")
        deadline = time.monotonic() + 5
        while SOMEBODY not in (line := (front.logs / "access.log").read_text().splitlines()[-1]) and time.monotonic() < deadline:
            time.sleep(0.05)  # it is written once the answer is out
        assert SOMEBODY in line and MARK in line, "this log does not log at all"


def send_half(site: Site) -> tuple[socket.socket, socket.socket]:
    """Two who are slow: the one with the head of a request, the other with a body that is longer than nginx's buffer."""
    head = socket.create_connection(("127.0.0.1", site.port), source_address=(SOMEBODY, 0))
    head.sendall(f"GET {ADDRESS} HTTP/1.1\r\nUser-Agent: {MARK}".encode())
    sent = encode_multipart(BOUNDARY, ANSWERS | {"files": marked_file()})
    body = site.begin(ADDRESS, {"Content-Type": MULTIPART_CONTENT, "Content-Length": str(len(sent))}, "POST")
    body.sendall(sent[: len(sent) // 2])
    return head, body


def assert_lies_in_memory(front: nginx.Front) -> None:
    """nginx has put the first half of a file aside: on a file system that is memory, and nowhere else."""
    deadline = time.monotonic() + 10
    while not (found := open_files(front)):
        assert time.monotonic() < deadline, "nginx has put nothing aside"
        time.sleep(0.05)
    (aside,) = found
    assert MARK.encode() in Path(aside).read_bytes()
    assert os.stat(aside).st_dev == front.run.stat().st_dev
    (kind,) = {line.split()[2] for line in Path("/proc/mounts").read_text().splitlines() if line.split()[1] == nginx.TMPFS}
    assert kind == "tmpfs"


def open_files(front: nginx.Front) -> list[str]:
    """What nginx's processes have open beside logs and sockets."""
    found = {}
    parent = front.process.pid
    workers = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for descriptor in (path for pid in [str(parent), *workers] for path in Path(f"/proc/{pid}/fd").iterdir()):
        target = os.readlink(descriptor)
        is_its_own = target.startswith(("/dev/", "/proc/")) and front.run.name not in target
        if target.startswith("/") and not is_its_own and not target.endswith((".log", "/output")):
            found[target] = str(descriptor)
    return list(found.values())


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in files(folder)}


@pytest.fixture
def alone():
    """nginx before an application that does not answer."""
    with nginx.before(Site(free_port(), None, clones.folder() / "nobody.log", visitor=SOMEBODY)) as front:
        yield front


def test_a_fault_on_a_page_for_reporters_is_in_no_log(alone):
    kept = [path for path in files(alone.logs.parent) if path.name != "access.log"]
    before = [path.read_bytes() for path in kept]
    for prefix in [*PREFIXES, "/admin"]:
        for more in ("", "/report", "/report/receipt", "/reports/RPT-1"):
            assert alone.site.get(f"{prefix}/compliance{more}").status == 503
    assert alone.site.get(ADDRESS, {"Content-Length": str(10**9)}, "POST").status == 413
    for address in ("/static/x.css", "/es/members", "/members/draft/x", "/admin/"):
        for referrer in (ADDRESS, f"/es{RECEIPT_ADDRESS}"):
            assert alone.site.get(address, {"Referer": f"{alone.site.url}{referrer}"}).status == 503
    assert "/compliance" not in (alone.logs / "access.log").read_text()
    # The very first request of all, by which the test has waited for nginx, stands in both.
    assert [path.read_bytes() for path in kept] == before
    alone.site.get("/members")
    assert f"client: {SOMEBODY}" in (alone.logs / "error.log").read_text(), "this log does not log at all"


@contextlib.contextmanager
def answering():
    """An application that says of everything that it is not there; its `heard` are the last headers by address."""
    heard = {}

    class Application(BaseHTTPRequestHandler):
        def do_GET(self):
            heard[self.path] = self.headers
            self.send_error(404)

        do_POST = do_GET

        def log_message(self, *args):
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Application) as application:
        threading.Thread(target=application.serve_forever, daemon=True).start()
        site = Site(application.server_port, None, clones.folder() / "nobody.log", visitor=SOMEBODY)
        yield site, heard
        application.shutdown()


def test_the_application_hears_whom_a_visit_comes_from_but_for_reports():
    with answering() as (application, heard), nginx.before(application) as front:
        for address in ("/members", *(f"{prefix}{ADDRESS}" for prefix in PREFIXES)):
            front.site.get(address, {"X-Forwarded-For": "203.0.113.77", "X-Forwarded-Proto": "https"})
            assert heard[address]["Host"] == f"127.0.0.1:{front.site.port}" and heard[address]["X-Forwarded-Proto"] == "http"
    assert heard.pop("/members")["X-Forwarded-For"] == f"203.0.113.77, {SOMEBODY}"
    heard.pop("/healthz")
    assert len(heard) == len(PREFIXES)
    for headers in heard.values():
        assert SOMEBODY not in str(headers) and "203.0.113.77" not in str(headers)


@pytest.mark.parametrize("referrer", ["/members", pytest.param(ADDRESS, marks=pytest.mark.audit)])
def test_nginx_takes_bodies_as_long_as_the_application_does(alone, referrer):
    sizes = [limit + more for limit in (requests.LARGEST_PUBLIC_BODY, requests.LARGEST_LONG_FORM) for more in (0, 1)]
    guard = requests.RequestGuard(lambda request: HttpResponse("taken"))
    refused = 0
    for address, _view in OUTSIDE.values():
        for prefix in ("", "/es", "/zh-hant"):
            for size in [*sizes, requests.LARGEST_UPLOAD + 1]:
                asked = RequestFactory().generic("POST", f"{prefix}{address}", CONTENT_LENGTH=str(size))
                is_taken = guard(asked).status_code == 200
                headers = {"Content-Length": str(size), "Referer": f"{alone.site.url}{referrer}"}
                assert answer_to(alone.site, f"{prefix}{address}", headers, is_taken) == (503 if is_taken else 413), address
                refused += not is_taken
    assert refused > 100


@pytest.mark.parametrize(
    ("address", "referrer", "most", "is_everybodys"),
    [
        ("/providers/ppg-application/documents", "/members", SENDING_AT_ONCE, False),
        pytest.param(
            "/es/members/file-grievance/grievance-appeal-form/documents",
            "/members",
            SENDING_AT_ONCE,
            False,
            marks=pytest.mark.audit,
        ),
        (ADDRESS, "/members", REPORTING_AT_ONCE, True),
        pytest.param("/admin/images/add/", ADDRESS, REPORTING_AT_ONCE, True, marks=pytest.mark.audit),
    ],
)
def test_who_sends_slowly_keeps_nobody_else_out_of_uploads(address, referrer, most, is_everybodys):
    """So many at once get no further than nginx. Of reports no address is counted, but everybody's together."""
    with answering() as (application, _heard), nginx.before(application) as front, contextlib.ExitStack() as stack:
        others = replace(front.site, visitor="127.0.0.78")

        def begin(site: Site) -> socket.socket:
            headers = {"Content-Length": "1000", "Referer": f"{front.site.url}{referrer}"}
            return stack.enter_context(site.begin(address, headers, "POST"))

        refused = refusal(lambda count: begin(others if is_everybodys and count % 2 else front.site), most)
        assert refused.headers["Retry-After"]
        assert front.site.get(address).status == 404, "a page is asked for, and nothing sent"
        if not is_everybodys:
            assert others.get(address, {"Content-Length": "1"}, "POST", b"x").status == 404
        written = (front.logs / "error.log").read_text()
        assert ("limiting connections" in written) != is_everybodys


def refusal(begin: Callable[[int], socket.socket], most: int) -> Answer:
    """Begins to send until somebody is refused: once `most` are at it, unless nginx has given up on some of them meanwhile."""
    begun = []
    for count in range(3 * most):
        begun.append(begin(count))
        for ready in select.select(begun, [], [], 0 if len(begun) <= most else 60)[0]:
            begun.remove(ready)
            with contextlib.suppress(OSError, HTTPException):
                if (answer := read_answer(ready, "POST")).status == 503:
                    return answer
    raise AssertionError("Everybody gets in.")


@pytest.mark.parametrize(("proxies", "comes_from"), [(1, []), (2, ["~(?<forwarded>[^, ]+)( *, *[^, ]+){0} *$"])])
def test_behind_other_servers_of_ours_a_sender_is_whom_they_name(settings, proxies, comes_from):
    settings.PROXIES = proxies
    machine = configuration(Machine(["127.0.0.1:1"], Path("/x"), Path("/x"), Path("/x")))
    found = re.search(r"map \$http_x_forwarded_for \$comes_from \{(.*?)\n    \}", machine, re.DOTALL)[1]
    patterns = re.findall(r'"(.+)" \$forwarded', found)
    assert patterns == comes_from
    for pattern in patterns:
        claimed = re.search(pattern.removeprefix("~").replace("?<", "?P<"), "203.0.113.1, 198.51.100.7")
        assert claimed["forwarded"] == "198.51.100.7"


def answer_to(site: Site, address: str, headers: dict[str, str], sends: bool) -> int:
    with site.begin(address, headers, "POST") as connection:
        if sends:
            connection.sendall(bytes(int(headers["Content-Length"])))
        return read_answer(connection, "POST").status
