"""Ready pages while all is not well: keepers and connections end, folders go, releases come, and no page is older than promised."""

import os
import resource
import shutil
import signal
import threading
import time

import psutil
import psycopg
import pytest

from lacare_site.page_cache import changes, files
from tests.harness.production import wait_for
from tests.site.page_plant import (
    LAPSE,
    PAGE,
    assert_a_notice_is_on_its_second,
    family,
    file_of,
    heading,
    mend,
    read_only,
    shows,
    unseen,
)


@pytest.mark.audit  # the representative: test_page_machines.py
@pytest.mark.parametrize("end_signal", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
def test_without_its_keeper_no_page_is_given_for_long(plant, end_signal):
    mend(plant)
    os.kill(plant.keeper.pid, end_signal)
    began = time.monotonic()
    plant.site.sql(heading(f"Unheard {end_signal}"))
    wait_for(lambda: shows(plant, f"Unheard {end_signal}"))
    assert time.monotonic() - began < LAPSE + 2
    unseen(plant, "Made anew")
    assert shows(plant, "Made anew"), "pages are made for each visitor"
    plant.keeper.kill()
    plant.keeper.wait()
    mend(plant)
    unseen(plant, "Unseen")
    assert not shows(plant, "Unseen"), "pages are kept again"


def test_who_no_longer_hears_the_database_gives_no_page_and_hears_again(plant):
    mend(plant)
    plant.site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query LIKE 'NOTIFY%'")
    unseen(plant, "While deaf")
    wait_for(lambda: shows(plant, "While deaf"))
    plant.site.sql(heading("Heard again"))
    wait_for(lambda: shows(plant, "Heard again"))
    file_of(plant)


@pytest.mark.parametrize("harm", ["deleted", *(pytest.param(each, marks=pytest.mark.audit) for each in ("no folder", "full"))])
def test_pages_go_on_whatever_happens_to_their_folder(plant, harm):
    mend(plant)
    made = plant.pages / "made"
    if harm == "deleted":
        shutil.rmtree(plant.pages)
    elif harm == "no folder":
        made.rename(plant.pages / "away")
        made.write_text("not a folder")
    else:
        for site in plant.applications:
            for process in family(site.process.pid):
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4_000, resource.RLIM_INFINITY))
    try:
        plant.site.sql(heading(f"Changed while {harm}"))
        wait_for(lambda: shows(plant, f"Changed while {harm}"))
        for _ in range(20):
            assert plant.site.get("/").status == plant.site.get(PAGE).status == 200
    finally:
        for site in plant.applications:
            for process in family(site.process.pid):
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        if harm == "no folder":
            made.unlink()
    plant.site.sql(heading(f"Mended after {harm}"))
    wait_for(lambda: shows(plant, f"Mended after {harm}"))
    file_of(plant)


@pytest.mark.audit
def test_pages_go_on_while_their_folder_is_read_only(plant):
    mend(plant)
    with read_only(plant.pages):
        plant.site.sql(heading("Changed while read-only"))
        wait_for(lambda: shows(plant, "Changed while read-only"))
        wait_for(lambda: plant.generation() is None)
        for _ in range(20):
            assert plant.site.get("/").status == plant.site.get(PAGE).status == 200
        unseen(plant, "Made anew")
        assert shows(plant, "Made anew"), "nobody vouches for a page meanwhile"
    plant.site.sql(heading("Mended"))
    wait_for(lambda: shows(plant, "Mended"))
    file_of(plant)


@pytest.mark.audit
def test_a_notice_begins_and_ends_on_its_second(plant):
    mend(plant)
    assert_a_notice_is_on_its_second(plant.site, PAGE, begins_in=4)


@pytest.mark.audit
def test_a_new_release_is_taken_up_without_a_failed_request(plant):
    """nginx and both web servers take their configuration anew while visitors read what no file answers."""
    mend(plant)
    faults, answered, ended = [], [], threading.Event()

    def read(path: str) -> None:
        while not ended.is_set():
            status = plant.site.get(path).status
            (answered if status == 200 else faults).append((path, status))

    readers = [threading.Thread(target=read, args=(path,)) for path in (PAGE, f"{PAGE}?unknown", "/search?q=card", "/")]
    for reader in readers:
        reader.start()
    old = [psutil.Process(site.process.pid).children()[0].pid for site in plant.applications]
    try:
        for site, worker in zip(plant.applications, old, strict=True):
            site.process.send_signal(signal.SIGHUP)
            wait_for(lambda worker=worker: not psutil.pid_exists(worker), seconds=60)
            plant.front.process.send_signal(signal.SIGHUP)
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert answered and not faults


def test_after_a_new_release_no_page_of_the_old_one_is_given(plant):
    file_of(plant)
    before = plant.generation()
    for site in plant.applications:
        old = psutil.Process(site.process.pid).children()
        site.process.send_signal(signal.SIGHUP)
        wait_for(lambda old=old: not any(process.is_running() for process in old), seconds=60)
    wait_for(lambda: plant.generation() not in (before, None))


def test_a_keeper_that_is_told_nothing_vouches_for_nothing(plant):
    with psycopg.connect(plant.environment["DATABASE_URL"].replace("postgres:///", "postgresql:///"), autocommit=True) as heard:
        ear = changes.Ear(heard)
        ear.has_heard()  # it is told something, be it but its own word
        heard.execute("UNLISTEN *")  # as a pool does that gives the connection to another in between
        with pytest.raises(psycopg.OperationalError):
            ear.has_heard()


def test_pages_of_passed_generations_do_not_pile_up(plant):
    mend(plant)
    for number in range(5):
        file_of(plant)
        plant.site.sql(heading(f"Pile {number}"))
        wait_for(lambda number=number: shows(plant, f"Pile {number}"))
    wait_for(lambda: len(list((plant.pages / "made").iterdir())) <= 2)
    assert len([name for name in os.listdir(plant.pages) if name.isdecimal()]) <= files.LEASE + 4
