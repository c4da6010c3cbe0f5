"""A mail each business day to whoever has cases that are due or overdue: how many, and nothing of what stands in them."""

from collections import defaultdict
from datetime import time

from django.db import transaction
from django.utils import timezone

from lacare_site.casework import business_days, deadlines
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
    due = Case.objects.filter(due_at__lte=deadlines.today_ends_at(), assigned_to__is_active=True).exclude(assigned_to__email="")
    by_worker = defaultdict(list)
    for case in due.select_related("assigned_to"):
        by_worker[case.assigned_to].append(case)
    keys = {worker: f"digest-{now:%Y-%m-%d}-{worker.pk}" for worker in by_worker}
    written = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    count = 0
    for worker, cases in by_worker.items():
        if keys[worker] not in written:
            overdue = sum(case.due_at < deadlines.today_begins_at() for case in cases)
            context = {"overdue": overdue, "today": len(cases) - overdue, "all": len(cases)}
            with transaction.atomic():
                outbox.write("case_digest", worker.email, context, DEFAULT, keys[worker])
            count += 1
    return count
