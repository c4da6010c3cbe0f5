"""A mail each business day to whoever has cases that are due or overdue, and to the mailbox of a desk on those that nobody has: how many,
and which of them are escalated, and nothing of what stands in them."""

from collections import defaultdict
from datetime import time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lacare_site.casework import business_days, deadlines, registry, selectors
from lacare_site.casework.models import Case
from lacare_site.languages import DEFAULT
from lacare_site.outbox import services as outbox
from lacare_site.outbox.models import Message

NOT_BEFORE = time(7)  # by the plan's own clock


def send() -> int:
    """Writes today's mails that are not written yet; returns how many. For each round of the housekeeping."""
    now = timezone.localtime()
    if now.time() < NOT_BEFORE or not business_days.is_business_day(now.date()):
        return 0
    by_reader = defaultdict(list)
    # A case that is closed has no deadline, but what runs on after its end may be escalated.
    waiting = selectors.with_escalation(Case.objects.all()).select_related("assigned_to")
    for case in waiting.filter(Q(due_at__lte=deadlines.today_ends_at()) | Q(is_escalated=True)).order_by("due_at", "pk"):
        worker = selectors.in_charge(case)
        by_reader[worker, worker.email if worker else registry.get(case.kind).mailbox].append(case)
    keys = {reader: f"digest-{now:%Y-%m-%d}-{reader[0].pk if reader[0] else reader[1]}" for reader in by_reader}
    written = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    count = 0
    for (worker, to), cases in by_reader.items():
        if keys[worker, to] not in written:
            context = {
                "overdue": sum(bool(case.due_at and case.due_at < now) for case in cases),
                "today": sum(bool(case.due_at and now <= case.due_at <= deadlines.today_ends_at()) for case in cases),
                "all": len(cases),
                "escalated": [case for case in cases if case.is_escalated],
                "worker": worker,
            }
            with transaction.atomic():
                outbox.write("case_digest", to, context, DEFAULT, keys[worker, to])
            count += 1
    return count
