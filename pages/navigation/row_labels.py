"""The labels of a menu's rows in other languages: of which rows, and the part of a form that takes them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from lacare_site import languages

LONGEST = 240


@dataclass(frozen=True)
class Row:
    """A text of a menu: `key` is the id of its block, under which each language keeps its label."""

    key: str
    english: str
    group: str = ""  # the label of the group around it, since the same label may stand in several


def text_key(promo_id: str) -> str:
    """The key of a promo card's text; its heading has the card's own."""
    return f"{promo_id}-text"


def rows_of(blocks) -> Iterator[Row]:
    """The rows of a menu, given as raw blocks, that have an English label. All others are named by their page's heading."""
    return (row for row in _rows(blocks) if row.english)


def _rows(blocks) -> Iterator[Row]:
    for block in blocks:
        value, key = block["value"], block.get("id") or ""
        if block["type"] == "promo":
            yield Row(key, value["heading"])
            yield Row(text_key(key), value["text"])
            continue
        yield Row(key, value.get("label") or "")
        for link in value.get("links", []):
            yield Row(link.get("id") or "", link["value"].get("label") or "", group=value["label"])


class RowLabelsWidget(forms.Widget):
    """A line for each of `rows`, in `language`; both are set by the form's panel. Posted as `<name>-<key>`."""

    template_name = "pages/admin/translations/row_labels.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.rows: list[Row] = []
        self.language = languages.get(languages.DEFAULT)

    def get_context(self, name, value, attrs):
        lines = [{"row": row, "value": (value or {}).get(row.key, "")} for row in self.rows]
        return super().get_context(name, value, attrs) | {"lines": lines, "longest": LONGEST, "language": self.language}

    def _render(self, template_name, context, renderer=None):
        # Django looks for templates of widgets in its own folder alone.
        return mark_safe(render_to_string(template_name, context))  # noqa: S308  (a template's answer)

    def value_from_datadict(self, data, files, name):
        prefix = f"{name}-"
        return {key.removeprefix(prefix): text for key, text in data.items() if key.startswith(prefix)}

    def id_for_label(self, id_):
        return ""  # each line has a label of its own


class RowLabelsFormField(forms.Field):
    widget = RowLabelsWidget

    def clean(self, value):
        found = {key: text.strip() for key, text in value.items() if text.strip()}
        for text in found.values():
            if len(text) > LONGEST:
                raise ValidationError(f"At most {LONGEST} characters: {text[:40]}…")
        return found

    def has_changed(self, initial, data):
        return (initial or {}) != {key: text.strip() for key, text in (data or {}).items() if text.strip()}


class RowLabelsField(models.JSONField):
    """Labels by the key of their row. It stands once for each language; in English the rows carry their labels themselves."""

    def formfield(self, **kwargs):
        options = {"required": False, "label": kwargs.get("label"), "help_text": self.help_text}
        return RowLabelsFormField(**{name: value for name, value in options.items() if value is not None})
