"""Keeps the search in step with what editors publish. An entry holds no address, so moving a page changes nothing."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, unpublished

from pages.models import PlanDocument, SitePage, StandingText
from pages.translations.ledger import entries_changed

from . import services, tasks


@receiver(page_published)
def index(instance, **_kwargs):
    if isinstance(instance, SitePage):
        tasks.index_page.enqueue(instance.pk)


@receiver(page_unpublished)
def remove(instance, **_kwargs):
    """At once, not by the worker: what was taken off the site must not be quoted any longer."""
    services.remove_page(instance.pk)


@receiver([unpublished, post_delete], sender=StandingText)
def index_pages_without_text(instance, **_kwargs):
    _index_pages_that_name(instance.key)


@receiver(entries_changed, sender=StandingText)
def index_pages_with_text(object_id, **_kwargs):
    """Published, signed or no longer signed: its translation may be quoted, or no longer."""
    for key in StandingText.objects.filter(pk=object_id).values_list("key", flat=True):
        _index_pages_that_name(key)


@receiver([post_save, post_delete], sender=PlanDocument)
def index_pages_with_document(instance, **_kwargs):
    if instance.series:
        _index_pages_that_name(instance.series)


def _index_pages_that_name(key: str) -> None:
    for page_id in services.pages_that_name(key):
        tasks.index_page.enqueue(page_id)
