"""The site as production has it, on one machine or two: nginx with ready pages as files, web servers, and the keeper."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lacare_site.management import processes
from tests.harness import clones, nginx, postgres
from tests.harness import site as sites
from tests.harness.clocks import Clock
from tests.harness.gate import Gate
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
    """One machine. `front` is asked through nginx; `applications` are the same site's web servers, each by itself; `keeper_environment` is
    that of `keeper`, `environment` that of the rest."""

    front: nginx.Front
    applications: list[Site]
    pages: Path
    keeper: subprocess.Popen
    environment: dict[str, str]
    keeper_environment: dict[str, str]
    clock: Clock | None = None
    gate: Gate | None = None

    @property
    def site(self) -> Site:
        return self.front.site

    def start_keeper(self) -> None:
        self.keeper = start_keeper(self.site.log.stem, self.keeper_environment)
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
def running(servers: int = 2, clock: Clock | None = None) -> Iterator[Production]:
    """A machine with so many web servers, each of one process, so that each can be asked by itself; with a clock, that is theirs, nginx's
    and the keeper's."""
    name = sites.new_clone()
    environment = {**clones.environment(name), "LACARE_PAGE_FILES": str(clones.folder() / name / nginx.PAGES)}
    environment |= clock.environment() if clock else {}
    with _machine(name, servers, environment, environment, clock=clock) as production:
        yield production


@contextlib.contextmanager
def beside(first: Production, servers: int = 1) -> Iterator[Production]:
    """Another machine of the same site and database: web servers, a keeper, which reaches the database through `gate`, and an nginx."""
    name = f"{first.site.log.stem}-machine"
    folder = clones.folder() / name
    folder.mkdir(exist_ok=True)
    environment = first.environment | {"LACARE_PAGE_FILES": str(folder / nginx.PAGES)}
    database = first.environment["DATABASE_URL"].partition("?")[0].removeprefix("postgres:///")
    with Gate(folder, clones.folder() / "postgres") as gate:
        # libpq's own variable: by this name the server knows the keeper's connections.
        keepers = environment | {"DATABASE_URL": postgres.url(folder, database), "PGAPPNAME": name}
        with _machine(name, servers, environment, keepers, gate=gate) as production:
            yield production


@contextlib.contextmanager
def _machine(
    name: str, servers: int, environment: dict[str, str], keeper_environment: dict[str, str], **more
) -> Iterator[Production]:
    """`name` is that of the first web server's log, `more` what else belongs to the Production."""
    pages, applications = Path(environment["LACARE_PAGE_FILES"]), []
    try:
        for log in (name, *(f"{name}-{number}" for number in range(2, servers + 1))):
            applications.append(sites.serve(log, ["--workers", "1", "--max-requests", "0"], environment))
        keeper = start_keeper(name, keeper_environment)
        for site in applications:
            sites.awaited(site)
        with nginx.before(*applications, clock=more.get("clock")) as front:
            production = Production(front, applications, pages, keeper, environment, keeper_environment, **more)
            wait_for(production.generation)
            try:
                yield production
            finally:
                sites.kill(production.keeper)
    finally:
        sites.kill(*(site.process for site in applications))


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
