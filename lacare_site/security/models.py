"""Tables of the limits."""

from django.db import models


class LimitWindow(models.Model):
    """How often one thing was done within one span of time. `key` tells nobody who did what; see limits.py."""

    key = models.CharField(max_length=64, primary_key=True)
    hits = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
