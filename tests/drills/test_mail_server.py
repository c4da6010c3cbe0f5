"""The mail server is down, hangs, and is back: no request waits for it, and each mail arrives once."""

import statistics

import pytest

from tests.drills import figures
from tests.drills.plant import MAIL_TIMEOUT
from tests.drills.senders import Asker, Griever, open_forms, send_all
from tests.outbox.conftest import listening


@pytest.mark.parametrize(
    "people",
    [
        pytest.param({Asker: 4, Griever: 4}, id="short"),
        pytest.param({Asker: 140, Griever: 60}, id="long", marks=pytest.mark.drill),
    ],
)
def test_no_request_waits_for_the_mail_server_and_each_mail_arrives_once(plant, note_figures, people):
    """Half of the people send while it is down, and half while it takes connections and never answers."""
    senders = open_forms(plant, people)
    plant.stop_mail_server()
    try:
        send_all(senders[::2])
        with listening(plant.mail_port) as (_listener, held):
            send_all(senders[1::2])
            plant.wait(lambda: held, "the worker has met the hanging server")
            assert len(plant.unsent()) == 2 * len(senders)
    finally:
        plant.start_mail_server()
    found = figures.count(plant, senders)
    note_figures(*found)
    for each in found:
        each.assert_nothing_lost()
        assert each.mails_again == 0, "no server had taken a mail before it was in trouble"
    assert statistics.median(sender.wait for sender in senders) < MAIL_TIMEOUT / 2, "the requests have waited"
