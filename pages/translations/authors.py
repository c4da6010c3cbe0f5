"""Who wrote a text: somebody else may publish it, by whatever way, and has not written it by that."""

import json

from django.db.models import JSONField
from django.db.models.fields.json import KeyTextTransform
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin

from lacare_site import languages
from pages import translated

from .texts import text_of, without_ids


def has_versions(instance) -> bool:
    return isinstance(instance, RevisionMixin)


def author_id_of(instance, code: str) -> int | None:
    """The id of the user who was the first to save exactly the text that `instance` has in a language other than English.

    None where no user is known: the text came by a command, or the account has been deleted.
    """
    names = sorted(translated.field_names(type(instance)))
    fields = {name: instance._meta.get_field(f"{name}_{languages.get(code).field_suffix}") for name in names}
    wanted = text_of(instance, code)
    versions = instance.revisions.order_by("created_at", "pk")
    # As text: SQLite would otherwise give a text that is also JSON, such as "12", as what it says in JSON.
    rows = versions.values_list("user_id", *(KeyTextTransform(field.name, "content") for field in fields.values()))
    for user_id, *values in rows.iterator():
        pairs = zip(fields.items(), values, strict=True)
        found = {name: without_ids(_from_version(field, value)) for (name, field), value in pairs}
        if {name: text for name, text in found.items() if text} == wanted:
            return user_id
    return None


def _from_version(field, value):
    return json.loads(value) if isinstance(field, (StreamField, JSONField)) and value else value
