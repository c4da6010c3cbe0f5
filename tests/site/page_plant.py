"""What the tests of ready pages do with the site as production has it."""

import contextlib
import os
import subprocess
import threading
import time
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from django.utils import timezone

from lacare_site.page_cache import files
from tests.harness.production import wait_for
from tests.harness.site import Site

PAGE = "/members/id-card"
LAPSE = files.LEASE + 1  # seconds after which nobody gives a page that the keeper no longer vouches for
PROMISED = LAPSE + 6  # seconds within which a change is seen, whatever has happened; this machine may be busy


def heading(text: str) -> str:
    return f"UPDATE pages_sitepage SET heading_en = '{text}' FROM wagtailcore_page WHERE id = page_ptr_id AND slug = 'id-card'"  # noqa: S608


def shows(plant, text: str, path: str = PAGE) -> bool:
    return text in plant.site.get(path).text


@contextlib.contextmanager
def hammered(*machines):
    """Visitors read the page at each of them meanwhile, changed by `heading("Change 1.")` and so on. Nobody sees a fault, nor an older page
    after a newer one."""
    faults, ended = [], threading.Event()

    def read(machine) -> None:
        latest = 0
        while not ended.is_set():
            answer = machine.site.get(PAGE)
            number = int(answer.text.partition("Change ")[2].partition(".")[0] or 0)
            if answer.status != 200 or number < latest:
                faults.append((machines.index(machine), answer.status, number, latest))
            latest = number

    readers = [threading.Thread(target=read, args=(machine,)) for machine in machines for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        yield
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert not faults


def file_of(plant, path: str = PAGE) -> Path:
    """The page's file, once it is there."""

    def found():
        plant.site.get(path)
        generation = plant.generation()
        file = plant.pages / (generation or "none") / path.strip("/") / "index.html"
        return file if file.is_file() else None

    return wait_for(found)


@contextlib.contextmanager
def read_only(folder: Path):
    """Nobody can write below the folder meanwhile: by a mount where this machine allows one, else by its mode, which root does not heed."""
    mounted = subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True, text=True)
    modes = {}
    try:
        if not mounted.returncode:
            subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        elif os.geteuid() == 0:
            pytest.skip(f"Nothing is read-only for root, but what is mounted so: {mounted.stderr}")
        else:
            modes = {path: path.stat().st_mode for path in (folder, folder / "made", *folder.glob("made/*"))}
            for path in modes:
                path.chmod(0o555)
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
        if not mounted.returncode:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


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


def assert_a_notice_is_on_its_second(site: Site, path: str, begins_in: int) -> None:
    """The emergency notice, made to begin in so many seconds and to end two seconds later, is on the page then and at no other moment."""
    begins = timezone.now() + timedelta(seconds=begins_in)
    ends = begins + timedelta(seconds=2)
    site.sql(
        f"UPDATE pages_notice SET starts_at = '{begins.isoformat()}', ends_at = '{ends.isoformat()}', live = true "  # noqa: S608
        "WHERE severity = 'emergency'"
    )
    shown = 'class="notice notice--emergency'
    wait_for(lambda: shown not in site.get(path).text)
    assert timezone.now() < begins, "this machine is too slow to see it"
    seen = []
    while timezone.now() < ends + timedelta(seconds=1):
        asked, there, answered = timezone.now(), shown in site.get(path).text, timezone.now()
        seen.append((asked, there, answered))
        time.sleep(0.02)
    assert any(there for _asked, there, _answered in seen)
    for asked, there, answered in seen:
        if asked >= begins and answered < ends:
            assert there
        if answered < begins or asked >= ends:
            assert not there
