"""Who wrote a text: somebody else may publish it, by whatever way, and has not written it by that."""

import json
from collections.abc import Iterable, Iterator

from django.db.models import Q
from wagtail.fields import StreamField
from wagtail.models import Revision, RevisionMixin

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
    versions = texts_of_versions(instance, code, instance.live_revision_id)
    saved = ((hash_of(text), version.user_id) for version, text in versions)
    return among(saved, hash_of(text_of(instance, code)), signed_hash)


def among(saved: Iterable[tuple[str, int | None]], present: str, signed_hash: str = "") -> tuple[int | None, set[int]]:
    """The same of versions that are given as (hash of the text, who saved it), the oldest first; `present` is the hash of the present one."""
    first = {}  # in the order in which the versions of the text came to be
    for version, user_id in saved:
        first.setdefault(version, user_id)
    versions = list(first)
    later = versions[versions.index(signed_hash) + 1 :] if signed_hash in first else versions
    author = first.get(present)
    return author, {author, *(first[version] for version in later if version)} - {None}


def texts_of_versions(instance, code: str, until: int | None = None) -> Iterator[tuple[Revision, dict]]:
    """Each version of `instance`, the oldest first, with its text in a language other than English, as texts.text_of gives it.

    `until` is the id of the last one. The text is read from what the version holds, so that no object is built for each.
    """
    names = sorted(translated.field_names(type(instance)))
    fields = {name: instance._meta.get_field(f"{name}_{languages.get(code).field_suffix}") for name in names}
    versions = instance.revisions.filter(Q(pk__lte=until) if until else Q()).order_by("created_at", "pk")
    # Whole versions, not their texts alone: databases disagree on what a text within JSON is that is itself JSON.
    for version in versions.select_related("user").defer("object_str").iterator(chunk_size=20):
        found = {name: without_ids(_from_version(field, version.content.get(field.name))) for name, field in fields.items()}
        yield version, {name: text for name, text in found.items() if text}


def _from_version(field, value):
    return json.loads(value) if isinstance(field, StreamField) and value else value
