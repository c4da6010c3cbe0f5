"""The site as production has it: nginx with ready pages as files, two web servers, and the keeper."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lacare_site.management import processes
from tests.harness import clones, nginx
from tests.harness import site as sites
from tests.harness.clocks import Clock
from tests.harness.site import Site

UNITS = clones.ROOT / "deploy" / "systemd"
INSTALLED = "/srv/lacare/.venv/bin"  # where the units' programs are


def command(unit: str) -> list[str]:
    """What systemd would start, here."""
    (line,) = [line for line in (UNITS / f"{unit}.service").read_text().splitlines() if line.startswith("ExecStart=")]
    program, *arguments = line.removeprefix("ExecStart=").split()
    return [program.replace(INSTALLED, str(Path(sys.executable).parent)), *arguments]


@dataclass
class Production:
    """`front` is asked through nginx; `applications` are the same site's two web servers, each by itself."""

    front: nginx.Front
    applications: list[Site]
    pages: Path
    keeper: subprocess.Popen
    environment: dict[str, str]
    clock: Clock | None = None

    @property
    def site(self) -> Site:
        return self.front.site

    def start_keeper(self) -> None:
        self.keeper = start_keeper(self.site.log.stem, self.environment)
        wait_for(self.generation)

    def generation(self) -> str | None:
        """The folder of the pages that nginx gives now."""
        now = self.clock.now().timestamp() if self.clock else time.time()
        with contextlib.suppress(OSError):
            return os.readlink(self.pages / str(int(now)))

    def files(self) -> list[Path]:
        """The ready pages, plain."""
        return [path for path in self.pages.glob("made/**/index.html") if path.is_file()]


@contextlib.contextmanager
def running(workers: int = 1, clock: Clock | None = None) -> Iterator[Production]:
    """Two web servers, each of so many processes; with a clock, that is theirs, nginx's and the keeper's."""
    name = sites.new_clone()
    pages = clones.folder() / name / nginx.PAGES
    environment = {**clones.environment(name), "LACARE_PAGE_FILES": str(pages)} | (clock.environment() if clock else {})
    options = ["--workers", str(workers), "--max-requests", "0"]
    ending = []
    try:
        first = sites.serve(name, options, environment)
        ending.append(first.process)
        second = sites.serve(f"{name}-second", options, environment)
        ending.append(second.process)
        keeper = start_keeper(name, environment)
        for site in (first, second):
            sites.awaited(site)
        with nginx.before(first, second, clock=clock) as front:
            production = Production(front, [first, second], pages, keeper, environment, clock)
            wait_for(production.generation)
            try:
                yield production
            finally:
                sites.kill(production.keeper)
    finally:
        sites.kill(*ending)


def start_keeper(name: str, environment: dict[str, str]) -> subprocess.Popen:
    with (clones.folder() / f"{name}-keeper.log").open("ab") as output:
        return processes.start(
            command("lacare-keeper"), cwd=clones.ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
        )


def wait_for(condition: Callable, seconds: float = 60):
    """What it gives, once it gives something."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.02)
    return found
