"""Who wrote a text: somebody else may publish it, by whatever way, and has not written it by that."""

import json

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
    # Whole versions, not their texts alone: databases disagree on what a text within JSON is that is itself JSON.
    for user_id, content in versions.values_list("user_id", "content").iterator(chunk_size=20):
        found = {name: without_ids(_from_version(field, content.get(field.name))) for name, field in fields.items()}
        if {name: text for name, text in found.items() if text} == wanted:
            return user_id
    return None


def _from_version(field, value):
    return json.loads(value) if isinstance(field, StreamField) and value else value
