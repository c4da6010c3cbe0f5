"""One change of a text at a time: a version is of all its languages, so that two at once would each put the other's language back."""

from collections.abc import Iterable

from django.db.models import Model
from wagtail.models import Page


def lock(model: type[Model], ids: Iterable[int]) -> None:
    """Waits until nobody else changes these pages or snippets, and keeps others waiting until the transaction ends. What is read after it is the newest."""
    table = Page if issubclass(model, Page) else model
    list(table._base_manager.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
