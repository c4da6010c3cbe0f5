"""A mail each business day to those on whose pages a report waits: how many, and nothing of what they say."""

from collections import Counter

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lacare_site.casework import business_days
from lacare_site.casework.digest import NOT_BEFORE
from lacare_site.languages import DEFAULT
from lacare_site.outbox import services as outbox
from lacare_site.outbox.models import Message
from pages.page_reports import selectors


def send() -> int:
    """Writes today's mails that are not written yet; returns how many. For each round of the housekeeping. What nobody looks after goes to
    the mailbox of all."""
    now = timezone.localtime()
    if now.time() < NOT_BEFORE or not business_days.is_business_day(now.date()):
        return 0
    waiting: Counter[str] = Counter()
    for page, count in selectors.open_by_page().items():
        for address in [user.email for user in selectors.caretakers(page)] or [settings.STAFF_MAILBOX]:
            waiting[address] += count
    keys = {address: f"page-reports-{now:%Y-%m-%d}-{address}"[:200] for address in waiting}
    written = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    unwritten = [address for address in waiting if keys[address] not in written]
    for address in unwritten:
        with transaction.atomic():
            outbox.write("page_report_digest", address, {"count": waiting[address]}, DEFAULT, keys[address])
    return len(unwritten)
