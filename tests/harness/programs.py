"""Programs that tests need beside Python: found on this machine, or installed once."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.harness.clones import ROOT, lock

# What outlasts a run of the tests stands beside what the site itself keeps.
FOLDER = ROOT / ".data"


def path(name: str, find: Callable[[], str | None], install: list[list[str]], needed: str, folder: Path = ROOT) -> str:
    """What `find` gives; where it gives nothing, what it gives after the commands `install`, which run in `folder`.

    Raises RuntimeError with the sentence `needed`, and with what the commands printed.
    """
    with lock(name):
        printed = "" if find() else run(install, folder)
        if found := find():
            return found
    raise RuntimeError(f"{needed}\n{printed}")


def from_debian(package: str) -> list[list[str]]:
    """The commands that install a package, where this is a Debian and we are root; else none."""
    if os.geteuid() or not shutil.which("apt-get"):
        return []
    return [["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "--no-install-recommends", package]]


def run(commands: list[list[str]], folder: Path = ROOT) -> str:
    """The end of what they printed."""
    folder.mkdir(parents=True, exist_ok=True)
    printed = ""
    for command in commands:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        printed += done.stdout
    return printed[-3000:]
