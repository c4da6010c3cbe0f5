"""Mails that wait to be sent, or have been."""

from django.db import models
from django.utils import timezone


class MessageQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(sent_at=None, given_up_at=None)

    def due(self):
        """Unsent, time for another attempt, and no worker has it in hand."""
        now = timezone.now()
        return self.unsent().filter(models.Q(claimed_until=None) | models.Q(claimed_until__lt=now), next_attempt_at__lte=now)


class Message(models.Model):
    """One mail to one address, rendered when it was written. It holds no content of a case (security.md, promise 13)."""

    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    to = models.EmailField()
    subject = models.CharField(max_length=255)
    body = models.TextField()
    # Made once, so that a mail which was sent twice because a worker died in between is one mail to whoever receives it.
    message_id = models.CharField(max_length=255, unique=True)
    key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    # The name of the error's class alone: what a mail server says may repeat the address.
    last_error = models.CharField(max_length=100, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                "next_attempt_at", name="outbox_unsent", condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True)
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
