"""Finds a Chromium for the browser tests, and installs one where there is none."""

import glob
import os
import shutil
import sys
from pathlib import Path

from tests.harness import programs

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
BINARIES = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
# Quiet: without these it calls Google's hosts, which the tests forbid and a closed network refuses.
OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]


def options() -> list[str]:
    # Chromium's sandbox does not work as root; everyone else keeps it.
    return [*OPTIONS, "--no-sandbox"] if os.geteuid() == 0 else OPTIONS


def path() -> str:
    """The browser's program: $CHROMIUM, else one on PATH or in Playwright's cache, else a fresh one."""
    install = programs.from_debian("chromium") or [[sys.executable, "-m", "playwright", "install", "chromium"]]
    needed = (
        "The browser tests need Chromium. Install it, or name it in the variable CHROMIUM; "
        "LACARE_SKIP_BROWSER=1 leaves these tests out."
    )
    return programs.path("chromium", _find, install, needed)


def _find() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        return named
    cached = [hit for cache in CACHES for binary in BINARIES for hit in glob.glob(str(Path(cache).expanduser() / binary))]
    return next(filter(None, map(shutil.which, NAMES)), None) or next(iter(sorted(cached, reverse=True)), None)
