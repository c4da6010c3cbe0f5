"""A real nginx before a running site, under the configuration that production has."""

import contextlib
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from lacare_site.management import processes
from tests.harness import clones, programs
from tests.harness.clocks import Clock
from tests.harness.site import Site, free_port

PAGES = "pages"  # where nginx looks for ready pages, in the folder of a site
TMPFS = "/dev/shm"  # noqa: S108  (every Linux has this one)
# Unpacked and not installed: Debian starts a server as soon as it is installed.
UNPACKED = programs.FOLDER / "nginx"
BROTLI = "libnginx-mod-http-brotli-static"
MODULE = "usr/lib/nginx/modules/ngx_http_brotli_static_module.so"


@dataclass
class Front:
    """`site` is the same site, asked through nginx. `logs` lie on a disk, `run` on a tmpfs."""

    site: Site
    logs: Path
    run: Path
    process: object


@contextlib.contextmanager
def before(site: Site, *others: Site, clock: Clock | None = None) -> Iterator[Front]:
    """An nginx for as long as the block runs, before a site and other processes of it. The site need not run."""
    program, port = path(), free_port()
    folder = clones.folder() / f"nginx_{site.log.stem}"
    shutil.rmtree(folder, ignore_errors=True)
    logs = folder / "logs"
    logs.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="lacare-nginx-", dir=TMPFS) as on_tmpfs, (folder / "output").open("wb") as output:
        run = Path(on_tmpfs)
        run.chmod(0o755)  # as root, nginx works as another user
        (folder / "listen.conf").write_text(f"listen 127.0.0.1:{port};")
        (folder / "nginx.conf").write_text(_configuration(folder / "listen.conf", logs, run, [site, *others]))
        options = ["-p", str(folder), "-e", str(logs / "error.log"), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
        env = {**os.environ, **(clock.environment() if clock else {})}
        process = processes.start([program, *options], env=env, stdout=output, stderr=output)
        front = Front(replace(site, port=port), logs, run, process)
        try:
            _wait(front, folder / "output")
            yield front
        finally:
            processes.end(front.process)


def _configuration(listen: Path, logs: Path, run: Path, sites: list[Site]) -> str:
    command = [sys.executable, "manage.py", "nginx_configuration", f"--listen={listen}", f"--logs={logs}", f"--run={run}"]
    command += [f"--brotli={module}"] if (module := brotli()) else []
    command += [f"--application=127.0.0.1:{site.port}" for site in sites]
    pages = str(clones.folder() / sites[0].log.stem / PAGES)
    environment = {**os.environ, "LACARE_PAGE_FILES": pages, **sites[0].environment}
    return subprocess.run(command, cwd=clones.ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def path() -> str:
    """nginx: the system's, else one from Debian's packages."""
    if os.environ.get("LACARE_SKIP_NGINX") == "1":
        pytest.skip("LACARE_SKIP_NGINX=1")
    needed = "Some tests need nginx. Install it; LACARE_SKIP_NGINX=1 leaves these tests out."
    return programs.path("nginx", _find, _download("nginx"), needed, UNPACKED)


def brotli() -> str | None:
    """The module that gives files compressed by brotli; None where this machine cannot have it."""
    with contextlib.suppress(RuntimeError):
        return programs.path("brotli", _find_module, _download(BROTLI), "", UNPACKED)
    return None


def _download(package: str) -> list[list[str]]:
    if not shutil.which("apt-get"):
        return []
    return [
        *programs.from_debian(package)[:1],
        ["apt-get", "download", package],
        ["sh", "-c", f"dpkg --extract {package}_*.deb ."],
    ]


def _find_module() -> str | None:
    return next(iter(glob.glob(f"/{MODULE}") + glob.glob(str(UNPACKED / MODULE))), None)


def _find() -> str | None:
    return shutil.which("nginx") or next(iter(glob.glob("/usr/sbin/nginx") + glob.glob(str(UNPACKED / "usr/sbin/nginx"))), None)


def _wait(front: Front, output: Path) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError):
            front.site.get("/healthz")
            return
        if front.process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError("nginx did not start:\n" + output.read_text() + (front.logs / "error.log").read_text())
