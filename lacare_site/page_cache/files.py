"""Kept pages as files, which nginx gives by itself.

Below the folder of the settings (`PAGE_FILES`):

    made/<generation>/members/id-card/index.html        and the same compressed, index.html.br and index.html.gz
    1795340000 -> made/<generation>                     one link for each second of now and the next few

nginx looks below the link of its own second, so that no file is given that the keeper (`keeper`) has not vouched for within the last
seconds, whatever has happened to the keeper, its connection or the machine's disk. A generation's name never comes again: what was begun
before a change is written where nobody looks any more.
"""

import gzip
import logging
import os
import re
import threading
import time
from pathlib import Path

from django.conf import settings

from lacare_site import addresses, languages
from lacare_site.security.headers import public_headers

from .store import Kept

logger = logging.getLogger(__name__)

LEASE = 3  # seconds of the future for which links are laid
# Seconds for which a process takes a generation for the present one. Each look at the disk lets another thread go first, and a process
# that answers thousands of requests a second would spend half of its time on that.
FRESH = 0.01
# nginx looks for no other (deploy/nginx.conf.template): what is spelt in another way is asked of the application.
PATH = re.compile(r"/|(?:/[a-z0-9_-]+)+")
ENDINGS = {"br": ".br", "gzip": ".gz"}


class Links:
    """Which generation is the present one, as the whole machine sees it."""

    def __init__(self, folder: Path):
        self.folder, self.made = folder, folder / "made"
        self._read: tuple[float, str | None] = (0, None)

    def generation(self) -> str | None:
        """The name of the generation that the keeper has vouched for, or None; as of FRESH seconds ago at most, in the same second."""
        now = time.time()
        read_at, name = self._read
        if not (0 <= now - read_at < FRESH and int(now) == int(read_at)):
            name = self._read_link(int(now))
            self._read = (now, name)
        return name

    def _read_link(self, second: int) -> str | None:
        try:
            return os.path.basename(os.readlink(self.folder / str(second)))
        except OSError:
            return None

    def begin(self) -> str:
        """A new generation, with nothing in it. Raises OSError."""
        name = str(time.time_ns())
        (self.made / name).mkdir(parents=True)
        return name

    def extend(self, name: str, until: float) -> None:
        """Vouches for a generation from now on, but for no second that lies not wholly before `until`. Raises OSError, also where its
        folder has been taken away."""
        os.stat(self.made / name)
        now = int(time.time())
        # The latest first: nobody sees an older generation after a newer one. The last second is still that of a clock that lags.
        for second in range(now + LEASE, now - 2, -1):
            if second + 1 > until:
                (self.folder / str(second)).unlink(missing_ok=True)
                continue
            fresh = self.folder / f"{second}.new"
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(f"made/{name}")
            fresh.replace(self.folder / str(second))

    def clear(self, before: float = float("inf")) -> None:
        """Takes away the links of the seconds before that time."""
        for name in os.listdir(self.folder) if self.folder.is_dir() else ():
            if name.partition(".")[0].isdecimal() and int(name.partition(".")[0]) < before:
                (self.folder / name).unlink(missing_ok=True)

    def passed(self) -> list[Path]:
        """The folders of the generations so far."""
        return list(self.made.iterdir()) if self.made.is_dir() else []


class Writer:
    """Writes the pages that one process has made, up to PAGE_FILES_BYTES in a generation."""

    def __init__(self, folder: Path):
        self._made = Links(folder).made
        self._generation, self._room = "", 0
        self._lock = threading.Lock()

    def write(self, generation: str, path: str, page: Kept) -> None:
        """`generation` was read before the page was made. Where the page cannot be written, the application goes on giving it."""
        size = page.size + page.length
        if not PATH.fullmatch(path) or dict(page.headers) != _headers_of(path) or not self._takes(generation, size):
            return
        try:
            self._write(self._made / generation, path, page)
        except OSError as error:
            logger.warning("The file of %s cannot be written: %s", path, error)

    def _takes(self, generation: str, size: int) -> bool:
        with self._lock:
            if generation != self._generation:
                self._generation, self._room = generation, settings.PAGE_FILES_BYTES
            self._room -= size
            return self._room >= 0

    def _write(self, made: Path, path: str, page: Kept) -> None:
        if not made.is_dir():
            return  # a change has come, and its pages have been deleted
        folder = made / path.lstrip("/")
        folder.mkdir(parents=True, exist_ok=True)
        files = {f"index.html{ENDINGS[encoding]}": body for encoding, body in page.bodies.items()}
        files["index.html"] = gzip.decompress(page.bodies["gzip"])  # last: it is by this one that nginx looks for a page
        for name, body in files.items():
            fresh = folder / f"{name}.{os.getpid()}-{threading.get_ident()}"
            try:
                fresh.write_bytes(body)
                os.utime(fresh, (page.stamp, page.stamp))
                fresh.replace(folder / name)
            except OSError:
                fresh.unlink(missing_ok=True)
                raise


def _headers_of(path: str) -> dict[str, str]:
    """What nginx says of a page in its file: a page of which something else is to be said is asked of the application."""
    return public_headers() | {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": languages.get(addresses.split_language(path)[0]).tag,
    }
