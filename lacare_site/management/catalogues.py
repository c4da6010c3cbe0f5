"""Which texts of code and templates are translatable, and whether the message catalogues have them all. Needs no GNU gettext.

A catalogue may also hold translations of Django's own messages that Django lacks (form errors in Khmer and Tagalog): an entry with the
translator's comment "Django" is kept although no text of ours asks for it.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.plurals import get_plural
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

FOLDERS = ("lacare_site", "pages", "providers", "members", "compliance", "templates")
DJANGOS_OWN = "Django"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_noop": None,
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def texts(root: Path) -> dict[tuple, polib.POEntry]:
    """Every translatable text of the repository, as an entry without translation; the key is what makes it one text."""
    found: dict[tuple, polib.POEntry] = {}
    paths = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*") if path.suffix in (".py", ".html", ".txt"))
    for path in paths:
        if "migrations" in path.parts or (path.suffix == ".txt" and "templates" not in path.parts):
            continue
        for text, context, comments in _texts_of(path):
            singular, plural = text if isinstance(text, tuple) else (text, "")
            entry = polib.POEntry(msgid=singular, msgid_plural=plural, msgctxt=context, comment="\n".join(comments))
            if plural:
                entry.msgstr_plural = {0: "", 1: ""}
            if PLACEHOLDER.search(singular + plural):
                entry.flags.append("python-format")
            entry = found.setdefault(key(entry), entry)
            # Without line numbers, which would change with every edit.
            place = (path.relative_to(root).as_posix(), "")
            if place not in entry.occurrences:
                entry.occurrences.append(place)
    return found


def key(entry: polib.POEntry) -> tuple:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _texts_of(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None, list[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django turns a template into something like Python; the indentation that is left over means nothing.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    file = io.BytesIO(source.encode())
    for _, text, comments, context in extract("python", file, KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True):
        yield text, context, comments


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def differences(language: str, wanted: dict[tuple, polib.POEntry]) -> tuple[list[str], list[str]]:
    """The texts that a language's catalogue lacks, and those that nobody asks for any more."""
    path = catalogue_path(language)
    catalogue = polib.pofile(str(path)) if path.exists() else []
    present = {key(entry): entry for entry in catalogue if not entry.obsolete}
    lacking = [entry.msgid for name, entry in wanted.items() if name not in present]
    left_over = [entry.msgid for name, entry in present.items() if name not in wanted and not is_djangos(entry)]
    return lacking, left_over


def is_djangos(entry: polib.POEntry) -> bool:
    return entry.tcomment.startswith(DJANGOS_OWN)


def update(language: str, wanted: dict[tuple, polib.POEntry]) -> None:
    """Brings a language's catalogue up to date: new texts are added untranslated, texts that are gone are dropped."""
    path = catalogue_path(language)
    old = polib.pofile(str(path)) if path.exists() else []
    translated = {key(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=100)
    if path.exists():
        new.header = old.header  # says where the translations come from
    plural = get_plural(to_locale(language))
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={plural.num_plurals}; plural={plural.plural_expr};",
    }
    for name, entry in sorted(wanted.items(), key=lambda item: (item[1].occurrences[0], item[0][1])):
        fresh = polib.POEntry(
            msgid=entry.msgid,
            msgid_plural=entry.msgid_plural,
            msgctxt=entry.msgctxt,
            comment=entry.comment,
            occurrences=entry.occurrences,
            flags=list(entry.flags),
        )
        if entry.msgid_plural:
            fresh.msgstr_plural = dict.fromkeys(range(plural.num_plurals), "")
        if name in translated:
            fresh.msgstr = translated[name].msgstr
            fresh.msgstr_plural = translated[name].msgstr_plural or fresh.msgstr_plural
            fresh.tcomment = translated[name].tcomment
        new.append(fresh)
    new.extend(entry for name, entry in translated.items() if name not in wanted and is_djangos(entry))
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
