"""Loads what is not a page: telephone lines, standing texts, documents, menus, notices, old addresses."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime

from django.core.files.base import ContentFile as UploadedContent
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect

from lacare_site import languages
from pages import models
from pages.navigation.row_labels import rows_of

from . import texts
from .blocks import BlockConverter
from .files import CONTENT_DIR, PageGone, faults_of, read_data, read_words
from .pages import PageLoader
from .records import Records
from .rich_text import to_rich_text

NAMES = ("placement", "key", "label", "heading", "from", "file")  # what tells a row from the others of its file


class DataLoader:
    """Loads each kind: what the pages' texts name before those, the rest after them. All need the addresses of pages."""

    def __init__(self, records: Records, pages: PageLoader):
        self.records = records
        self.pages = pages
        self.places: dict[str, int] = {}
        self.words = read_words()

    def _translations(self, kind: str, key: str) -> dict[str, dict]:
        """What the files of the other languages say of one line, text or notice, by the ending of the language's columns."""
        found = {languages.get(code).field_suffix: words.get(kind, {}).get(key) for code, words in self.words.items()}
        return {suffix: own for suffix, own in found.items() if own}

    def _checked(self, kind: str, key: str, row: dict, translations: dict[str, dict]) -> Iterator[tuple[str, dict]]:
        """The translations, each compared with the English before it is taken."""
        english = texts.of_row(row, self.pages.page_id)
        for language in languages.LANGUAGES:
            if own := translations.get(language.field_suffix):
                with faults_of(f"{language.code}.yaml, {kind}, {key}"):
                    texts.require_fidelity(english, texts.of_row(own, self.pages.page_id), language.code)
                yield language.field_suffix, own

    def _labels(self, row: dict) -> dict[str, dict[str, str]]:
        """All labels of a menu's section in the other languages, by the code of the language and by the English label."""
        english = set(_strings(row))
        known = {code: words.get("menus", {}) for code, words in self.words.items()}
        return {code: {label: own[label] for label in english & own.keys() if own[label]} for code, own in known.items()}

    def _place(self, among: str) -> int:
        """Counts the rows of a kind: 1 for the first."""
        self.places[among] = self.places.get(among, 0) + 1
        return self.places[among]

    def load_what_texts_name(self) -> None:
        self._load_each("contacts", self._load_contact)
        self._load_each("documents", self._load_document)
        self._load_each("standing_texts", self._load_standing_text)

    def load_what_names_pages(self) -> None:
        self._load_each("menus", self._load_menu_section)
        self._load_each("notices", self._load_notice)
        self._load_each("redirects", self._load_redirect)

    def _load_each(self, name: str, load) -> None:
        for row in read_data(name):
            named = (str(row[part]) for part in NAMES if part in row)
            with faults_of(", ".join([f"{name}.yaml", *named])):
                load(row)

    def _write(self, name: str, source, instance, fields: Callable[[], dict]) -> None:
        write(self.records, name, source, instance, fields)

    def _load_contact(self, row: dict) -> None:
        place = self._place("contacts")
        instance = models.ContactLine.objects.filter(key=row["key"]).first() or models.ContactLine(key=row["key"])
        translations = self._translations("contacts", row["key"])

        def fields() -> dict:
            own = {"label_en": row["label"], "hours_en": row.get("hours") or "", "order": place * 10}
            own["keywords"] = "\n".join(row.get("keywords") or [])
            for suffix, words in self._checked("contacts", row["key"], row, translations):
                own |= {f"{name}_{suffix}": words.get(name, "") for name in ("label", "hours")}
            same = ("number", "vanity", "dial", "extension", "tty", "topic", "plan")
            return own | {name: row.get(name) or "" for name in same}

        self._write(f"contact {row['key']}", [row, place, translations], instance, fields)

    def _load_document(self, row: dict) -> None:
        path = CONTENT_DIR / "documents" / row["file"].removeprefix("documents/")
        known = {name: row[name] for name in ("series", "language", "form_number", "edition")}
        instance = models.PlanDocument.objects.filter(**known).first() or models.PlanDocument(**known)
        name = f"document {row['series']} {row['language']} {row['edition']}"
        content = path.read_bytes()
        source = [row, hashlib.sha256(content).hexdigest()]
        if self.records.may_load(name, source, instance):
            instance.title = f"{row['title']} ({languages.get(row['language']).name})"
            instance.title_in_language = row["title_own"]
            instance.is_stand_in = row.get("stand_in", False)
            instance.file.save(path.name, UploadedContent(content), save=False)
            instance._set_document_file_metadata()  # size and hash; Wagtail has no public way to set them anew
            instance.save()
            self.records.loaded_from(name, source, instance)

    def _load_standing_text(self, row: dict) -> None:
        instance = models.StandingText.objects.filter(key=row["key"]).first() or models.StandingText(key=row["key"])
        translations = self._translations("standing_texts", row["key"])

        def fields() -> dict:
            page_id = self.pages.page_id
            found = {"title_en": row["title"], "text_en": to_rich_text(row["text"], page_id), "source": row.get("source", "")}
            for suffix, words in self._checked("standing_texts", row["key"], row, translations):
                found |= {f"title_{suffix}": words["title"], f"text_{suffix}": to_rich_text(words["text"], page_id)}
            return found

        self._write(f"standing text {row['key']}", [row, translations], instance, fields)

    def _load_menu_section(self, row: dict) -> None:
        place = self._place(row["placement"])
        known = {"placement": row["placement"], "order": place}
        instance = models.MenuSection.objects.filter(**known).first() or models.MenuSection(**known)
        labels = self._labels(row)
        self._write(f"menu {known['placement']} {place}", [row, labels], instance, lambda: self._menu_fields(row, place, labels))

    def _menu_fields(self, row: dict, place: int, labels: dict[str, dict[str, str]]) -> dict:
        target = (row.get("target") or {}).get("page")
        content = []
        for group in row.get("groups", []):
            label = group["label"]
            if group.get("links"):
                content.append(("group", {"label": label, "links": group["links"]}))
            if promo := group.get("promo"):
                content.append(("promo", {"heading": label, **promo}))
        content += [("link", link) for link in row.get("links", [])]
        converter = BlockConverter(f"{row['placement']} {place}", self.pages.page_id)
        stream_block = models.MenuSection._meta.get_field("content").stream_block
        fields = {
            "label_en": row["label"],
            "page_id": next(iter(self.pages.page_ids([target] if target else [])), None),
            "content": converter.stream(stream_block, content),
        }
        if (target or content) and not (fields["page_id"] or fields["content"]):
            raise PageGone
        for code, own in labels.items():
            for label, translation in own.items():
                with faults_of(f"{code}.yaml, menus, {label}"):
                    texts.require_fidelity({"label": label}, {"label": translation}, code)
            suffix = languages.get(code).field_suffix
            fields[f"label_{suffix}"] = own.get(row["label"], "")
            rows = rows_of(fields["content"])
            fields[f"row_labels_{suffix}"] = {one.key: own[one.english] for one in rows if one.english in own}
        return fields

    def _load_notice(self, row: dict) -> None:
        name = row.get("name") or slugify(row["heading"])[:50].strip("-")
        instance = models.Notice.objects.filter(name=name).first() or models.Notice(name=name)
        translations = self._translations("notices", name)
        self._write(f"notice {name}", [row, translations], instance, lambda: self._notice_fields(name, row, translations))

    def _notice_fields(self, name: str, row: dict, translations: dict[str, dict]) -> dict:
        scope = row["scope"] if isinstance(row["scope"], dict) else {}
        fields = {
            "severity": row["severity"],
            "heading_en": row["heading"],
            "text_en": to_rich_text(row["text"], self.pages.page_id),
            "contact_keys": row.get("contacts", []),
            "links_en": self._notice_links(name, row, {}),
            "plans": scope.get("plans", []),
            "in_languages": row.get("languages", []),
            "sections": self.pages.page_ids(scope.get("sections", [])),
            "starts_at": _moment(row["starts_at"]),
            "ends_at": _moment(row.get("ends_at")),
            "review_on": row.get("review_on"),
            "closable": row.get("closable", True),
        }
        if scope and not (fields["sections"] or fields["plans"]):
            raise PageGone  # with no place named it would stand on all pages
        for suffix, words in self._checked("notices", name, row, translations):
            fields |= {
                f"heading_{suffix}": words["heading"],
                f"text_{suffix}": to_rich_text(words["text"], self.pages.page_id),
                f"links_{suffix}": self._notice_links(name, row, words.get("links") or {}),
            }
        return fields

    def _notice_links(self, name: str, row: dict, titles: dict[str, str]) -> list[dict]:
        """The links under a notice; `titles` are their translations, by the English title."""
        stream_block = models.Notice._meta.get_field("links").stream_block
        links = [("link", {**link, "title": titles.get(link["title"], link["title"])}) for link in row.get("links", [])]
        return BlockConverter(f"notice {name}", self.pages.page_id).stream(stream_block, links)

    def _load_redirect(self, row: dict) -> None:
        path = Redirect.normalise_path(row["from"])
        instance = Redirect.objects.filter(old_path=path).first() or Redirect(old_path=path)
        self._write(f"redirect {path}", row, instance, lambda: self._target(row))

    def _target(self, row: dict) -> dict:
        if document := row.get("document"):
            return {"redirect_link": reverse("current_document", args=[document["series"], document["language"]])}
        return {"redirect_page_id": self.pages.page_id(row["to"])}


def write(records: Records, name: str, source, instance, fields: Callable[[], dict]) -> None:
    """Sets the fields of an object that is ours or new, and publishes it where it can be published.

    `fields` is asked only then. What it says may lead only to pages that are gone (PageGone): then nothing is written.
    """
    if not records.may_load(name, source, instance):
        return
    try:
        found = fields()
    except PageGone:
        records.kept += 1
        return
    for field, value in found.items():
        setattr(instance, field, value)
    if not isinstance(instance, Redirect):  # Wagtail checks for a whole URL there; ours are addresses of this site
        instance.full_clean()
    if hasattr(instance, "save_revision"):
        if instance.pk is None:
            instance.live = False
        instance.save()
        instance.save_revision().publish()
    else:
        instance.save()
    records.loaded_from(name, source, instance)


def _moment(value: str | None) -> datetime | None:
    """A date and time of the plan's own time zone, as the files write it: 2026-11-01T00:00."""
    return timezone.make_aware(datetime.fromisoformat(str(value))) if value else None


def _strings(value) -> Iterator[str]:
    """All texts in a row of a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
