"""A way to a PostgreSQL that tests close: a socket before the server's own."""

import contextlib
import select
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

SOCKET = ".s.PGSQL.5432"  # PostgreSQL's own name for it, which its clients look for in the folder that they are given
OPEN, SILENT, SHUT, ENDED = "open", "silent", "shut", "ended"
LOOK = 0.02  # seconds


class Gate:
    """For as long as the block runs; `folder` takes the socket, and in `server` stands PostgreSQL's."""

    def __init__(self, folder: Path, server: Path):
        self._before, self._behind = folder / SOCKET, server / SOCKET
        self._state = OPEN
        self._listener: socket.socket | None = None
        self._other_ends: dict[socket.socket, socket.socket] = {}
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_fault):
        self._state = ENDED
        self._thread.join()

    @contextlib.contextmanager
    def silent(self) -> Iterator[None]:
        """Meanwhile nothing arrives, on either side, and nobody is told so: a network that is gone. Afterwards all of it arrives."""
        with self._being(SILENT):
            yield

    @contextlib.contextmanager
    def shut(self) -> Iterator[None]:
        """Connections end, and no other is to be had meanwhile."""
        with self._being(SHUT):
            yield

    @contextlib.contextmanager
    def _being(self, state: str) -> Iterator[None]:
        self._state = state
        try:
            yield
        finally:
            self._state = OPEN

    def _work(self) -> None:
        while self._state != ENDED:
            if self._state == OPEN:
                self._pass_on()
            else:
                if self._state == SHUT:
                    self._close()
                time.sleep(LOOK)
        self._close()

    def _pass_on(self) -> None:
        if self._listener is None:
            self._listener = socket.socket(socket.AF_UNIX)
            self._listener.bind(str(self._before))
            self._listener.listen()
        for ready in select.select([self._listener, *self._other_ends], [], [], LOOK)[0]:
            if ready is self._listener:
                self._open()
            elif ready in self._other_ends:
                self._move(ready)

    def _open(self) -> None:
        client, _address = self._listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(self._behind))
        self._other_ends |= {client: server, server: client}

    def _move(self, end: socket.socket) -> None:
        other = self._other_ends[end]
        try:
            content = end.recv(65_536)
            other.sendall(content)
        except OSError:
            content = b""
        if not content:
            for each in (end, other):
                del self._other_ends[each]
                each.close()

    def _close(self) -> None:
        for each in self._other_ends:
            each.close()
        self._other_ends.clear()
        if self._listener:
            self._listener.close()
            self._listener = None
            self._before.unlink()
