"""Keeps what is derived from pages and snippets in step with them: signals purge, count and reindex, and nothing else."""

from django.core.signals import request_started
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, published

from pages import links
from pages.contacts import selectors as contacts
from pages.models import ContactLine, MenuSection, Notice, PolicyEdition, PolicyPage
from pages.navigation import selectors as navigation

# What was read for one request is forgotten at the next, and at once when it changes.
for forget in (contacts.forget, navigation.forget, links.forget):
    request_started.connect(forget)
for signal in (post_save, post_delete):
    signal.connect(contacts.forget, sender=ContactLine)
    signal.connect(navigation.forget, sender=MenuSection)


@receiver(published, sender=Notice)
def count_version(instance, **_kwargs):
    """A published change is a new version: whoever closed the old one sees it."""
    Notice.objects.filter(pk=instance.pk).update(version=instance.version + 1)


@receiver(page_published, sender=PolicyPage)
def keep_edition(instance, revision, **_kwargs):
    """The text published under a date is that date's edition."""
    if instance.policy_date and revision:
        PolicyEdition.objects.update_or_create(
            page=instance, policy_date=instance.policy_date, defaults={"revision": revision}
        )
