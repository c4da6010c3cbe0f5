"""A mail each business day to whoever has cases that are due or overdue, and to the mailbox of all on those that nobody has: how many,
and which of them are escalated, and nothing of what stands in them."""

from collections import defaultdict
from datetime import time

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lacare_site.casework import business_days, deadlines, selectors
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
    by_worker = defaultdict(list)
    waiting = selectors.with_escalation(Case.objects.filter(closed_at=None)).select_related("assigned_to")
    for case in waiting.filter(Q(due_at__lte=deadlines.today_ends_at()) | Q(is_escalated=True)).order_by("due_at", "pk"):
        by_worker[selectors.in_charge(case)].append(case)
    keys = {worker: f"digest-{now:%Y-%m-%d}-{worker.pk if worker else 'nobody'}" for worker in by_worker}
    written = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    count = 0
    for worker, cases in by_worker.items():
        if keys[worker] not in written:
            context = {
                "overdue": sum(bool(case.due_at and case.due_at < now) for case in cases),
                "today": sum(bool(case.due_at and now <= case.due_at <= deadlines.today_ends_at()) for case in cases),
                "all": len(cases),
                "escalated": [case for case in cases if case.is_escalated],
                "worker": worker,
            }
            with transaction.atomic():
                outbox.write("case_digest", worker.email if worker else settings.STAFF_MAILBOX, context, DEFAULT, keys[worker])
            count += 1
    return count
