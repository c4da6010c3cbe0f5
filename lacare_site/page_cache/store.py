"""The kept pages of one process: bounded by their bytes; what was not asked for the longest goes first."""

import threading
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kept:
    """A page as it goes out. `bodies` by encoding, of those in lacare_site/compression.py."""

    etag: str
    headers: Headers
    bodies: dict[str, bytes]
    until: datetime

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 2_000  # about what stands around them


class Store:
    """`largest` bytes at most. All pages are of one generation: with the next, all are forgotten."""

    def __init__(self, largest: int):
        self._largest, self._size = largest, 0
        self._pages: OrderedDict[tuple, Kept] = OrderedDict()
        self._generation: int | None = None
        self._lock = threading.Lock()
        self._making: dict[tuple, list] = {}

    def find(self, key: tuple, generation: int, now: datetime) -> Kept | None:
        with self._lock:
            if generation != self._generation:
                self._forget(generation)
                return None
            page = self._pages.get(key)
            if page is None or now >= page.until:
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: tuple, generation: int, page: Kept) -> None:
        """`generation` is the one that was read before the page was made: one that has passed meanwhile is not kept."""
        with self._lock:
            if generation != self._generation or page.size > self._largest:
                return
            if old := self._pages.pop(key, None):
                self._size -= old.size
            self._pages[key] = page
            self._size += page.size
            while self._size > self._largest:
                _key, dropped = self._pages.popitem(last=False)
                self._size -= dropped.size

    @contextmanager
    def one_at_a_time(self, key: tuple):
        """While one makes a page, others who want the same wait, and find it."""
        with self._lock:
            entry = self._making.setdefault(key, [threading.Lock(), 0])
            entry[1] += 1
        try:
            with entry[0]:
                yield
        finally:
            with self._lock:
                entry[1] -= 1
                if not entry[1]:
                    del self._making[key]

    def _forget(self, generation: int) -> None:
        self._pages.clear()
        self._size, self._generation = 0, generation
