"""The Nu HTML checker over many pages at once. It needs Java, and fetches itself from npm once."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.harness import programs

VERSION = "26.9.27"
FOLDER = programs.FOLDER / "npm"
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
    # Its install script would fetch a Java of its own.
    options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(FOLDER)]
    install = [["npm", "install", f"vnu-jar@{VERSION}", *options]]
    return programs.path("html-checker", _find_checker, install, "The HTML checker is fetched by npm, once.")


def _find_checker() -> str | None:
    package = JAR.parents[2] / "package.json"
    return str(JAR) if JAR.exists() and json.loads(package.read_text())["version"] == VERSION else None


def _java() -> str:
    install = programs.from_debian("default-jre-headless")
    return programs.path("java", lambda: shutil.which("java"), install, "The HTML checker needs Java 17 or newer on PATH.")
