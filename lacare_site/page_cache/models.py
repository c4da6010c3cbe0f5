"""The number that SQLite's triggers raise. PostgreSQL tells its listeners instead, and has no use for it."""

from django.db import models


class Changes(models.Model):
    """One row, made by the migration."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return str(self.number)
