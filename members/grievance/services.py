"""Taking a grievance: what was sent, and the mails, in the transaction that opens the case."""

from django.conf import settings
from django.db import transaction

from lacare_site.casework import services as casework
from lacare_site.casework.models import Case, CaseEvent
from lacare_site.intake import deficiencies
from lacare_site.outbox import services as outbox

from . import consents
from .models import Grievance


def store(case: Case, values: dict, _confirmation: dict) -> None:
    answer = values["answer"]
    Grievance.objects.create(
        case=case,
        filer=values["people"]["filer"],
        plan=values["urgency"]["plan"],
        kind=values["events"]["kind"],
        is_urgent=values["urgency"]["is_urgent"],
        way=answer["way"],
        wants_large_print=answer["wants_large_print"],
        values=values,
        consents=consents.agreed(answer),
    )
    context = {"case": case, "is_urgent": values["urgency"]["is_urgent"]}
    outbox.write("grievance_new", settings.GRIEVANCE_MAILBOX, context, "en", f"{case.reference} new")
    if case.contact_email:
        outbox.write(
            "grievance_received", case.contact_email, {"reference": case.reference}, case.language, f"{case.reference} received"
        )


def opening(values: dict) -> dict:
    """What its case is told: the language of the answer, where the plan may mail, which is nowhere unless it was asked to, and by whose
    time it counts."""
    answer, urgency = values["answer"], values["urgency"]
    return {
        "language": answer["answer_language"],
        "contact_email": answer["email"] if answer["consent_email"] else "",
        "is_urgent": urgency["is_urgent"],
        "track": urgency["plan"],
    }


@transaction.atomic
def classify(case: Case, user, plan: str, kind: str) -> None:
    """What a reviewer finds it to be: members choose a plan and a kind as well as they know."""
    case = casework.set_track(case, user, plan)
    sent = case.grievance
    before = f"{sent.get_kind_display()}, {sent.get_plan_display()}"
    sent.plan, sent.kind = plan, kind
    sent.save(update_fields=["plan", "kind"])
    casework.note(case, user, f"{before} → {sent.get_kind_display()}, {sent.get_plan_display()}")


def moved(case: Case, event: CaseEvent) -> None:
    """Reviewers ask thing by thing: each line of their reason is one thing to be answered."""
    if event.to_stage == "waiting":
        deficiencies.ask(case, event)
