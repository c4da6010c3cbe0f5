"""Two machines of one site: a change is on both at once, and one that is told of none gives no ready page while the other goes on."""

import contextlib

import pytest

from tests.harness import production
from tests.site.page_plant import PAGE, PROMISED, file_of, hammered, heading, mend, shows, unseen


@pytest.fixture(scope="module")
def other(plant):
    """The second machine; the plant is the first."""
    with production.beside(plant) as machine:
        yield machine
        assert not any(site.faults() for site in machine.applications)


@contextlib.contextmanager
def killed(machine):
    machine.keeper.kill()
    machine.keeper.wait()
    yield
    machine.start_keeper()


@contextlib.contextmanager
def cut(machine):
    name = machine.keeper_environment["PGAPPNAME"]
    ended = machine.site.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'")  # noqa: S608
    assert ended
    yield


# What happens to the keeper of the other machine.
HARMS = {
    "killed": killed,
    "cut off once": cut,
    "shut out": lambda machine: machine.gate.shut(),
    "hearing nothing": lambda machine: machine.gate.silent(),
}


@pytest.mark.parametrize("harm", ["killed", *(pytest.param(each, marks=pytest.mark.audit) for each in HARMS if each != "killed")])
def test_no_machine_gives_an_old_page_and_one_that_is_told_nothing_makes_each_anew(plant, other, harm):
    machines = (plant, other)
    asked = [site for machine in machines for site in (machine.site, *machine.applications)]

    def change(number: int) -> None:
        plant.site.sql(heading(f"Change {number}."))
        for site in asked:
            production.wait_for(lambda site=site: f"Change {number}." in site.get(PAGE).text, PROMISED)

    for machine in machines:
        mend(machine)
    change(1)
    with hammered(*machines):
        for number in range(2, 10):
            change(number)
        for machine in machines:
            file_of(machine)
        with HARMS[harm](other):
            unseen(plant, "Change 10.")
            production.wait_for(lambda: shows(other, "Change 10."), PROMISED)
            file_of(plant)  # the first machine goes on
            change(11)
        mend(other)
        change(12)
        for machine in machines:
            file_of(machine)
        unseen(plant, "Change 13.")
        assert all(shows(machine, "Change 12.") for machine in machines), "pages are kept again"
