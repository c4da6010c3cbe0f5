"""What the loader has loaded, so that it can tell its own work from an editor's."""

from django.db import models


class LoadedContent(models.Model):
    """One page, line, text, menu or notice that the loader wrote.

    `state` is what it was right after loading (the live revision, or a hash of the fields): as long as it still is, nobody else has changed it.
    """

    name = models.CharField(max_length=255, unique=True)
    source = models.CharField(max_length=64, help_text="SHA-256 of the files that it was made from.")
    state = models.CharField(max_length=64)

    def __str__(self):
        return self.name
