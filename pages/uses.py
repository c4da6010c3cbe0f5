"""Where a key is used, such as a telephone line's: in what is published, in drafts, and in what is scheduled.

Our own search, asked when somebody wants to take something away: Wagtail's reference index is built in the background and knows
nothing of keys.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Revision

from pages import translated

MOST_SHOWN = 20


@dataclass(frozen=True)
class Use:
    """A page or snippet that names the key, in its published form or only in a draft; or, in words, what of the site itself does."""

    place: models.Model | str
    only_in_draft: bool = False

    def __str__(self):
        if isinstance(self.place, str):
            return self.place
        kind = self.place._meta.verbose_name
        return f"{kind} “{self.place}”{', draft' if self.only_in_draft else ''}"


@dataclass(frozen=True)
class Search:
    """How one kind of key is found."""

    can_be_in: Callable[[models.Field], bool]
    # The keys in a field's value, which is a text, or lists and dictionaries of texts.
    keys_in: Callable[[models.Field, object], set[str]]

    def uses_of(self, key: str) -> list[Use]:
        """Every page and snippet whose columns (in any language), newest draft or scheduled version name the key."""
        found: dict[tuple, tuple] = {}
        for model, fields in self._places():
            for pk, values in _rows(model, fields, key):
                if self._is_named(key, fields, values):
                    found.setdefault((model, pk), (pk, False))
            for pk, content in _drafts(model):
                if self._is_named(key, fields, content):
                    found.setdefault((model, pk), (pk, True))
        return [Use(model.objects.get(pk=pk), only_in_draft) for (model, _pk), (pk, only_in_draft) in found.items()]

    def _places(self) -> Iterator[tuple[type[models.Model], list[models.Field]]]:
        """The models in which such a key can be named, with the fields in which it can."""
        for model in apps.get_models():
            # The columns of the languages; the original one holds a copy of any of them.
            originals = translated.field_names(model)
            fields = [field for field in model._meta.concrete_fields if field.name not in originals and self.can_be_in(field)]
            # A page's own type knows all its fields; the table of what all pages share is read with it.
            if fields and getattr(model, "is_creatable", True):
                yield model, fields

    def _is_named(self, key: str, fields: list[models.Field], values: dict) -> bool:
        """In these values; of a version as it is stored, or of a row."""
        return any(key in self.keys_in(field, plain(field, values.get(field.attname))) for field in fields)


def refusal(uses: list[Use], what: str) -> SafeString:
    """The sentence for the editor, with a link to each place that has to change first."""
    links = format_html_join(", ", "{}", ((_link(use),) for use in uses[:MOST_SHOWN]))
    more = f" and {len(uses) - MOST_SHOWN} more" if len(uses) > MOST_SHOWN else ""
    return format_html("{} It is used in {}: {}{}. Change these first.", what, _count(len(uses)), links, more)


def _link(use: Use) -> str:
    if isinstance(use.place, str):
        return str(use)
    return format_html('<a href="{}">{}</a>', AdminURLFinder().get_edit_url(use.place) or "", str(use))


def _count(number: int) -> str:
    return "1 place" if number == 1 else f"{number} places"


def plain(field: models.Field, value):
    """A field's value as texts, lists and dictionaries; of a row, of a stored version, or of a form."""
    if isinstance(value, StreamValue):
        return list(value.raw_data)
    return json.loads(value) if isinstance(field, StreamField) and value else value


def _rows(model, fields, key: str) -> Iterator[tuple[object, dict]]:
    """The rows that hold the key anywhere in these fields: the database leaves the others out."""
    texts = {f"text_of_{field.attname}": Cast(field.attname, models.TextField()) for field in fields}
    holds_key = Q(*((f"{text}__contains", key) for text in texts), _connector=Q.OR)
    rows = model._base_manager.alias(**texts).filter(holds_key)
    for row in rows.values("pk", *(field.attname for field in fields)).iterator():
        yield row.pop("pk"), row


def _drafts(model) -> Iterator[tuple[object, dict]]:
    """The newest version of what has a draft, and every version that waits for its time."""
    if not hasattr(model, "latest_revision"):
        return
    newest = model._base_manager.exclude(latest_revision=F("live_revision")).values("latest_revision_id")
    scheduled = Q(content_type=ContentType.objects.get_for_model(model), approved_go_live_at__isnull=False)
    for revision in Revision.objects.filter(Q(pk__in=newest) | scheduled).iterator():
        yield model._meta.pk.to_python(revision.object_id), revision.content
