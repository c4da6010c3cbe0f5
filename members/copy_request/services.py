"""Taking a request for a page: the case, what is wanted, and the mail to staff, in one transaction."""

import uuid

from django.conf import settings

from lacare_site.casework import services as casework
from lacare_site.casework.models import Case
from lacare_site.outbox import services as outbox

from .models import CopyRequest

KEY = "copy_request"


def send(cleaned: dict, key: uuid.UUID, language: str, code_hash: str) -> Case:
    """Opens the case of a checked form, or gives that which the same form opened before. Within a transaction of the caller's."""
    case, is_new = casework.open_case(KEY, language, key, code_hash=code_hash)
    if is_new:
        CopyRequest.objects.create(case=case, values=cleaned)
        outbox.write("copy_request_new", settings.STAFF_MAILBOX, {"case": case}, "en", f"{case.reference} new")
    return case


def is_same(case: Case, cleaned: dict) -> bool:
    """Whether the case holds exactly what this form says."""
    return case.copy_request.values == cleaned
