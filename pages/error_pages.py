"""The files of the error pages 500 and 503 name the lines to call, so they are written anew when a line changes."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from lacare_site import errors
from pages.contacts import selectors as contacts
from pages.models import ContactLine

TOPICS = (ContactLine.Topic.MEMBERS, ContactLine.Topic.PROVIDERS)


def write() -> None:
    """Writes them; needs the collected static files, whose addresses they hold."""
    contacts.forget()
    errors.write_files({"lines": [line for line in contacts.lines().values() if line.topic in TOPICS]})


@receiver([post_save, post_delete], sender=ContactLine)
def write_anew(**_kwargs) -> None:
    # A site that has not started yet has no such files; its start writes them. The others must not fail an editor's change.
    if errors.are_written():
        transaction.on_commit(write, robust=True)
