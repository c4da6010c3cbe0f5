"""Taking what a translator has written into the drafts of pages: all of a file, or nothing of it."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils.text import Truncator, capfirst
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Page

from lacare_site import languages
from pages.models import SitePage
from pages.translations import ledger
from pages.translations.fidelity import differences
from pages.translations.locks import lock
from pages.translations.texts import hash_of, text_of

from .read import Document, ReadFile, ReadUnit
from .rich_text import Code, Parts
from .selectors import FILE_ID, english_of, field_hashes
from .units import Segment, segments_of, targets_of, translation_of

# Control characters, and those that turn the direction of the text around them: pages set the direction of each text by themselves.
# Marks of direction (U+200E, U+200F, U+061C) stay: a translator into Farsi sets them beside a Latin word, in the admin as in the file.
# A line's end may be a line feed with a carriage return before it, which browsers send.
UNSEEN = re.compile("\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Refusal:
    """Why a file is not taken: in which page and field, at which English words ("" where it is about more than those)."""

    page: str
    field: str
    words: str
    reason: str


class Refused(Exception):
    def __init__(self, refusals: list[Refusal]):
        self.refusals = refusals
        super().__init__(f"{len(refusals)} reasons")


@dataclass
class Taken:
    """What a file has brought to one page: names of fields for people."""

    page: SitePage
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)  # the file has no translation of them; the page's own stays
    kept: list[str] = field(default_factory=list)  # changed here since the file was exported, and left so
    same_as_english: int = 0  # segments


class Newer(models.TextChoices):
    """What to do where a translation has been changed here since the file was exported, and the file says something else."""

    REFUSE = "refuse", "Import nothing, and tell me where"
    KEEP = "keep", "Keep what stands here; import the rest"
    REPLACE = "replace", "Put the file's text in its place"


@transaction.atomic
def take(document: Document, code: str, user, origin: str, newer: str = Newer.REFUSE) -> list[Taken]:
    """Writes a draft in language `code` of each page in the file, and gives them, changed ones first; publishes nothing.

    A wrong file raises Refused with all reasons, and nothing is written. `origin` is Translation.Origin: who has translated, as the user says.
    """
    _require_languages(document, code)
    found = [FILE_ID.fullmatch(file.id) for file in document.files]
    ids = [int(match["page"]) for match in found if match]
    lock(Page, ids)
    pages = {page.pk: page for page in SitePage.objects.filter(pk__in=ids).specific()}
    works, refusals = [], []
    for file, match in zip(document.files, found, strict=True):
        page = pages.pop(int(match["page"]), None) if match else None
        if page is None:
            named_twice = match and int(match["page"]) in [work.page.pk for work in works]
            reason = "The file holds this page twice." if named_twice else "No page of this site has this id."
            refusals.append(Refusal("", "", "", f"{reason} ({Truncator(file.id).chars(100)})"))
            continue
        work = _PageImport(page, file, match, code, user, newer)
        work.check()
        works.append(work)
        refusals += work.refusals
    if refusals:
        raise Refused(refusals)
    for work in works:
        work.save(origin)
    return sorted((work.taken for work in works), key=lambda taken: not taken.changed)


def _require_languages(document: Document, code: str) -> None:
    wanted = languages.get(code)
    if document.source_language.lower().partition("-")[0] != languages.DEFAULT:
        raise Refused([Refusal("", "", "", f"The file translates from {document.source_language!r}, not from English.")])
    if document.target_language.lower() != code:
        reason = f"The file translates into {document.target_language!r}. You have chosen {wanted.name} ({wanted.tag})."
        raise Refused([Refusal("", "", "", reason)])


class _PageImport:
    """One page's part of a file: first checked, then saved."""

    def __init__(self, page: SitePage, file: ReadFile, id: re.Match, code: str, user, newer: str):
        self.page, self.file, self.code, self.user, self.newer = page, file, code, user, newer
        self.english_hash, self.exported_hashes = id["english"], id["translation"].split("-")[1:]
        self.refusals: list[Refusal] = []
        self.taken = Taken(page)

    def check(self) -> None:
        if not self.page.permissions_for_user(self.user).can_edit_language(self.code):
            return self._refuse(f"You do not write {languages.get(self.code).name} texts of this page.")
        self.draft = self.page.get_latest_revision_as_object()
        lock = self.draft.get_lock()
        if lock and lock.for_user(self.user):
            return self._refuse("The page is locked: somebody is reviewing it, has locked it or has scheduled it.")
        self.english = english_of(self.page)
        self.segments = segments_of(self.english)
        self.by_id = {segment.id: (name, segment) for name, segments in self.segments.items() for segment in segments}
        if self.english_hash != hash_of(text_of(self.english, languages.DEFAULT)):
            return self._refuse_stale()
        own_hashes = field_hashes(self.draft, self.code, self.segments)
        if len(self.exported_hashes) != len(own_hashes):
            return self._refuse("The file does not say from which translation it was made. Export the page anew.")
        self.exported = dict(zip(own_hashes, self.exported_hashes, strict=True))
        present = text_of(self.draft, self.code)  # where nothing stands, nothing can be overwritten
        self.changed_here = {name for name in own_hashes if name in present and own_hashes[name] != self.exported[name]}
        targets = self._read_units()
        if self.refusals:
            return None
        for name, segments in self.segments.items():
            self._set_field(name, segments, targets[name])
        return self._compare_with_english()

    def save(self, origin: str) -> None:
        if self.taken.changed:
            seen = text_of(self.english, languages.DEFAULT)
            if seen != text_of(self.draft, languages.DEFAULT):
                self.draft.version_notes.seen_english[self.code] = seen
            self.draft.save_revision(user=self.user, log_action=True, clean=False)
            not_from_file = {*self.taken.untranslated, *self.taken.kept}
            is_whole = not any(self._label(name) in not_from_file for name in text_of(self.draft, self.code))
            ledger.note_draft(self.draft, self.code, origin, is_whole)

    def _refuse(self, reason: str, name: str = "", segment: Segment | None = None) -> None:
        words = Truncator(_words(segment.parts)).chars(80) if segment else ""
        self.refusals.append(Refusal(self.page.heading_en, self._label(name) if name else "", words, reason))

    def _label(self, name: str) -> str:
        return capfirst(self.page._meta.get_field(name).verbose_name)

    def _refuse_stale(self) -> None:
        """Says where the English is another than in the file, as far as its texts show it."""
        changed = [
            name
            for name, segments in self.segments.items()
            if {segment.id: segment.parts for segment in segments}
            != {unit.id: unit.source for unit in self.file.units if unit.id.partition(".")[0] == name}
        ]
        where = f" In: {', '.join(self._label(name) for name in changed)}." if changed else ""
        self._refuse(f"The English has changed since this file was exported.{where} Export the page anew.")

    def _read_units(self) -> dict[str, dict[str, Parts]]:
        """By field and segment the translations in the file."""
        targets, seen = defaultdict(dict), set()
        for unit in self.file.units:
            name, segment = self.by_id.get(unit.id, ("", None))
            if segment is None:
                self._refuse(f"The page has no text with the id {Truncator(unit.id).chars(100)!r}.")
            elif unit.id in seen:
                self._refuse("The file holds this text twice.", name, segment)
            elif unit.source != segment.parts:
                self._refuse("The English in the file has been altered: it is not that of the page.", name, segment)
            elif unit.target:
                for reason in _faults(segment, unit):
                    self._refuse(reason, name, segment)
                targets[name][unit.id] = unit.target
            seen.add(unit.id)
        return targets

    def _set_field(self, name: str, segments: list[Segment], targets: dict[str, Parts]) -> None:
        """A field is translated whole or not at all: a half-English text would be shown as a translation."""
        missing = [segment for segment in segments if segment.id not in targets]
        if len(missing) == len(segments):
            self.taken.untranslated.append(self._label(name))
        elif missing:
            reason = f"{len(missing)} of {len(segments)} segments have no translation; this is the first. Translate all of a field or none of it."
            self._refuse(reason, name, missing[0])
        elif targets == targets_of(self.english, self.draft, self.code, name, segments):
            self.taken.unchanged.append(self._label(name))
        elif name in self.changed_here and not self._replaces_newer(name, segments, targets):
            self.taken.kept.append(self._label(name))
        else:
            self._write_field(self.draft, name, segments, targets)
            self.taken.changed.append(self._label(name))
            self.taken.same_as_english += sum(targets[segment.id] == segment.parts for segment in segments)

    def _write_field(self, page: SitePage, name: str, segments: list[Segment], targets: dict[str, Parts]) -> None:
        setattr(page, build_localized_fieldname(name, self.code), translation_of(self.english, name, segments, targets))

    def _replaces_newer(self, name: str, segments: list[Segment], targets: dict[str, Parts]) -> bool:
        """Whether the file's text takes the place of one that was changed here since the export; never where the translator left it."""
        as_in_file = type(self.page)()
        self._write_field(as_in_file, name, segments, targets)
        if field_hashes(as_in_file, self.code, [name])[name] == self.exported[name]:
            return False
        if self.newer == Newer.REFUSE:
            changed = f"The {languages.get(self.code).name} text has been changed here since this file was exported"
            self._refuse(f"{changed}, and is another in the file. Nothing is overwritten unless you say so below.", name)
        return self.newer == Newer.REPLACE

    def _compare_with_english(self) -> None:
        labels = {self._label(name): name for name in self.segments}
        changed = {labels[label] for label in self.taken.changed}
        texts = {name: text for name, text in text_of(self.draft, self.code).items() if name in changed}
        for difference in differences(text_of(self.english, languages.DEFAULT), texts, self.code):
            place, _, reason = difference.partition(": ")
            name, _, part = place.partition(", ")
            self.refusals.append(Refusal(self.page.heading_en, self._label(name), part, capfirst(reason)))


