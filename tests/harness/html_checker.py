"""The Nu HTML checker over many pages at once. It needs Java, and fetches itself from npm once."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.harness.clones import ROOT, lock

VERSION = "26.9.27"
# Beside what the site itself keeps, since it outlasts a run of the tests.
FOLDER = ROOT / ".data" / "npm"
JAR = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def complaints(pages: dict[str, bytes], folder: Path) -> list[str]:
    """What is wrong with the HTML of these pages (address: bytes); they are written into `folder` on the way."""
    names = {}
    for number, (address, body) in enumerate(pages.items()):
        names[f"{number}.html"] = address
        (folder / f"{number}.html").write_bytes(body)
    # Without language detection: a page may show English where its translation is missing, and marks it so.
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--errors-only", "--no-langdetect"]
    command = [_java(), "-Xss4m", "-jar", _checker(), *options, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = []
    for message in json.loads(done.stdout)["messages"]:
        address = names.get(Path(message.get("url", "")).name, "the checker itself")
        found.append(f"{address}:{message.get('lastLine')}: {message['message']}\n  {message.get('extract', '').strip()}")
    return found


def _checker() -> str:
    with lock("html-checker"):
        if not JAR.exists() or VERSION not in (FOLDER / "version").read_text():
            # Its install script would fetch a Java of its own.
            options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(FOLDER)]
            _run("npm", "install", f"vnu-jar@{VERSION}", *options)
            (FOLDER / "version").write_text(VERSION)
    return str(JAR)


def _java() -> str:
    with lock("java"):
        if not shutil.which("java") and os.geteuid() == 0 and shutil.which("apt-get"):
            _run("apt-get", "install", "-q", "-y", "--no-install-recommends", "default-jre-headless")
    if java := shutil.which("java"):
        return java
    raise RuntimeError("The HTML checker needs Java 17 or newer on PATH.")


def _run(*command: str) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}")
