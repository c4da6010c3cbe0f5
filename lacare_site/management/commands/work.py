"""The worker: empties the task queue, and does what is due by the clock. As many as you like may run, on any machine."""

import logging
import time

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

from lacare_site.worker import housekeeping

logger = logging.getLogger(__name__)
SECONDS_AFTER_FAULT = 2


class Command(db_worker.Command):
    help = "Runs background tasks, publishes what is scheduled, and returns tasks that a killed worker has left."

    def configure_logging(self, verbosity: int) -> None:
        # Faults are always told; the coming and going of each task only with --verbosity 2.
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).setLevel(logging.INFO if verbosity > 1 else logging.ERROR)

    def handle(self, *args, **options):
        if options["batch"]:
            super().handle(**options)
            return
        ended = housekeeping.start()
        try:
            self._outlive_the_database(options)
        finally:
            ended.set()

    def _outlive_the_database(self, options: dict) -> None:
        """A database that restarts would end the loop of tasks, and with it the sending of mails."""
        while True:
            try:
                return super().handle(**options)
            except (OperationalError, InterfaceError) as error:
                logger.error("The database does not answer (%s): the worker waits for it.", type(error).__name__)
                connections.close_all()
                time.sleep(SECONDS_AFTER_FAULT)