def _faults(segment: Segment, unit: ReadUnit) -> list[str]:
    """What is wrong with a translation by itself: codes lost or added, or too many characters."""
    found = []
    if unseen := UNSEEN.search(_words(unit.target)):
        before = _words(unit.target)[: unseen.start()][-30:].strip()
        place = f"after “{before}”" if before else "at the beginning"
        found.append(f"A character that nobody sees (U+{ord(unseen[0]):04X}) stands {place}. Take it out.")
    if sorted(_codes(unit.target)) != sorted(_codes(segment.parts)):
        lost = [
            segment.codes[code][0]
            for kind, code in _codes(segment.parts)
            if (kind, code) not in _codes(unit.target) and kind != "close"
        ]
        detail = f" Lost: {' '.join(lost)}" if lost else ""
        found.append(f"The marks (bold, links, telephone numbers) are not those of the English, each once.{detail}")
    elif not _is_nested(unit.target):
        found.append("The marks (bold, links) overlap, or end before they begin.")
    length = len(_words(unit.target))
    if segment.max_length and length > segment.max_length:
        found.append(f"It has {length} characters; {segment.max_length} have room.")
    return found


def _words(parts: Parts) -> str:
    return "".join(part for part in parts if isinstance(part, str))


def _codes(parts: Parts) -> list[tuple[str, str]]:
    return [(part.kind, part.id) for part in parts if isinstance(part, Code)]


def _is_nested(parts: Parts) -> bool:
    open_codes = []
    for kind, code in _codes(parts):
        if kind == "open":
            open_codes.append(code)
        elif kind == "close" and (not open_codes or open_codes.pop() != code):
            return False
    return True
