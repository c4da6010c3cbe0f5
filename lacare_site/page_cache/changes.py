"""How a process knows that something has changed: `generation()` is another one after every change, and None where nobody can tell."""

import logging
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Hashable
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection

from . import files
from .channel import CHANNEL

logger = logging.getLogger(__name__)

HEARTBEAT = 1.0  # seconds between two looks whether the connection still stands
LEASE = 3.0  # seconds that a process believes its last word from the database
RETRY = 1.0
PATIENCE = 2.0  # seconds for one's own word to come back

# None where no trigger raises it: migrations are at work, or have failed.
NUMBER = """
SELECT number FROM page_cache_changes
WHERE EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'page_cache_%')
"""

Generation = Callable[[], Hashable | None]


def follow() -> Generation:
    """Begins to follow the default database's changes, for this process: by itself, or by what the machine's keeper has heard."""
    if settings.PAGE_FILES:
        return files.Links(settings.PAGE_FILES).generation
    if connection.vendor == "sqlite":
        return Looking(str(connection.settings_dict["NAME"])).generation
    listening = Listening(parameters())
    threading.Thread(target=listening.listen_for_ever, name="page-cache", daemon=True).start()
    return listening.generation


class Looking:
    """SQLite: a connection of its own sees by a number in the memory of the file whether anybody has written since; only then it asks."""

    def __init__(self, path: str):
        self._path, self._lock = path, threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._file = self._version = self._number = None

    def generation(self) -> tuple[int, int] | None:
        with self._lock:
            try:
                file = os.stat(self._path).st_ino
                if self._connection is None or file != self._file:  # a backup may have taken the file's place
                    self._file = file
                    address = f"file:{quote(self._path)}?mode=ro"
                    self._connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
                    self._version = None
                (version,) = self._connection.execute("PRAGMA data_version").fetchone()
                if version != self._version:
                    (self._number,) = self._connection.execute(NUMBER).fetchone()
                    self._version = version
                return self._file, self._number
            except (OSError, sqlite3.Error, TypeError):
                self._connection = None
                return None


class Listening:
    """PostgreSQL: a thread listens, for ever. What was told while it could not hear is unknown: each new connection is a new generation."""

    def __init__(self, parameters: dict):
        self._parameters = parameters
        self._number, self._believed_until = 0, 0.0

    def generation(self) -> int | None:
        return self._number if time.monotonic() < self._believed_until else None

    def listen_for_ever(self) -> None:
        while True:
            try:
                self.listen()
            except Exception as error:  # whatever it is: without this thread no page would be kept ever again
                logger.warning("Pages are made for each visitor until the database tells of changes again: %s", error)
                time.sleep(RETRY)

    def listen(self) -> None:
        """Until the connection fails; from then on nothing is known."""
        try:
            with psycopg.connect(**self._parameters, autocommit=True) as listener:
                ear = Ear(listener)
                self._number += 1
                while True:
                    self._number += ear.has_heard()
                    self._believed_until = time.monotonic() + LEASE
                    self._number += ear.hears_within(HEARTBEAT)
        finally:
            self._believed_until = 0.0


class Ear:
    """A connection that is told of changes, and notices when it is not: a pool in between may take LISTEN and never tell."""

    def __init__(self, connection: psycopg.Connection):
        self._connection, self._own = connection, f"page_cache_{uuid.uuid4().hex}"
        for channel in (CHANNEL, self._own):
            connection.execute(f"LISTEN {channel}")

    def has_heard(self) -> bool:
        """Whether a change was told since the last question. Raises psycopg.Error where nothing is told any more."""
        self._connection.execute(f"NOTIFY {self._own}")
        channels: set[str] = set()
        while self._own not in channels:
            told = self._told(PATIENCE)
            if not told:
                raise psycopg.OperationalError("the connection is not told of changes; does a pool stand in between?")
            channels |= told
        return CHANNEL in channels

    def hears_within(self, seconds: float) -> bool:
        """Whether a change is told before so many seconds have passed."""
        told = self._told(seconds)
        return CHANNEL in (told | self._told(0) if told else told)  # of a change in many tables one generation comes

    def _told(self, seconds: float) -> set[str]:
        return {each.channel for each in self._connection.notifies(timeout=seconds, stop_after=1)}


def parameters() -> dict:
    """What psycopg needs to connect to the default database."""
    known = connection.get_connection_params()
    return {name: value for name, value in known.items() if name not in ("context", "cursor_factory")}
