"""Taking an application: what was sent, and the mails, in the transaction that opens the case."""

from django.conf import settings
from django.utils.translation import gettext as _

from lacare_site.casework.models import Case, CaseEvent
from lacare_site.intake import deficiencies
from lacare_site.intake.models import Draft
from lacare_site.outbox import services as outbox

from . import corrections, rosters
from .forms.attestations import VERSION
from .models import Application


def store(case: Case, values: dict, signature: dict) -> None:
    group = values["organization"]
    Application.objects.create(
        case=case,
        legal_name=group["legal_name"],
        npi=group["npi"],
        values=values,
        wording=VERSION,
        signed_by=signature["signature"],
    )
    outbox.write(
        "application_received", case.contact_email, {"reference": case.reference}, case.language, f"{case.reference} received"
    )
    outbox.write("application_new", settings.STAFF_MAILBOX, {"case": case}, "en", f"{case.reference} new")


def obstacles(values: dict, draft: Draft) -> list[str]:
    """What stands in the way of sending although every step is complete: a roster that is not right."""
    roster = rosters.of(draft)
    if roster is None:
        return []
    if rosters.all_of(draft).count() > 1:
        return [_("There is more than one roster. Keep one of them, and remove the others.")]
    found = rosters.checked(roster)
    if not found.finished_at:
        return [_("The roster is still being checked. Please load this page again in a moment.")]
    if found.obstacle:
        return [_("The roster cannot be read. Look at its check, and replace the file.")]
    if rosters.wrong(found).exists():
        return [_("The roster has faults. Look at its check, and correct the rows there.")]
    if corrections.is_waiting(found):
        return [_("What you corrected is not in the file of the roster yet. Look at its check.")]
    reason = rosters.obstacle(found)
    return [reason] if reason else []


def moved(case: Case, event: CaseEvent) -> None:
    """Staff ask thing by thing: each line of their reason is one thing to be answered."""
    if event.to_stage == "deficient":
        deficiencies.ask(case, event)
