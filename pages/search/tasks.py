"""What the worker does for the search, so that publishing does not wait for it."""

from django_tasks import task

from . import services


@task()
def index_page(page_id: int) -> None:
    services.index_page(page_id)
