"""The kept pages of one process: bounded by their bytes; what was not asked for the longest goes first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

MOST_PASSED = 1_000

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kept:
    """A page as it goes out. `bodies` by encoding, of those in lacare_site/compression.py; the plain one has only its `length`.

    `stamp` is 31 bits of the content's hash: the time of change of its files, from which nginx makes its tags.
    """

    stamp: int
    length: int
    headers: Headers
    bodies: dict[str, bytes]
    until: datetime

    def etag(self, encoding: str) -> str:
        """The tag that nginx gives to the same bytes in a file."""
        return f'"{self.stamp:x}-{len(self.bodies[encoding]) if encoding else self.length:x}"'

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 2_000  # about what stands around them


class Store:
    """`largest` bytes at most. All pages are of one generation: with the next, all are forgotten."""

    def __init__(self, largest: int):
        self._largest, self._size = largest, 0
        self._pages: OrderedDict[tuple, Kept] = OrderedDict()
        self._generation: Hashable | None = None
        self._lock = threading.Lock()
        self._making: dict[tuple, list] = {}
        self._passed: set[tuple] = set()

    def find(self, key: tuple, generation: Hashable, now: datetime) -> Kept | None:
        with self._lock:
            if generation != self._generation:
                self._forget(generation)
                return None
            page = self._pages.get(key)
            if page is None or now >= page.until:
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: tuple, generation: Hashable, page: Kept) -> None:
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

    def pass_by(self, key: tuple, generation: Hashable) -> None:
        """Remembers that what is asked for is never kept."""
        with self._lock:
            if generation == self._generation and len(self._passed) < MOST_PASSED:
                self._passed.add(key)

    def is_passed_by(self, key: tuple) -> bool:
        return key in self._passed

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

    def _forget(self, generation: Hashable) -> None:
        self._pages.clear()
        self._passed = set()
        self._size, self._generation = 0, generation
