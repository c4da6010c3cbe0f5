"""Where a standing text is used."""

from django.db import models
from wagtail.fields import StreamField

from pages.uses import Search


def _can_show_a_text(field: models.Field) -> bool:
    return isinstance(field, StreamField)


def _keys_of(field: models.Field, value) -> set[str]:
    return {block["value"].get("key") for block in value or [] if block["type"] == "standing_text"}


uses_of = Search(_can_show_a_text, _keys_of).uses_of
