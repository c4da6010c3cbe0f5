"""The worker: empties the task queue, and does what is due by the clock. As many as you like may run, on any machine."""

import logging

from django_tasks_db.management.commands import db_worker

from lacare_site.worker import housekeeping


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
            super().handle(**options)
        finally:
            ended.set()
