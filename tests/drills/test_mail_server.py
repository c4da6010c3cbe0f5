"""The mail server is down, hangs, and is back: no request waits for it, and each mail arrives once."""

import statistics

import pytest

from tests.drills import figures
from tests.drills.plant import MAIL_TIMEOUT
from tests.drills.senders import open_forms, send_all
from tests.outbox.conftest import listening


@pytest.mark.parametrize(
    "people", [pytest.param(8, id="short", marks=pytest.mark.audit), pytest.param(100, id="long", marks=pytest.mark.drill)]
)
def test_no_request_waits_for_the_mail_server_and_each_mail_arrives_once(plant, note_figures, people):
    """So many people send while it is down, and so many while it takes connections and never answers."""
    askers = open_forms(plant, 2 * people)
    plant.stop_mail_server()
    try:
        send_all(askers[:people])
        with listening(plant.mail_port) as (_listener, held):
            send_all(askers[people:])
            plant.wait(lambda: held, "the worker has met the hanging server")
            assert len(plant.unsent()) == 4 * people
    finally:
        plant.start_mail_server()
    found = figures.count(plant, askers)
    note_figures(found)
    found.assert_nothing_lost()
    assert found.mails_again == 0, "no server had taken a mail before it was in trouble"
    assert statistics.median(asker.seconds[-1] for asker in askers) < MAIL_TIMEOUT / 2, "the requests have waited"
