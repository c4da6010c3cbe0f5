"""kill -9 of web processes under load, before the commit, between commit and answer, and at random."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.drills import figures
from tests.drills.senders import AFTER, BEFORE, Applicant, open_forms, send_all

LONG = pytest.mark.drill


@pytest.mark.parametrize(
    ("people", "every", "pause"), [pytest.param(16, 8, 3, id="short"), pytest.param(300, 12, 3, id="long", marks=LONG)]
)
def test_nothing_is_lost_or_doubled_when_web_processes_are_killed(plant, note_figures, people, every, pause):
    """Of so many people each `every`th meets a server that dies before the commit, and another one that dies after it."""

    def dies(place: int) -> tuple[str, ...]:
        return {0: (AFTER,), every // 2: (BEFORE, AFTER)}.get(place % every, ())

    askers = open_forms(plant, people)
    applicant = Applicant(plant)
    with plant.killing_web_processes(pause) as dead:
        with ThreadPoolExecutor(1) as pool:
            applying = pool.submit(applicant.apply, (BEFORE, AFTER))
            send_all(askers, dies=dies)
        applying.result()
    found = figures.count(plant, [*askers, applicant], kills=len(dead) + sum(len(dies(place)) for place in range(people)) + 2)
    note_figures(found)
    found.assert_nothing_lost()
    assert found.mails_again == 0, "nobody has killed the worker"
    assert found.from_store >= people // every, "the drill proves something only where an answer was lost after the commit"
