"""Large rosters are checked by the worker, whatever becomes of it."""

import pytest
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from providers.application import rosters
from providers.application.models import RosterCheck
from tests.providers.test_application import BASE, ana, fill, private_files
from tests.providers.test_roster import HEADINGS, csv_file, row

__all__ = ["ana", "private_files"]
pytestmark = pytest.mark.django_db
ROSTER = f"{BASE}/roster"


@pytest.fixture
def waiting(ana, monkeypatch, settings):
    """Somebody whose roster waits for the worker."""
    monkeypatch.setattr(rosters, "SMALL", 10)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    fill(ana, csv_file(HEADINGS, row(role="Nurse")).getvalue())
    assert "We are checking your roster" in ana.get(ROSTER).text
    return ana


def tasks(**changes) -> list[str]:
    """The states of the roster's tasks, after all of them were changed so."""
    found = DBTaskResult.objects.filter(task_path="providers.application.rosters.run_by_worker").order_by("enqueued_at")
    if changes:
        found.update(**changes)
    return list(found.values_list("status", flat=True))


def test_a_check_whose_task_failed_is_begun_anew_by_whoever_looks(waiting):
    assert tasks() == [TaskResultStatus.READY]
    tasks(status=TaskResultStatus.RUNNING)
    waiting.get(ROSTER)
    assert tasks(status=TaskResultStatus.FAILED) == [TaskResultStatus.FAILED]
    for _look in range(2):
        assert "We are checking your roster" in waiting.get(ROSTER).text
    assert tasks() == [TaskResultStatus.FAILED, TaskResultStatus.READY]
    rosters.run(RosterCheck.objects.get())
    assert "Write PCP or Specialist." in waiting.get(ROSTER).text


def test_a_roster_whose_check_fails_twice_is_said_to_be_unreadable(waiting):
    for _failure in range(2):
        tasks(status=TaskResultStatus.FAILED)
        shown = waiting.get(ROSTER).text
    assert "This file cannot be read as a spreadsheet" in shown and "We are checking" not in shown
    assert "The roster cannot be read" in waiting.get(f"{BASE}/review").text
