"""`make bench`: what the site does on this machine, now, beside yardsticks of the same run. Prints tables, and keeps them in .data/bench.txt.

The machine is noisy, so that a figure alone says little: targets take turns (A B C D, A B C D, …), and medians are compared.
"""

import os
import platform
import sys
from datetime import UTC, datetime

from tests.bench import growth, pages, publishing, rosters
from tests.bench.load import install
from tests.harness import clones, production, programs, session

KEPT = programs.FOLDER / "bench.txt"


def main() -> None:
    install()
    sections = {"pages": pages.show, "publishing": publishing.show, "rosters": rosters.show, "growth": growth.show}
    chosen = sys.argv[1:] or sections
    with session.surroundings():
        print("Building the site", flush=True)
        with production.running() as plant:
            machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
            tables = [f"{datetime.now(UTC):%Y-%m-%d}, {machine}", *(sections[name](plant) for name in chosen)]
    text = "\n\n".join(tables)
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(text + "\n", encoding="utf-8")
    print(f"\n{text}\n\nKept in {KEPT.relative_to(clones.ROOT)}")


if __name__ == "__main__":
    main()
