"""What the tests of ready pages do with the site as production has it."""

import contextlib
import time
from pathlib import Path

import psutil

from lacare_site.page_cache import files
from tests.harness.production import wait_for

PAGE = "/members/id-card"
LAPSE = files.LEASE + 1  # seconds after which nobody gives a page that the keeper no longer vouches for


def heading(text: str) -> str:
    return f"UPDATE pages_sitepage SET heading_en = '{text}' FROM wagtailcore_page WHERE id = page_ptr_id AND slug = 'id-card'"  # noqa: S608


def shows(plant, text: str, path: str = PAGE) -> bool:
    return text in plant.site.get(path).text


def file_of(plant, path: str = PAGE) -> Path:
    """The page's file, once it is there."""

    def found():
        plant.site.get(path)
        file = plant.pages / str(int(time.time())) / path.strip("/") / "index.html"
        return file if file.is_file() else None

    return wait_for(found)


@contextlib.contextmanager
def stopped(plant):
    """The web servers do not answer meanwhile."""
    processes = [found for site in plant.applications for found in family(site.process.pid)]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def mend(plant) -> None:
    if plant.keeper.poll() is not None:
        plant.start_keeper()
    file_of(plant)


def renew(plant) -> None:
    """All pages are made anew from here on: some tests change what nobody is told of."""
    before = plant.generation()
    plant.site.sql("NOTIFY pages_changed")
    wait_for(lambda: plant.generation() not in (before, None))


def unseen(plant, text: str) -> None:
    """Changes the page without the database's telling anybody."""
    plant.site.sql(f"SET session_replication_role = replica; {heading(text)}")
