"""What the worker does by the clock, beside its queue. Each piece may run on several machines at once, and twice."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

SECONDS_BETWEEN = 60
LEASE = timedelta(minutes=15)  # far longer than any task of ours takes
MOST_ATTEMPTS = 5
KEPT = timedelta(days=7)

_registered: list[Callable[[], object]] = []


def register(piece: Callable[[], object]) -> None:
    """Adds a piece to every round; for the `ready` of an app."""
    _registered.append(piece)


def publish_scheduled() -> None:
    call_command("publish_scheduled", verbosity=0)


def return_stale_tasks() -> int:
    """A worker that was killed leaves its task marked as running for ever: puts such tasks back into the queue.

    A task that was begun five times is given up as failed. Returns the number put back.
    """
    returned = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LEASE):
        given_up = len(task.worker_ids) >= MOST_ATTEMPTS
        # Conditional, so that two workers cannot both put it back, nor one that has just finished.
        still_stale = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        changed = still_stale.update(status=TaskResultStatus.FAILED if given_up else TaskResultStatus.READY)
        if given_up and changed:
            logger.error("Task %s (%s) was begun %s times and given up.", task.pk, task.task_path, MOST_ATTEMPTS)
        returned += changed and not given_up
    return returned


def forget_old_tasks() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()


def once() -> None:
    """One round: scheduled pages and notices go live or end, stale tasks return, old ones are forgotten; then what apps registered.

    A piece that fails does not keep the others from their turn; their errors are raised together in the end.
    """
    errors = []
    for piece in (publish_scheduled, return_stale_tasks, forget_old_tasks, *_registered):
        try:
            piece()
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("Pieces of the housekeeping failed", errors)


def start() -> threading.Event:
    """Repeats the round in a thread until the process ends or the returned event is set."""
    ended = threading.Event()

    def repeat() -> None:
        while not ended.is_set():
            try:
                close_old_connections()
                once()
            except Exception:
                # The next round may fare better (a database that restarts, say); the worker must not die of it.
                logger.exception("A round of the worker's housekeeping failed.")
            finally:
                close_old_connections()
            ended.wait(SECONDS_BETWEEN)

    threading.Thread(target=repeat, name="housekeeping", daemon=True).start()
    return ended
