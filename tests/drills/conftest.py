"""One plant for all drills of a process, and the table of what they have shown."""

import os
from dataclasses import asdict

import pytest

from tests.drills import figures
from tests.drills.plant import Plant

FIGURES = "figures of a drill"


@pytest.fixture(scope="session")
def shared_plant():
    running = Plant(f"drills_{os.environ.get('PYTEST_XDIST_WORKER', 'tests')}")
    try:
        yield running
    finally:
        running.end()


@pytest.fixture
def plant(shared_plant):
    """The plant, all of whose parts run."""
    shared_plant.mend()
    return shared_plant


@pytest.fixture
def note_figures(record_property, request):
    """Has the figures stand in the table at the end of the run."""

    def note(*found: figures.Figures) -> None:
        for each in found:
            record_property(FIGURES, (request.node.name, asdict(each)))

    return note


def pytest_terminal_summary(terminalreporter):
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    noted = [value for report in reports for name, value in report.user_properties if name == FIGURES]
    if noted:
        terminalreporter.section("drills")
        terminalreporter.write_line(figures.table(noted))
