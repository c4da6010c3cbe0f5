"""A workflow as data: the stages of a kind of case, and who may move it from which to which."""

from collections.abc import Callable
from dataclasses import dataclass

from lacare_site.casework.models import Case

# Who makes a transition: the person outside who sent the case in (or the system for them), or staff with that role at the desk.
SENDER, REVIEWER, DECIDER = "sender", "review", "decide"
AUDITOR = "audit"  # reads, and moves nothing


@dataclass(frozen=True)
class Stage:
    """`days` are business days from entering the stage; None stands for what the kind's clocks say.

    A stage that is not open ends the case: its key is the outcome. One that is `withdrawn` ends it before anything had to be done: what
    was not overdue by then counts as neither in time nor late. In one that `pauses` the case waits for its sender, and the time in
    which an answer was promised stands still.
    """

    key: str
    label: str
    days: int | None = None
    is_open: bool = True
    pauses: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class Transition:
    """`mails` names the template of the mail to the sender (templates/emails/<name>.txt), "" for none.

    With four eyes, whoever moved the case into the present stage cannot make the transition. One with a `letter` is made by writing
    that, and in no other way. `obstacle(case)` is the sentence that says what has to be done with the case before, "" once it is.
    """

    key: str
    label: str
    sources: tuple[str, ...]
    target: str
    role: str = REVIEWER
    needs_reason: bool = False
    four_eyes: bool = False
    mails: str = ""
    letter: str = ""
    obstacle: Callable[[Case], str] = lambda case: ""


@dataclass(frozen=True)
class Clock:
    """What runs against a case from its receipt until it is met: by a stage or a letter in `met_by` (their keys), or by its end.

    One that `pauses` stands still while the case waits for its sender, one that `runs_on` is not stopped by the end of the case. How long it
    runs stands in the setting CASE_RULES under its key.
    """

    key: str
    label: str
    met_by: tuple[str, ...] = ()
    pauses: bool = False
    runs_on: bool = False


# What a kind of case has that promises no more than an answer: the setting's "answer_within" business days.
ANSWER = Clock("answer", "Answer", pauses=True)


class Workflow:
    """Raises ValueError for transitions between stages that do not exist, or a stage or transition named twice."""

    def __init__(self, stages: tuple[Stage, ...], transitions: tuple[Transition, ...]):
        self.stages = {stage.key: stage for stage in stages}
        self.transitions = {transition.key: transition for transition in transitions}
        self.first = stages[0]
        if len(self.stages) < len(stages) or len(self.transitions) < len(transitions):
            raise ValueError("A stage or transition is named twice.")
        named = {key for transition in transitions for key in (*transition.sources, transition.target)}
        if unknown := named - self.stages.keys():
            raise ValueError(f"Transitions name unknown stages: {', '.join(sorted(unknown))}")

    def leaving(self, stage: str) -> list[Transition]:
        return [transition for transition in self.transitions.values() if stage in transition.sources]

    def by_letter(self, stage: str, letter: str) -> Transition | None:
        """The transition from that stage which this letter makes."""
        return next((transition for transition in self.leaving(stage) if transition.letter == letter), None)
