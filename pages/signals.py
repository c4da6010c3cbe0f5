"""Keeps what is derived from pages and snippets in step with them: signals purge, count and reindex, and nothing else."""

import time

from django.core.signals import request_started
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django_tasks.signals import task_started
from wagtail.models import Site
from wagtail.signals import page_published, published

from pages import links
from pages.contacts import selectors as contacts
from pages.models import (
    ContactLine,
    Meeting,
    MenuSection,
    Notice,
    PlanDocument,
    PolicyEdition,
    PolicyPage,
    SitePage,
    StandingText,
)
from pages.navigation import selectors as navigation
from pages.notices import selectors as notices
from pages.standing_texts import selectors as standing_texts
from pages.translations import ledger, showing
from pages.translations.models import Translation
from pages.translations.version_notes import VersionNotes

# What was read for one request (or task of the worker) is forgotten at the next, and at once when it changes.
for forget in (contacts.forget, navigation.forget, notices.forget, links.forget, showing.forget, standing_texts.forget):
    request_started.connect(forget)
    task_started.connect(forget)


_sites_read_at = 0.0


@receiver((request_started, task_started))
def forget_where_sites_begin(**_kwargs):
    """Wagtail keeps it for an hour in each process, and only the one that changed a site or its home page would know: here for a second,
    and never beyond a change of what is public (pages/facts.py)."""
    global _sites_read_at
    if time.monotonic() > _sites_read_at + 1:
        Site.clear_site_root_paths_cache()
        _sites_read_at = time.monotonic()


for signal in (post_save, post_delete):
    signal.connect(contacts.forget, sender=ContactLine)
    signal.connect(navigation.forget, sender=MenuSection)
    signal.connect(notices.forget, sender=Notice)
    signal.connect(standing_texts.forget, sender=StandingText)
    signal.connect(showing.forget, sender=Translation)
ledger.entries_changed.connect(showing.forget)
published.connect(notices.forget, sender=Notice)


# The ledger of translations follows whatever is published.
@receiver(page_published)
def enter_published_page(sender, instance, revision=None, **_kwargs):
    if issubclass(sender, SitePage):
        _enter(instance, revision)


@receiver(published)
def enter_published_snippet(sender, instance, revision=None, **_kwargs):
    if sender in (Notice, MenuSection, StandingText):
        _enter(instance, revision)


def _enter(instance, revision) -> None:
    is_minor_edit = bool(revision) and VersionNotes.of(revision).is_minor_edit
    ledger.update(instance, user=revision.user if revision else None, is_minor_edit=is_minor_edit)


@receiver(post_save, sender=ContactLine)
def enter_contact_line(instance, **_kwargs):
    """A telephone line has no drafts: saving it publishes it. Whoever saves one language of it may hold others as they were."""
    ledger.update(ContactLine.objects.get(pk=instance.pk))


@receiver(post_delete)
def forget_translations(sender, instance, **_kwargs):
    if sender in (SitePage, ContactLine, Notice, MenuSection, StandingText):
        ledger.forget(instance)


@receiver(pre_save, sender=PlanDocument)
def post_agenda_anew(instance, **_kwargs):
    """Another file in the same document is another agenda, posted when it takes the old one's place."""
    known = PlanDocument.objects.filter(pk=instance.pk).first() if instance.pk else None
    if known and (known.file.name, known.file_hash) != (instance.file.name, instance.file_hash):
        Meeting.objects.filter(agenda=known, agenda_posted_at__isnull=False).update(agenda_posted_at=timezone.now())


@receiver(page_published, sender=PolicyPage)
def keep_edition(instance, revision, **_kwargs):
    """The text published under a date is that date's edition."""
    if instance.policy_date and revision:
        PolicyEdition.objects.update_or_create(page=instance, policy_date=instance.policy_date, defaults={"revision": revision})
