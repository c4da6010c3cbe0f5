"""The site as visitors meet it: a gunicorn on a loopback port, with a database and files of its own."""

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from email.message import Message
from itertools import count

import psycopg

from lacare_site.management import processes
from tests.harness import accounts, clones
from tests.harness.build_original import ADMIN, ADMIN_PASSWORD

_numbers = count(1)


@dataclass
class Answer:
    """What came back from the site, unchanged: redirects are not followed, nothing is unpacked."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Site:
    """A running site. `admin` and `password` sign in to its admin; `visitor` is the address that it is asked from.

    `environment` is that of its processes, if it is not that of the clone after which the log is named.
    """

    port: int
    process: object
    log: object
    admin: str = ADMIN
    password: str = ADMIN_PASSWORD
    visitor: str = "127.0.0.1"
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.environment = self.environment or clones.environment(self.log.stem)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, target: str, headers: dict[str, str] | None = None, method: str = "GET", body: bytes | None = None) -> Answer:
        """Asks for exactly this target, however odd: no client tidies it up ("//x", spaces, bytes that are no text)."""
        lines = {} if body is None else {"Content-Length": str(len(body))}
        with self.begin(target, {**(headers or {}), **lines}, method) as connection:
            connection.sendall(body or b"")
            return read_answer(connection, method)

    def begin(self, target: str, headers: dict[str, str], method: str = "GET") -> socket.socket:
        """A connection on which the head of a request has been sent."""
        lines = {"Host": f"127.0.0.1:{self.port}", "Connection": "close", **headers}
        head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(self.visitor, 0))
        connection.sendall(head.encode("latin-1") + b"\r\n")
        return connection

    def run(self, code: str) -> str:
        """Runs Python under Django on this site's database, as a worker would; gives what it printed."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        env = {**os.environ, **self.environment}
        return subprocess.run(command, cwd=clones.ROOT, env=env, capture_output=True, text=True, check=True).stdout

    def sql(self, statement: str) -> list[tuple]:
        """Asks this site's database: in a moment, where `run` begins a Django first. Gives the rows, if there are any."""
        database = self.environment["DATABASE_URL"]
        with psycopg.connect(database.replace("postgres:///", "postgresql:///"), autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def forget_codes(self) -> None:
        """Tests sign in more often than the site lets a person: it forgets the earlier times."""
        self.sql("UPDATE otp_totp_totpdevice SET last_t = -1")
        self.sql("DELETE FROM security_limitwindow")

    def code(self) -> str:
        """A code of the administrator's app."""
        self.forget_codes()
        return accounts.code()

    def faults(self) -> str:
        """What the server has complained of: tracebacks of pages that answered 500, in the end."""
        text = self.log.read_text(errors="replace")
        return text if "Traceback (most recent call last)" in text else ""

    def end(self) -> None:
        kill(self.process)


def kill(*running: subprocess.Popen) -> None:
    """Ends programs with their children at once. In good order it would take each some seconds, and nobody asks them again."""
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # each was started in a session of its own
    for process in running:
        process.wait()


def read_answer(connection: socket.socket, method: str) -> Answer:
    """What came on this connection."""
    response = http.client.HTTPResponse(connection, method=method)
    response.begin()
    return Answer(response.status, response.headers, response.read())


def start(workers: int = 1) -> Site:
    """Starts a site on a clone of its own, and returns once it answers. One process has one memory of ready pages."""
    name = new_clone()
    return awaited(serve(name, ["--workers", str(workers), "--max-requests", "0"], clones.environment(name)))


def new_clone() -> str:
    name = f"site_{os.environ.get('PYTEST_XDIST_WORKER', 'tests')}_{next(_numbers)}"
    clones.make(name)
    return name


def awaited(site: Site) -> Site:
    """The same, once it answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and site.process.poll() is None:
        try:
            if site.get("/healthz").status == 200:
                return site
        except OSError:
            time.sleep(0.1)
    site.end()
    raise RuntimeError(f"The site did not start:\n{site.log.read_text()}")


def serve(name: str, options: list[str], environment: dict[str, str]) -> Site:
    """A gunicorn on a free port; `name` is that of its log in the run's folder."""
    log = clones.folder() / f"{name}.log"
    with log.open("wb") as output, socket.create_server(("127.0.0.1", 0)) as listener:
        # The socket itself is handed over: nobody else can take the port in between.
        bind = ["--bind", f"fd://{listener.fileno()}", "--log-level", "warning"]
        process = processes.start(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", *bind, *options],
            cwd=clones.ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
            pass_fds=[listener.fileno()],
        )
        return Site(listener.getsockname()[1], process, log, environment=environment)


def free_port() -> int:
    """A port of the loopback address that nobody listens on, for programs that cannot be handed a socket.

    Not one of those that the system gives to whoever asks for any: until the program listens, the next to ask would get it, too.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
