"""What staff found missing, thing by thing, and the sender's answers."""

from django.db import transaction
from django.utils import timezone

from lacare_site.casework import services as casework
from lacare_site.casework.models import Case, CaseEvent

from . import registry
from .models import Deficiency

LONGEST_ANSWER = 4000


class Closed(Exception):
    """The case does not wait for answers any more."""


def ask(case: Case, event: CaseEvent) -> None:
    """Makes each line of the reason that staff gave one thing to be answered. For the `moved` of a CaseKind."""
    lines = (line.strip(" \t-*•") for line in event.reason.splitlines())
    Deficiency.objects.bulk_create(Deficiency(case=case, text=line, asked_at=event.at) for line in lines if line)


def open_for(case: Case) -> bool:
    """Whether the case waits for the sender's answers."""
    kind = registry.get(case.kind)
    return bool(kind.answered) and case.stage in kind.case_kind.workflow.transitions[kind.answered].sources


@transaction.atomic
def answer(deficiency: Deficiency, text: str) -> None:
    """Keeps an answer, which may be changed until all are sent. Raises Closed."""
    case = Case.objects.select_for_update().get(pk=deficiency.case_id)
    if not open_for(case):
        raise Closed
    Deficiency.objects.filter(pk=deficiency.pk).update(answer=text, answered_at=timezone.now())
    case.events.create(kind=CaseEvent.Kind.ANSWER, text=f"{deficiency.text}\n\n{text}")


@transaction.atomic
def send_answers(case: Case) -> Case:
    """Gives the case back to staff once every thing is answered. Raises Closed where it does not wait for that."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not open_for(case) or case.deficiencies.filter(answered_at=None).exists():
        raise Closed
    kind = registry.get(case.kind)
    return casework.move(case, kind.case_kind.workflow.transitions[kind.answered], None)
