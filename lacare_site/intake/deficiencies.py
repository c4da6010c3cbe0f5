"""What staff found missing, thing by thing, and the sender's answers."""

import contextlib
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lacare_site.casework import business_days
from lacare_site.casework import registry as kinds_of_cases
from lacare_site.casework import services as casework
from lacare_site.casework.models import Case, CaseEvent

from . import registry
from .models import Deficiency

LONGEST_ANSWER = 4000


class Closed(Exception):
    """The thing does not wait for an answer any more."""


class Conflict(Exception):
    """Somebody else has answered since the answer was read: `stored` holds theirs."""

    def __init__(self, stored: Deficiency):
        super().__init__()
        self.stored = stored


def ask(case: Case, event: CaseEvent) -> None:
    """Makes each line of the reason that staff gave one thing to be answered. For the `moved` of a CaseKind. Raises casework.Refused
    where no line has words: nobody could answer that."""
    lines = [text for line in event.reason.splitlines() if (text := line.strip(" \t-*•"))]
    if not lines:
        raise casework.Refused("Write what is missing, one thing on each line.")
    Deficiency.objects.bulk_create(Deficiency(case=case, text=line, asked_at=event.at) for line in lines)


def items(case: Case) -> dict[str, str]:
    """What the files of a case were asked for, by their `item`: with its form, or by staff."""
    kind = next((kind for kind in registry.kinds() if kind.key == case.kind), None)
    return (kind.items if kind else {}) | {asked.item: asked.text for asked in case.deficiencies.all()}


def open_in(case: Case) -> QuerySet[Deficiency]:
    """The things whose answers may still be changed: what staff asked for last, while the case waits for the sender. Staff have the
    answers to what was asked before, or went on without them."""
    if not _waits(case):
        return case.deficiencies.none()
    return case.deficiencies.filter(asked_at__gte=_round_began(case))


def answer_by(case: Case) -> datetime | None:
    """By when the sender is asked to answer: the days of the stage in which the case waits for them, from when it came there. What the
    plan itself has to do until when is not told to them as theirs. None where nothing is asked, where it is urgent, so that each hour
    counts, and once that day is over: then as soon as they can."""
    days = kinds_of_cases.get(case.kind).workflow.stages[case.stage].days if _waits(case) else None
    if days is None or case.urgent_at:
        return None
    due_at = business_days.deadline(_round_began(case), days)
    return due_at if due_at >= timezone.now() else None


def _round_began(case: Case) -> datetime:
    """When the case last moved: staff have what came before."""
    moved = case.events.filter(kind=CaseEvent.Kind.STAGE).last()
    return moved.at if moved else case.received_at


def for_letter(case: Case) -> dict:
    """What a letter knows that lists them: `asked`, and `answer_by` for letters/answer_by.txt."""
    return {"asked": open_in(case), "answer_by": answer_by(case)}


@contextlib.contextmanager
def held_open(deficiency: Deficiency):
    """One transaction in which nobody else changes the case; gives the thing as it stands. Raises Closed."""
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(pk=deficiency.case_id).first()
        found = open_in(case).filter(pk=deficiency.pk).first() if case else None
        if found is None:
            raise Closed
        yield found


def answer(deficiency: Deficiency, text: str, seen: int) -> None:
    """Keeps an answer that was read at version `seen` (0 for one that nobody had given); it may be changed until all are sent. Raises
    Closed and Conflict. What is stored already is no conflict, so that a double click does no harm."""
    with held_open(deficiency) as stored:
        if stored.answered_at and stored.answer == text:
            return
        if stored.version != seen:
            raise Conflict(stored)
        stored.answer, stored.answered_at, stored.version = text, timezone.now(), stored.version + 1
        stored.save(update_fields=["answer", "answered_at", "version"])
        stored.case.events.create(kind=CaseEvent.Kind.ANSWER, text=f"{stored.text}\n\n{text}")


@transaction.atomic
def send_answers(case: Case) -> Case:
    """Gives the case back to staff once every thing is answered. Raises Closed where it does not wait for that."""
    case = Case.objects.select_for_update().filter(pk=case.pk).first()
    if case is None or not may_send(case):
        raise Closed
    kind = registry.get(case.kind)
    return casework.move(case, kind.case_kind.workflow.transitions[kind.answered], None)


def may_send(case: Case) -> bool:
    """Whether the case waits for the sender and everything that is open has its answer."""
    return _waits(case) and not open_in(case).filter(answered_at=None).exists()


def _waits(case: Case) -> bool:
    kind = registry.get(case.kind)
    return bool(kind.answered) and case.stage in kind.case_kind.workflow.transitions[kind.answered].sources
