"""Reports of misconduct, and what reporters answer, while web processes are killed and while the database restarts."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.drills.reports import RecoveryKey, Reporter
from tests.drills.senders import dying, open_forms, send_all

LONG = pytest.mark.drill


@pytest.mark.parametrize(
    ("people", "every", "pause"),
    [pytest.param(4, 4, 2, id="short", marks=pytest.mark.audit), pytest.param(240, 12, 3, id="long", marks=LONG)],
)
def test_every_report_and_answer_is_there_once_when_web_processes_are_killed(plant, note_figures, people, every, pause):
    """Of so many people each `every`th meets a server that dies amid the rows of a report or an answer, another one that dies after the commit."""

    recovery, reporters, dies = RecoveryKey(plant), open_forms(plant, {Reporter: people}), dying(every)
    # The first one meets no death but its own.
    send_all(reporters[:1], dies)
    with plant.killing_web_processes(pause) as dead:
        send_all(reporters[1:], dies)
    found = recovery.count(reporters, kills=len(dead) + sum(2 * len(dies(place)) for place in range(people)))
    note_figures(found)
    found.assert_nothing_lost()
    assert found.from_store, "the drill proves something only where an answer was lost after the commit"


@pytest.mark.parametrize(
    ("people", "restarts"), [pytest.param(4, 1, id="short", marks=pytest.mark.audit), pytest.param(120, 5, id="long", marks=LONG)]
)
def test_every_report_and_answer_is_there_once_when_the_database_restarts(plant, note_figures, people, restarts):
    """So many restarts of each way, each as soon as somebody's report is being written."""
    recovery, reporters = RecoveryKey(plant), open_forms(plant, {Reporter: people})
    ways = [signal.SIGINT, signal.SIGQUIT] * restarts
    for place, way in enumerate(ways):
        known = [row[0] for row in plant.rows("SELECT id FROM compliance_filing")]
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(send_all, reporters[place :: len(ways)])
            begun = "SELECT 1 FROM compliance_filing WHERE id <> ALL(%s)"
            plant.wait(lambda known=known, begun=begun: plant.rows(begun, known), "a report is begun")
            plant.restart_database(way)
        sending.result()
    found = recovery.count(reporters, kills=len(ways))
    note_figures(found)
    found.assert_nothing_lost()
    assert found.again >= len(ways), "the drill proves something only where a restart met requests"
