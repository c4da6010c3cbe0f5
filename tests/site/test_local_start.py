"""`make run` on a machine that has nothing yet, as its README promises."""

import re
import signal
import socket
import subprocess
import urllib.parse
import urllib.request

import pytest

from lacare_site.management import processes
from tests.harness.local_start import children, interrupt, is_running, kept, read_until, starting


@pytest.mark.audit
def test_the_whole_site_starts_on_sqlite_and_ends_on_ctrl_c(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with starting(tmp_path, port) as process:
        printed = read_until(process, "Ctrl-C ends it")
        address = f"http://127.0.0.1:{port}"
        assert f"The site:   {address}\n" in printed and f"The admin:  {address}/admin/\n" in printed, printed
        assert re.search(r"Sign in as: admin, password \S{16}\n", printed)
        with urllib.request.urlopen(address) as answer:
            home = answer.read()
        assert b"<h1" in home and f'<link rel="canonical" href="{address}/">'.encode() in home
        # The search finds something at once: the queue was worked off before the first visitor came.
        with urllib.request.urlopen(f"{address}/search?{urllib.parse.urlencode({'q': 'nurse line'})}") as answer:
            assert b"<mark>" in answer.read()
        parts = children(process)
        interrupt(process)
        assert "The site has ended." in process.stdout.read()
        assert process.wait() == 0
        assert set(parts) == {"web server", "worker"} and not any(is_running(pid) for pid in parts.values())
    with starting(tmp_path, port) as process:
        first, second = read_until(process, "The site:").split("\n\n")
        assert re.fullmatch(r"Content: 0 loaded, \d+ up to date, 0 left as editors have made them\.", first), (
            "all was done before"
        )
        assert second == f"The site:   {address}\n"
    (tmp_path / "site.sqlite3").rename(kept())


def test_parts_are_asked_to_end_together():
    """One that ends only after the other would have to be killed if each were asked in turn."""
    other = processes.start(["sleep", "60"], stdout=subprocess.PIPE)
    waiting = processes.start(["sh", "-c", "trap '' TERM; echo ready; cat"], stdin=other.stdout, stdout=subprocess.PIPE)
    assert waiting.stdout.readline() == b"ready\n"
    processes.end(waiting, other, seconds=5)
    assert (waiting.returncode, other.returncode) == (0, -signal.SIGTERM)
