"""The repository's own files: what is committed, or would be."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*patterns: str) -> list[Path]:
    """All files that git knows or would take, or those that match one of the patterns ("*.py", "static/css/*")."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def run(*command: str) -> tuple[int, str]:
    """Runs one of the tools of .venv; its exit code and what it printed."""
    tool = [ROOT / ".venv" / "bin" / command[0], *command[1:]]
    done = subprocess.run(tool, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def hits(pattern, paths: list[Path], without=None) -> list[str]:
    """Where a pattern occurs, as "file:line: text"; `without` is a pattern for what to leave out, such as comments."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if without:
            # What is left out keeps its lines, so that the numbers stay true.
            text = without.sub(lambda match: "\n" * match[0].count("\n"), text)
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return found
