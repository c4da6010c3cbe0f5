"""Taking an application: what was sent, and the mails, in the transaction that opens the case."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lacare_site.casework.models import Case, CaseEvent
from lacare_site.intake import deficiencies
from lacare_site.intake.models import Draft
from lacare_site.outbox import services as outbox

from . import rosters
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
    found = rosters.checked(roster)
    if not found.is_readable:
        return [_("The roster cannot be read. Look at its check, and replace the file.")]
    if found.rows == 0:
        return [_("The roster names no clinicians.")]
    if found.wrong_rows:
        text = ngettext(
            "%(count)s row of the roster has faults. Look at its check, mend the file and replace it.",
            "%(count)s rows of the roster have faults. Look at its check, mend the file and replace it.",
            found.wrong_rows,
        )
        return [text % {"count": found.wrong_rows}]
    return []


def moved(case: Case, event: CaseEvent) -> None:
    """Staff ask thing by thing: each line of their reason is one thing to be answered."""
    if event.to_stage == "deficient":
        deficiencies.ask(case, event)
