"""Where a telephone line is used."""

import re

from django.db import models
from wagtail.fields import RichTextField, StreamField

from lacare_site.organisation import ORGANISATION
from pages.fields import KeyListField
from pages.uses import Search, Use, plain

from . import selectors
from .models import ContactLine

# What lacare_site/organisation.py and templates name themselves; apps add what their own code names.
NAMED_BY_THE_SITE = [
    (ORGANISATION.questions_line, "what the home page tells search engines"),
    (ORGANISATION.interpreter_line, "the note on pages that are not in the visitor's language"),
    ("providers", "the letters on applications"),
]
EMBED = re.compile(r"<embed\b[^>]*>")
KEY = re.compile(r'\bkey="([^"]*)"')


def _can_name_a_line(field: models.Field) -> bool:
    if isinstance(field, KeyListField):
        return field.key_choices is selectors.key_choices
    return isinstance(field, (RichTextField, StreamField))


def _keys_of(field: models.Field, value) -> set[str]:
    return set(value or []) if isinstance(field, KeyListField) else _keys_in(value)


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


_search = Search(_can_name_a_line, _keys_of)


def uses_of(key: str) -> list[Use]:
    """Where a line is used: pages and snippets, and what names it in code."""
    return [*(Use(place) for named, place in NAMED_BY_THE_SITE if named == key), *_search.uses_of(key)]


def not_in_use(field: models.Field, value) -> list[str]:
    """A sentence for each line that a field's new value names although it is retired or unknown: it would be a hole in the text."""
    keys = _keys_of(field, plain(field, value)) if value and _can_name_a_line(field) else set()
    if not (gone := sorted(keys - selectors.lines().keys())):
        return []
    retired = {line.key: line for line in ContactLine.objects.filter(key__in=gone)}
    return [
        f"The telephone line “{retired[key]}” is retired. Name another or take it out."
        if key in retired
        else f"There is no telephone line “{key}”. Name another or take it out."
        for key in gone
    ]
