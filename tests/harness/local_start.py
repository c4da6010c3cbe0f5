"""`make run` without make: the whole site on an embedded SQLite, in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from lacare_site.management import processes
from tests.harness.clones import ROOT, folder

FOREIGN = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/another",
    "LACARE_BASE_URL": "https://another.example",
    "LACARE_STAFF_URL": "https://staff.another.example",
    "LACARE_PROXIES": "3",
    "http_proxy": "http://127.0.0.1:1",
    "no_proxy": "",
}


@contextmanager
def starting(data: Path, port: int):
    """Runs `run_local` in the folder `data`, from a shell that knows another site; whatever happens, it has ended after the block."""
    env = os.environ | FOREIGN | {"LACARE_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "lacare_site.settings.local"}
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    command = [sys.executable, "manage.py", "run_local", "--port", str(port)]
    process = processes.start(command, cwd=ROOT, env=env, **output)
    try:
        yield process
    finally:
        processes.end(process)


def kept() -> Path:
    """Where the database of a whole start is kept, for tests that need the site on SQLite; it may not be there."""
    return folder() / "local.sqlite3"


def read_until(process: subprocess.Popen, line: str) -> str:
    """What it printed up to a line that holds this text, or to its end."""
    printed = ""
    for printed_line in process.stdout:
        printed += printed_line
        if line in printed_line:
            break
    return printed


def children(process: subprocess.Popen) -> dict[str, int]:
    """The process numbers of web server and worker."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    found = {}
    for pid, parent, arguments in re.findall(r"^\s*(\d+)\s+(\d+)\s+(.*)$", listed, re.MULTILINE):
        if int(parent) == process.pid:
            found["web server" if "gunicorn" in arguments else "worker"] = int(pid)
    return found


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def interrupt(process: subprocess.Popen) -> None:
    """Ctrl-C."""
    process.send_signal(signal.SIGINT)
