"""What one run of the tests needs before Django reads its settings: a folder, a PostgreSQL, and names for both.

Loaded by `-p` in pyproject.toml, and used by the benchmark. The process that was started makes folder and server, and takes them away again; the workers of
pytest-xdist inherit its environment and add only the name of their own database.
"""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from lacare_site.management.commands.compile_catalogues import compile_changed
from tests.harness import clones, postgres

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "LACARE_TEST_FOLDER"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    if FOLDER not in os.environ and not {"--help", "--version"} & set(sys.argv):
        running = contextlib.ExitStack()
        early_config.add_cleanup(running.close)
        running.enter_context(surroundings())
        if getattr(early_config.known_args_namespace, "numprocesses", None):
            running.enter_context(clones.begun())  # the workers take a while to start and to collect their tests
    clones.use_clone(os.environ.get("PYTEST_XDIST_WORKER", "tests"))


@contextlib.contextmanager
def surroundings():
    """Folder and server, for as long as the block runs."""
    # A terminated run cleans up as an interrupted one does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="lacare-tests-"))
    folder.chmod(0o755)  # as root, PostgreSQL runs as another user
    os.environ[FOLDER] = str(folder)
    try:
        compile_changed(ROOT / "locale")
        server = postgres.start(folder / "postgres")
        try:
            yield
        finally:
            server.end()
    finally:
        shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)
