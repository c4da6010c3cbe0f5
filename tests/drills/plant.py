"""Everything that a drill breaks: a PostgreSQL, a gunicorn, a worker, a mail server and a scanner of its own, under production-like settings."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import psycopg
from aiosmtpd.controller import Controller

from lacare_site.management import processes
from tests.drills.small_disk import SmallDisk
from tests.harness import clones, postgres
from tests.harness import site as sites
from tests.harness.site import free_port
from tests.outbox.conftest import Mailbox

MAIL_TIMEOUT = 10  # seconds


class Plant:
    """`site` takes requests, `mailbox` keeps the mails that arrived, `disk` holds the attachments."""

    def __init__(self, name: str):
        clones.make(name)
        original = clones.environment(name)
        self.folder = clones.folder() / f"drills_{name}"
        # Nothing that was committed may be lost when this PostgreSQL dies: no asynchronous commits.
        self.postgres = postgres.start(self.folder / "postgres", synchronous_commit="on")
        self.database = postgres.url(self.folder / "postgres", "drills")
        self._copy_database(original["DATABASE_URL"])
        self.data = Path(original["LACARE_DATA_DIR"])
        self.disk = SmallDisk(self.data / "private")
        self.uploads = SmallDisk(self.data / "uploads")
        self.mailbox = Mailbox()
        self.mail_port, self.scanner_port = free_port(), free_port()
        self.mail_server = None
        self.environment = original | {
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "tests.drills.settings",
            "LACARE_DRILL_SMTP_PORT": str(self.mail_port),
            "LACARE_DRILL_SMTP_TIMEOUT": str(MAIL_TIMEOUT),
            "LACARE_CLAMD": f"127.0.0.1:{self.scanner_port}",
        }
        self.worker_log = self.folder / "worker.log"
        self.worker = None
        # Preloaded, so that a killed process is back at once, and a drill can kill many.
        self.site = sites.serve(f"drills_{name}/gunicorn", ["--preload"], self.environment)

    def mend(self) -> None:
        """All parts run, whatever was done to them, and nobody has sent anything in this hour."""
        if self.mail_server is None:
            self.start_mail_server()
        if self.worker is None or self.worker.poll() is not None:
            self.start_worker()
        self.wait(self._is_up, "the site answers")
        self.forget_limits()

    def end(self) -> None:
        self.stop_worker(signal.SIGKILL)
        self.site.end()
        self.stop_mail_server()
        self.postgres.end()
        self.disk.end()
        self.uploads.end()
        shutil.rmtree(self.folder)

    # The parts, and how they break.

    def web_processes(self) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(self.site.process.pid)], capture_output=True, text=True).stdout
        return [int(line) for line in found.split()]

    @contextmanager
    def killing_web_processes(self, pause: float):
        """Every `pause` seconds one of them dies, as long as the block runs; gives the list of the dead."""
        ended, dead = threading.Event(), []

        def work() -> None:
            while not ended.wait(pause):
                if alive := self.web_processes():
                    dead.append(random.choice(alive))
                    kill(dead[-1])

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield dead
        finally:
            ended.set()
            thread.join()

    def start_worker(self) -> None:
        with self.worker_log.open("ab") as log:
            command = [sys.executable, "manage.py", "work"]
            env = {**os.environ, **self.environment}
            self.worker = processes.start(command, cwd=clones.ROOT, env=env, stdout=log, stderr=log)

    def stop_worker(self, end_signal: int) -> None:
        if self.worker:
            processes.end(self.worker, end_signal=end_signal)
        self.worker = None

    def let_leases_end(self) -> None:
        """Lets the time pass after which what a dead worker had in hand is free for others."""
        self.rows("UPDATE outbox_message SET claimed_until = now() WHERE claimed_until IS NOT NULL RETURNING 1")
        self.rows("UPDATE django_tasks_database_dbtaskresult SET started_at = '2000-01-01Z' WHERE status = 'RUNNING' RETURNING 1")

    def start_mail_server(self) -> None:
        self.mail_server = Controller(self.mailbox, hostname="127.0.0.1", port=self.mail_port)
        self.mail_server.start()

    def stop_mail_server(self) -> None:
        if self.mail_server:
            self.mail_server.stop()
        self.mail_server = None

    @contextmanager
    def slow_mail(self):
        """While the block runs, the mail server has one more mail of the worker at most, and does not say so. Gives what waits for it."""
        already = len(self.mailbox.mails)
        self.mailbox.is_slow = True
        try:
            yield lambda: self.wait(lambda: len(self.mailbox.mails) > already, "the worker sends a mail")
        finally:
            self.mailbox.is_slow = False

    def restart_database(self, end_signal: int) -> None:
        self.postgres.end(end_signal)
        self.postgres.serve()

    # What is there in the end.

    def rows(self, sql: str, *values) -> list[tuple]:
        with psycopg.connect(self.database.replace("postgres:///", "postgresql:///"), autocommit=True) as connection:
            return connection.execute(sql, values).fetchall()

    def has_running_tasks(self) -> bool:
        return bool(self.rows("SELECT 1 FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"))

    def attachments(self, applicant, state: str) -> list[str]:
        """The paths of the files in that state of an application that is being written."""
        rows = "SELECT a.path FROM intake_attachment a JOIN intake_draft d ON d.id = a.draft_id"
        found = self.rows(f"{rows} WHERE d.code_hash = %s AND a.state = %s ORDER BY a.id", applicant.code_hash, state)
        return [path for (path,) in found]

    def forget_limits(self) -> None:
        """Drills send more than the site lets people send in an hour."""
        self.rows("DELETE FROM security_limitwindow RETURNING key")

    def wait(self, is_so: Callable[[], object], what: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"It took too long until {what}.\n{self.logs()}"
            time.sleep(0.1)

    def unsent(self) -> list[tuple]:
        return self.rows("SELECT key FROM outbox_message WHERE sent_at IS NULL")

    def logs(self) -> str:
        return "".join(log.read_text(errors="replace")[-6000:] for log in (self.site.log, self.worker_log) if log.exists())

    def _is_up(self) -> bool:
        assert self.site.process.poll() is None, self.logs()
        try:
            return self.site.get("/healthz").status == 200
        except OSError:
            return False

    def _copy_database(self, original: str) -> None:
        with postgres.connect(self.folder / "postgres") as connection:
            connection.execute("CREATE DATABASE drills")
        programs = postgres.find_binaries()
        source, target = (url.replace("postgres:///", "postgresql:///") for url in (original, self.database))
        dump = subprocess.Popen([programs / "pg_dump", "--no-owner", source], stdout=subprocess.PIPE)
        load = [programs / "psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", target]
        subprocess.run(load, stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
        assert dump.wait() == 0


def kill(pid: int) -> None:
    """kill -9; nothing happens to a process that has just died."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
