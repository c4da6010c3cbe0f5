"""The worker's housekeeping: nothing stays behind that a killed worker had begun, and scheduled pages go live."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lacare_site.worker import housekeeping
from pages.models import Notice, StandardPage

pytestmark = pytest.mark.django_db


def running_task(started_ago: timedelta, attempts: int = 1) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="wagtail.tasks.update_reference_index_task",
        backend_name="default",
        worker_ids=["worker"] * attempts,
        started_at=timezone.now() - started_ago,
        run_after=timezone.now(),
    )


def test_a_task_of_a_killed_worker_returns_to_the_queue():
    stale, working = running_task(timedelta(hours=1)), running_task(timedelta(minutes=1))
    assert housekeeping.return_stale_tasks() == 1
    stale.refresh_from_db()
    working.refresh_from_db()
    assert stale.status == TaskResultStatus.READY
    assert working.status == TaskResultStatus.RUNNING


def test_a_task_that_kills_every_worker_is_given_up():
    task = running_task(timedelta(hours=1), attempts=housekeeping.MOST_ATTEMPTS)
    assert housekeeping.return_stale_tasks() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


def test_a_round_publishes_scheduled_pages_and_ends_expired_ones(client):
    page = StandardPage.objects.get(slug="careers")
    page.heading_en = "Careers, as scheduled"
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(seconds=1))
    assert "as scheduled" not in client.get("/careers").content.decode()
    housekeeping.once()
    assert "Careers, as scheduled" in client.get("/careers").content.decode()

    page.refresh_from_db()
    page.expire_at = timezone.now() - timedelta(seconds=1)
    page.save()
    housekeeping.once()
    assert client.get("/careers").status_code == 404


def test_a_scheduled_notice_goes_live():
    notice = Notice(name="scheduled", heading_en="Scheduled", text_en="<p>Now.</p>", live=False)
    notice.save()
    notice.save_revision(approved_go_live_at=timezone.now() - timedelta(seconds=1))
    housekeeping.once()
    notice.refresh_from_db()
    assert notice.live
