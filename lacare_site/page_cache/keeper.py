"""The keeper: hears for a whole machine when pages change, and vouches for their files from second to second (`files`)."""

import logging
import shutil
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
from django.db import DatabaseError, connection
from django.utils import timezone

from . import changes, facts, files
from .triggers import CHANNEL

logger = logging.getLogger(__name__)


class Keeper:
    """`parameters` are those of psycopg for the default database."""

    def __init__(self, folder: Path, parameters: dict):
        self._links, self._parameters = files.Links(folder), parameters
        self._tidying = threading.Thread()

    def keep(self) -> None:
        """For ever. While the database cannot be heard, or no link be laid, there is no generation: pages are made for each visitor."""
        try:
            while True:
                try:
                    self.listen()
                except (psycopg.Error, DatabaseError, OSError) as error:
                    self._try(self._links.clear)
                    connection.close()
                    logger.warning("Pages are made for each visitor until the database tells of changes again: %s", error)
                    time.sleep(changes.RETRY)
        finally:
            self._try(self._links.clear)

    def listen(self) -> None:
        """Until something fails."""
        with psycopg.connect(**self._parameters, autocommit=True) as listener:
            listener.execute(f"LISTEN {CHANNEL}")
            while True:
                passed = self._links.passed()
                name = self._links.begin()
                self._await_change(listener, name, facts.current().until, passed)

    def _await_change(self, listener: psycopg.Connection, name: str, until: datetime, passed: list[Path]) -> None:
        while (seconds := (until - timezone.now()).total_seconds()) > 0:
            self._links.extend(name)
            self._links.clear(before=time.time() - 1)
            self._tidy(passed)
            if list(listener.notifies(timeout=min(changes.HEARTBEAT, seconds), stop_after=1)):
                list(listener.notifies(timeout=0))  # of a change in many tables one generation comes
                return
            listener.execute("SELECT 1")

    def _tidy(self, passed: list[Path]) -> None:
        """Beside the listening, since it may take a while."""
        if passed and not self._tidying.is_alive():
            self._tidying = threading.Thread(target=_delete, args=(passed.copy(),), daemon=True)
            self._tidying.start()
            passed.clear()

    @staticmethod
    def _try(step: Callable[[], None]) -> None:
        try:
            step()
        except OSError as error:
            logger.warning("The folder of kept pages: %s", error)


def _delete(folders: list[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
