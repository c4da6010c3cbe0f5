"""Which English each part of a translation translates: a part that is corrected leaves the others as out of date as they are."""

from .models import Translation
from .texts import field_of, hash_of, parts_of


def source_of(text: dict, english: dict) -> dict[str, object]:
    """By place the English of which a text is a translation if it is one of that English as a whole: that of the fields that it has."""
    return parts_of({name: english[name] for name in text if name in english})


def outdated(entry: Translation, text: dict, english: dict) -> dict[str, tuple]:
    """By place (the English of which a published text is a translation, `english`) where they differ; None for a part that is not there."""
    before = {place: part for place, part in entry.source_text.items() if field_of(place) in text}
    now = source_of(text, english)
    return {place: (before.get(place), now.get(place)) for place in before | now if before.get(place) != now.get(place)}


def part_hashes(text: dict) -> dict[str, str]:
    return {place: hash_of({place: part})[:16] for place, part in parts_of(text).items()}


def new_places(entry: Translation, text: dict, english: dict) -> set[str]:
    """The places at which a text differs from the one in `entry`; all of a field that had no text. None of a text from before its parts
    were kept: it stays as out of date as it was, until somebody confirms or signs it."""
    before, now = entry.part_hashes, part_hashes(text)
    if entry.text_hash and not before:
        return set()
    fields = {field_of(place) for place in before}
    places = before.keys() | now.keys() | source_of(text, english).keys() | entry.source_text.keys()
    return {place for place in places if field_of(place) not in fields or before.get(place) != now.get(place)}


def source_text(entry: Translation, text: dict, english: dict, new: set[str], beside: dict) -> dict:
    """The English that a text translates: of what is not new the same as before, of the rest that beside which it was written."""
    found = {place: part for place, part in entry.source_text.items() if place not in new}
    found |= {place: part for place, part in source_of(text, english).items() if place in new}
    found |= {place: part for place, part in beside.items() if place in new}
    return {place: part for place, part in found.items() if part is not None and field_of(place) in text}
