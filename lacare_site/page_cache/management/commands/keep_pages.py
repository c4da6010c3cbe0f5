"""The keeper of the page files of one machine; see lacare_site/page_cache/keeper.py."""

import fcntl
import signal
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from lacare_site.page_cache import changes
from lacare_site.page_cache.keeper import Keeper


class Command(BaseCommand):
    help = "Keeps the files of ready pages true, from which nginx serves, until SIGTERM. One runs on each machine."

    def handle(self, *args, **options):
        if not settings.PAGE_FILES:
            raise CommandError("Say in LACARE_PAGE_FILES which folder the pages stand in; deploy/README.md explains it.")
        if connection.vendor != "postgresql":
            raise CommandError(
                "Pages as files need PostgreSQL, which tells of changes. On SQLite the web server keeps pages in its memory."
            )
        settings.PAGE_FILES.mkdir(parents=True, exist_ok=True)
        with (settings.PAGE_FILES / "keeper.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise CommandError("Another keeper works on this folder.") from error
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda number, frame: sys.exit(0))
            Keeper(settings.PAGE_FILES, changes.parameters()).keep()
