"""Where a telephone line is used: in what is published, in drafts, and in what is scheduled.

Our own search, asked when somebody wants to retire or delete a line: Wagtail's reference index is built in the background and knows nothing of keys.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Revision

from pages import translated
from pages.fields import KeyListField

from . import selectors

EMBED = re.compile(r"<embed\b[^>]*>")
KEY = re.compile(r'\bkey="([^"]*)"')
MOST_SHOWN = 20


@dataclass(frozen=True)
class Use:
    """A page or snippet that names a line, in its published form or only in a draft."""

    place: models.Model
    only_in_draft: bool

    def __str__(self):
        kind = self.place._meta.verbose_name
        return f"{kind} “{self.place}”{', draft' if self.only_in_draft else ''}"


def uses_of(key: str) -> list[Use]:
    """Every page and snippet whose columns (in any language), newest draft or scheduled version name the line."""
    found: dict[tuple, Use] = {}
    for model, fields in _places():
        for pk, values in _rows(model, fields):
            if key in _named(fields, values):
                found.setdefault((model, pk), (pk, False))
        for pk, content in _drafts(model):
            if key in _named(fields, content):
                found.setdefault((model, pk), (pk, True))
    return [Use(model.objects.get(pk=pk), only_in_draft) for (model, _pk), (pk, only_in_draft) in found.items()]


def refusal(uses: list[Use], what: str) -> SafeString:
    """The sentence for the editor, with a link to each place that has to change first."""
    finder = AdminURLFinder()
    links = format_html_join(
        ", ", '<a href="{}">{}</a>', ((finder.get_edit_url(use.place) or "", str(use)) for use in uses[:MOST_SHOWN])
    )
    more = f" and {len(uses) - MOST_SHOWN} more" if len(uses) > MOST_SHOWN else ""
    return format_html("{} It is used in {}: {}{}. Change these first.", what, _count(len(uses)), links, more)


def _count(number: int) -> str:
    return "1 place" if number == 1 else f"{number} places"


def _places() -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    """The models in which a line can be named, with the fields in which it can."""
    for model in apps.get_models():
        # The columns of the languages; the original one holds a copy of any of them.
        originals = translated.field_names(model)
        fields = [field for field in model._meta.concrete_fields if field.name not in originals and _can_name_a_line(field)]
        # A page's own type knows all its fields; the table of what all pages share is read with it.
        if fields and getattr(model, "is_creatable", True):
            yield model, fields


def _can_name_a_line(field: models.Field) -> bool:
    if isinstance(field, KeyListField):
        return field.key_choices is selectors.key_choices
    return isinstance(field, (RichTextField, StreamField))


def _rows(model, fields) -> Iterator[tuple[object, dict]]:
    names = [field.attname for field in fields]
    for row in model._base_manager.values("pk", *names).iterator():
        yield row.pop("pk"), row


def _drafts(model) -> Iterator[tuple[object, dict]]:
    """The newest version of what has a draft, and every version that waits for its time."""
    if not hasattr(model, "latest_revision"):
        return
    newest = model._base_manager.exclude(latest_revision=F("live_revision")).values("latest_revision_id")
    scheduled = Q(content_type=ContentType.objects.get_for_model(model), approved_go_live_at__isnull=False)
    for revision in Revision.objects.filter(Q(pk__in=newest) | scheduled).iterator():
        yield model._meta.pk.to_python(revision.object_id), revision.content


def _named(fields, values: dict) -> set[str]:
    """The keys of all lines that these values name; of a version as it is stored, or of a row."""
    named = set()
    for field in fields:
        value = values.get(field.attname)
        if isinstance(field, KeyListField):
            named.update(value or [])
        elif isinstance(value, StreamValue):
            named |= _keys_in(list(value.raw_data))
        elif isinstance(field, StreamField) and value:
            named |= _keys_in(json.loads(value))
        else:
            named |= _keys_in(value)
    return named


def _keys_in(value) -> set[str]:
    if isinstance(value, str):
        return {match[1] for embed in EMBED.findall(value) if 'embedtype="phone"' in embed and (match := KEY.search(embed))}
    if isinstance(value, dict):
        if value.get("type") == "contact_lines":
            return _strings(value["value"].get("lines"))
        return set().union(*map(_keys_in, value.values()))
    if isinstance(value, (list, tuple)):
        return set().union(*map(_keys_in, value))
    return set()


def _strings(value) -> set[str]:
    """All texts inside a block that lists lines: keys, and the ids of its items, which are no keys."""
    if isinstance(value, str):
        return {value}
    children = value.values() if isinstance(value, dict) else value or []
    return set().union(*map(_strings, children))
