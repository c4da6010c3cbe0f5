"""Who wrote a text, and beside which English: somebody else may publish it later, by whatever way, and has not written it by that."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from wagtail.fields import StreamField
from wagtail.models import Revision, RevisionMixin

from lacare_site import languages
from pages import translated

from .texts import field_of, hash_of, parts_of, text_of, without_ids
from .version_notes import VersionNotes


def has_versions(instance) -> bool:
    return isinstance(instance, RevisionMixin)


@dataclass(frozen=True)
class Writing:
    """How a text came to be: its author, None where no user is known (it came by a command, or the account has been deleted); all who
    have written in it; and by place the English beside which the parts that were asked for were written.
    """

    author_id: int | None
    writer_ids: set[int]
    english: dict[str, object]


def of(instance, code: str, signed_hash: str = "", until: int | None = None, places: Collection[str] = ()) -> Writing:
    """How the text came to be that `instance` has in a language other than English, as its versions tell, `until` being the id of the last.

    A version of the text is of whoever was the first to save exactly it; the writers are those after the version with `signed_hash`, or
    all. So with each part, and the English that stood beside it then: whoever went back to an old text has not translated anew.
    """
    text, missing = text_of(instance, code), set(places)
    own, saved, english = parts_of(text), [], {}
    for version, found in texts_of_versions(instance, code, until):
        saved.append((hash_of(found), version.user_id))
        if met := _met(missing, text, own, found):
            beside = parts_of(_english_beside(version, code))
            english |= {place: beside.get(place) for place in met}
            missing -= met
    return Writing(*among(saved, hash_of(text), signed_hash), english)


def among(saved: Iterable[tuple[str, int | None]], present: str, signed_hash: str = "") -> tuple[int | None, set[int]]:
    """The author and the writers of versions that are given as (hash of the text, who saved it), the oldest first.

    `present` is the hash of the present version.
    """
    first = {}  # in the order in which the versions of the text came to be
    for version, user_id in saved:
        first.setdefault(version, user_id)
    versions = list(first)
    later = versions[versions.index(signed_hash) + 1 :] if signed_hash in first else versions
    author = first.get(present)
    return author, {author, *(first[version] for version in later if version)} - {None}


def _met(places: set[str], text: dict, own: dict, found: dict) -> set[str]:
    """The places at which a version has the same part; at one that the translation lacks, the same text of the field."""
    if not places:
        return set()
    parts, same = parts_of(found), {name for name in text if found.get(name) == text[name]}
    return {place for place in places if field_of(place) in same or (place in own and parts.get(place) == own[place])}


def _english_beside(version: Revision, code: str) -> dict:
    seen = VersionNotes.of(version).seen_english.get(code)
    return text_of(version.as_object(), languages.DEFAULT) if seen is None else seen


def english_with(instance, english_hash: str) -> dict:
    """The English of the newest version of `instance` that has this hash; {} if none has it, or has it any more."""
    for version in instance.revisions.order_by("-created_at", "-pk").iterator(chunk_size=20):
        if hash_of(english := text_of(version.as_object(), languages.DEFAULT)) == english_hash:
            return english
    return {}


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
