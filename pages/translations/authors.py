"""Who wrote a text: somebody else may publish it, by whatever way, and has not written it by that."""

import json

from django.db.models import Q
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin

from lacare_site import languages
from pages import translated

from .texts import hash_of, text_of, without_ids


def has_versions(instance) -> bool:
    return isinstance(instance, RevisionMixin)


def of(instance, code: str, signed_hash: str = "") -> tuple[int | None, set[int]]:
    """Who wrote the text that `instance` has in a language other than English: (its author, all who have written in it).

    A version of the text is of whoever was the first to save exactly it; the author's is the present one. The others are those after
    the version with `signed_hash`, or all. The author is None where no user is known: the text came by a command, or the account
    has been deleted.
    """
    names = sorted(translated.field_names(type(instance)))
    fields = {name: instance._meta.get_field(f"{name}_{languages.get(code).field_suffix}") for name in names}
    first = {}  # in the order in which the versions of the text came to be
    until = instance.revisions.filter(Q(pk__lte=instance.live_revision_id) if instance.live_revision_id else Q())
    # Whole versions, not their texts alone: databases disagree on what a text within JSON is that is itself JSON.
    for user_id, content in until.order_by("created_at", "pk").values_list("user_id", "content").iterator(chunk_size=20):
        found = {name: without_ids(_from_version(field, content.get(field.name))) for name, field in fields.items()}
        first.setdefault(hash_of({name: text for name, text in found.items() if text}), user_id)
    versions = list(first)
    later = versions[versions.index(signed_hash) + 1 :] if signed_hash in first else versions
    author = first.get(hash_of(text_of(instance, code)))
    return author, {author, *(first[version] for version in later if version)} - {None}


def _from_version(field, value):
    return json.loads(value) if isinstance(field, StreamField) and value else value
