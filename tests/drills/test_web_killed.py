"""kill -9 of web processes under load, before the commit, between commit and answer, and at random; and "Send" pressed many times."""

from dataclasses import replace

import pytest

from tests.drills import figures
from tests.drills.senders import Applicant, Asker, Griever, dying, open_forms, send_all

LONG = pytest.mark.drill


@pytest.mark.parametrize(
    ("people", "every", "pause"),
    [
        pytest.param({Asker: 3, Applicant: 1, Griever: 3}, 4, 3, id="short"),
        pytest.param({Asker: 200, Applicant: 10, Griever: 100}, 12, 3, id="long", marks=LONG),
    ],
)
def test_nothing_is_lost_or_doubled_when_web_processes_are_killed(plant, note_figures, people, every, pause):
    """What they fill in and what they send: of each kind each `every`th meets servers that die before the commit, and after it."""
    dies = dying(every)
    with plant.killing_web_processes(pause) as dead:
        senders = open_forms(plant, people)
        send_all([sender for sender in senders if sender.place], dies)
    # The first of each kind meets no death but its own.
    for first in [sender for sender in senders if not sender.place]:
        send_all([first], dies)
    found = figures.count(plant, senders, kills=len(dead) + sum(len(dies(sender.place)) for sender in senders))
    note_figures(*found)
    for each in found:
        each.assert_nothing_lost()
        assert each.mails_again == 0, "nobody has killed the worker"
        assert each.from_store, "the drill proves something only where an answer was lost after the commit"


def test_a_grievance_that_is_sent_many_times_is_one(plant, note_figures):
    """Many clicks at once; whoever gets no answer to one sends again."""
    (griever,) = open_forms(plant, {Griever: 1})
    clicks = [replace(griever, place=place, seconds=[]) for place in range(12)]
    send_all(clicks, dying(len(clicks)))
    griever.reference, griever.handed_in_at = clicks[-1].reference, clicks[-1].handed_in_at
    griever.failures = sum(click.failures for click in clicks)
    (found,) = figures.count(plant, [griever], kills=3)
    note_figures(found)
    found.assert_nothing_lost()
    assert found.mails_again == 0
    assert {click.reference for click in clicks} == {griever.reference}
