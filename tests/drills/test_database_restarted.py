"""PostgreSQL is restarted under load: in good order, and as if it had crashed."""

import random
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.drills import figures
from tests.drills.senders import Asker, Griever, open_forms, send_all


@pytest.mark.parametrize(
    ("people", "restarts"),
    [
        pytest.param({Asker: 6, Griever: 4}, 1, id="short"),
        pytest.param({Asker: 200, Griever: 100}, 5, id="long", marks=pytest.mark.drill),
    ],
)
def test_nothing_is_lost_or_doubled_when_the_database_restarts(plant, note_figures, people, restarts):
    """So many restarts of each way, each while requests are under way, and while the mail server has a mail that is not noted as sent."""
    senders, worker = open_forms(plant, people), plant.worker
    random.Random(5).shuffle(senders)  # what a restart meets is of both kinds
    ways = [signal.SIGINT, signal.SIGQUIT] * restarts
    for place, way in enumerate(ways):
        first, second, *others = senders[place :: len(ways)]
        with ThreadPoolExecutor(1) as pool, plant.slow_mail() as wait_for_it:
            send_all([first, second])
            wait_for_it()
            sending = pool.submit(send_all, others)
            plant.restart_database(way)
        sending.result()
    found = figures.count(plant, senders, kills=len(ways))
    note_figures(*found)
    for each in found:
        each.assert_nothing_lost()
        assert each.mails_again == 0, "a mail that had gone was not noted as sent"
    assert sum(each.again for each in found) >= len(ways), "the drill proves something only where a restart met requests"
    assert worker.poll() is None, "the worker has not outlived the restart\n" + plant.logs()
