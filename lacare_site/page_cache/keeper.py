"""The keeper: hears for a whole machine when pages change, and vouches for their files from second to second (`files`)."""

import logging
import shutil
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import django.db
import psycopg
from django.db import connection
from django.utils import timezone

from . import changes, facts, files

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
                self._try(self._links.clear)
                try:
                    self.listen()
                except (psycopg.Error, django.db.Error, OSError) as error:
                    self._try(self._links.clear)
                    connection.close()
                    logger.warning("Pages are made for each visitor until the database tells of changes again: %s", error)
                    time.sleep(changes.RETRY)
        finally:
            self._try(self._links.clear)

    def listen(self) -> None:
        """Until something fails."""
        with psycopg.connect(**self._parameters, autocommit=True) as listener:
            ear = changes.Ear(listener)
            while True:
                until = facts.current().until  # before the generation: what begins meanwhile belongs to the next
                passed = self._links.passed()
                name = self._links.begin()
                self._await_change(ear, name, until, passed)

    def _await_change(self, ear: changes.Ear, name: str, until: datetime, passed: list[Path]) -> None:
        while (seconds := (until - timezone.now()).total_seconds()) > 0:
            if ear.has_heard():
                return
            self._links.extend(name, until.timestamp())
            self._links.clear(before=time.time() - 2)
            self._tidy(passed)
            if ear.hears_within(min(changes.HEARTBEAT, seconds)):
                return

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
