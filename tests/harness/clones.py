"""Copies of one loaded site, each a database with its folder of files, made in a fraction of a second.

The original, a migrated database with all content, is built once in a run by the first process that needs it; the others wait.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from psycopg import sql

from lacare_site.management import processes
from tests.harness import postgres

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "lacare_template"
_parts: list[subprocess.Popen] = []  # of the building of the original, in the process that does it


def folder() -> Path:
    """The folder of this run; see session.py."""
    return Path(os.environ["LACARE_TEST_FOLDER"])


def environment(name: str) -> dict[str, str]:
    """The variables under which Django works on the clone of that name."""
    return {
        "DATABASE_URL": postgres.url(folder() / "postgres", f"lacare_{name}"),
        "LACARE_DATA_DIR": str(folder() / name),
        "DJANGO_SETTINGS_MODULE": "lacare_site.settings.test",
    }


def use_clone(name: str) -> None:
    """Turns this process to the clone of that name, which need not exist yet."""
    os.environ.update(environment(name))


def make(name: str) -> None:
    """Makes the clone anew, from the original."""
    _build_original()
    database = sql.Identifier(f"lacare_{name}")
    with postgres.connect(folder() / "postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, sql.Identifier(TEMPLATE)))
    data, original = folder() / name, folder() / "template"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(original, data, ignore=shutil.ignore_patterns("static"))
    (data / "static").symlink_to(original / "static")  # nobody changes these


@contextmanager
def begun():
    """The original is being built meanwhile, for the processes that will need it; what is not done after the block is given up."""

    def build() -> None:
        with suppress(RuntimeError):  # those who need it find the same fault, and tell of it
            _build_original()

    thread = threading.Thread(target=build)
    thread.start()
    try:
        yield
    finally:
        for part in _parts:
            part.kill()
        thread.join()


def _build_original() -> None:
    done = folder() / "original-built"
    with lock("original"):
        if not done.exists():
            with postgres.connect(folder() / "postgres") as connection:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(TEMPLATE)))
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            _parts.extend(_start(part) for part in ("database", "static"))
            outputs = [part.communicate()[0] for part in _parts]
            done.write_text("".join(output for part, output in zip(_parts, outputs, strict=True) if part.returncode))
    if fault := done.read_text():
        raise RuntimeError(f"The site could not be built for the tests:\n{fault}")


def _start(part: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.harness.build_original", part]
    env = {**os.environ, **environment("template")}
    return processes.start(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@contextmanager
def lock(name: str):
    """Held by one of this run's processes at a time."""
    with open(folder() / f"{name}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
