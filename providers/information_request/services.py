"""Taking a request for information: the case, what was asked, and the mails, in one transaction."""

import uuid

from django.conf import settings

from lacare_site.casework import services as casework
from lacare_site.casework.models import Case
from lacare_site.outbox import services as outbox

from .consents import CONSENTS
from .forms import consent_field
from .models import InformationRequest, TopicRoute

KEY = "information_request"
FIELDS = ("who", "organisation", "name", "email", "telephone", "way", "answer_language", "topic", "message")


def send(cleaned: dict, key: uuid.UUID, language: str, code_hash: str) -> Case:
    """Opens the case of a checked form, or gives that which the same form opened before. Within a transaction of the caller's."""
    case, is_new = casework.open_case(KEY, language, key, cleaned["email"], code_hash)
    if not is_new:
        return case
    InformationRequest.objects.create(
        case=case, consents=_consents(cleaned, language), **{name: cleaned[name] for name in FIELDS}
    )
    if cleaned["email"] and cleaned[consent_field("email")]:
        outbox.write(
            "information_request_received",
            cleaned["email"],
            {"reference": case.reference},
            language,
            f"{case.reference} received",
        )
    outbox.write("information_request_new", mailbox_of(cleaned["topic"]), {"case": case}, "en", f"{case.reference} new")
    return case


def is_same(case: Case, cleaned: dict) -> bool:
    """Whether the case holds exactly what this form says."""
    kept = case.information_request
    agreed = {consent["key"] for consent in kept.consents}
    return all(getattr(kept, name) == cleaned[name] for name in FIELDS) and agreed == _agreed(cleaned)


def mailbox_of(topic: str) -> str:
    route = TopicRoute.objects.filter(topic=topic).first()
    return route.mailbox if route else settings.STAFF_MAILBOX


def _agreed(cleaned: dict) -> set[str]:
    return {consent.key for consent in CONSENTS if cleaned[consent_field(consent.key)]}


def _consents(cleaned: dict, language: str) -> list[dict]:
    """What was agreed to, in the words that were shown."""
    return [
        {"key": consent.key, "version": consent.version, "language": language, "wording": str(consent.wording)}
        for consent in CONSENTS
        if consent.key in _agreed(cleaned)
    ]
