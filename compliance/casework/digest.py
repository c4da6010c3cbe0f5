"""A mail each business day to officers for whom something waits: how many, and nothing else. Nothing is written for a single report.

What reporters did today waits for the next mail: one that is written because of it would have its time of day.
"""

from django.db import transaction
from django.utils import timezone

from compliance.casework import selectors
from compliance.casework.selectors import Filters
from compliance.officers import officers
from lacare_site.casework import business_days
from lacare_site.casework.digest import NOT_BEFORE
from lacare_site.languages import DEFAULT
from lacare_site.outbox import services as outbox
from lacare_site.outbox.models import Message

COUNTED = {
    "unassigned": Filters(assigned="nobody"),
    "waiting": Filters(state="all", waiting="yes"),
    "overdue": Filters(due="overdue"),
    "today": Filters(due="today"),
}


def send() -> int:
    """Writes today's mails that are not written yet; returns how many. For each round of the housekeeping."""
    now = timezone.localtime()
    if now.time() < NOT_BEFORE or not business_days.is_business_day(now.date()):
        return 0
    keys = {officer: f"compliance-digest-{now:%Y-%m-%d}-{officer.pk}" for officer in officers().exclude(email="")}
    written = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    count = 0
    for officer, key in keys.items():
        counts = {name: selectors.find(filters, officer, before=now.date()).count() for name, filters in COUNTED.items()}
        if key not in written and any(counts.values()):
            with transaction.atomic():
                outbox.write("compliance_digest", officer.email, counts, DEFAULT, key)
            count += 1
    return count
