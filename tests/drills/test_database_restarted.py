"""PostgreSQL is restarted under load: in good order, and as if it had crashed."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.drills import figures
from tests.drills.senders import open_forms, send_all


@pytest.mark.parametrize(
    ("people", "restarts"),
    [pytest.param(24, 1, id="short", marks=pytest.mark.audit), pytest.param(300, 5, id="long", marks=pytest.mark.drill)],
)
def test_nothing_is_lost_or_doubled_when_the_database_restarts(plant, note_figures, people, restarts):
    """So many restarts of each way, each while requests are under way, and while the mail server has a mail that is not noted as sent."""
    askers, worker = open_forms(plant, people), plant.worker
    ways = [signal.SIGINT, signal.SIGQUIT] * restarts
    for place, way in enumerate(ways):
        first, second, *others = askers[place :: len(ways)]
        with ThreadPoolExecutor(1) as pool, plant.slow_mail() as wait_for_it:
            send_all([first, second])
            wait_for_it()
            sending = pool.submit(send_all, others)
            plant.restart_database(way)
        sending.result()
    found = figures.count(plant, askers, kills=len(ways))
    note_figures(found)
    found.assert_nothing_lost()
    assert found.mails_again == 0, "a mail that had gone was not noted as sent"
    assert found.again >= len(ways), "the drill proves something only where a restart met requests"
    assert worker.poll() is None, "the worker has not outlived the restart\n" + plant.logs()
