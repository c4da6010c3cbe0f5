"""Loads what is not a page: telephone lines, standing texts, documents, menus, notices, old addresses."""

import hashlib
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
from .files import CONTENT_DIR, faults_of, read_data, read_words
from .pages import PageLoader
from .records import Records
from .rich_text import to_rich_text


class DataLoader:
    """Loads each kind: what the pages' texts name before those, the rest after them. All need the addresses of pages."""

    def __init__(self, records: Records, pages: PageLoader):
        self.records = records
        self.pages = pages
        self.places: dict[str, int] = {}
        self.words = read_words()

    def _translations(self, kind: str, key: str, row: dict) -> dict[str, dict]:
        """What the files of the other languages say of one line, text or notice, by the ending of the language's columns."""
        found, english = {}, texts.of_row(row, self.pages.page_id)
        for code, words in self.words.items():
            if own := words.get(kind, {}).get(key):
                with faults_of(f"{code}.yaml, {kind}, {key}"):
                    texts.require_fidelity(english, texts.of_row(own, self.pages.page_id), code)
                found[languages.get(code).field_suffix] = own
        return found

    def _labels(self, english: str) -> dict[str, str]:
        """A menu's label in the other languages, by the ending of the language's columns."""
        found = {}
        for code, words in self.words.items():
            if label := words.get("menus", {}).get(english):
                with faults_of(f"{code}.yaml, menus, {english}"):
                    texts.require_fidelity({"label": english}, {"label": label}, code)
                found[languages.get(code).field_suffix] = label
        return found

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
            with faults_of(f"{name}.yaml, {row}"):
                load(row)

    def _write(self, name: str, source, instance, fields: dict) -> None:
        write(self.records, name, source, instance, fields)

    def _load_contact(self, row: dict) -> None:
        place = self._place("contacts")
        instance = models.ContactLine.objects.filter(key=row["key"]).first() or models.ContactLine(key=row["key"])
        own = {"label_en": row["label"], "hours_en": row.get("hours") or "", "order": place * 10}
        own["keywords"] = "\n".join(row.get("keywords") or [])
        translations = self._translations("contacts", row["key"], row)
        for suffix, words in translations.items():
            own |= {f"{name}_{suffix}": words.get(name, "") for name in ("label", "hours")}
        same = ("number", "vanity", "dial", "extension", "tty", "topic", "plan")
        fields = own | {name: row.get(name) or "" for name in same}
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
        fields = {
            "title_en": row["title"],
            "text_en": to_rich_text(row["text"], self.pages.page_id),
            "source": row.get("source", ""),
        }
        translations = self._translations("standing_texts", row["key"], row)
        for suffix, words in translations.items():
            fields |= {f"title_{suffix}": words["title"], f"text_{suffix}": to_rich_text(words["text"], self.pages.page_id)}
        self._write(f"standing text {row['key']}", [row, translations], instance, fields)

    def _load_menu_section(self, row: dict) -> None:
        place = self._place(row["placement"])
        known = {"placement": row["placement"], "order": place}
        instance = models.MenuSection.objects.filter(**known).first() or models.MenuSection(**known)
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
            "page_id": self.pages.page_id(target) if target else None,
            "content": converter.stream(stream_block, content),
        }
        fields |= {f"label_{suffix}": label for suffix, label in self._labels(row["label"]).items()}
        for menu_row in rows_of(fields["content"]):
            for suffix, label in self._labels(menu_row.english).items():
                fields.setdefault(f"row_labels_{suffix}", {})[menu_row.key] = label
        self._write(f"menu {row['placement']} {place}", [row, fields], instance, fields)

    def _load_notice(self, row: dict) -> None:
        name = row.get("name") or slugify(row["heading"])[:50].strip("-")
        instance = models.Notice.objects.filter(name=name).first() or models.Notice(name=name)
        scope = row["scope"] if isinstance(row["scope"], dict) else {}
        fields = {
            "severity": row["severity"],
            "heading_en": row["heading"],
            "text_en": to_rich_text(row["text"], self.pages.page_id),
            "contact_keys": row.get("contacts", []),
            "links_en": self._notice_links(name, row, {}),
            "plans": scope.get("plans", []),
            "sections": [self.pages.page_id(path) for path in scope.get("sections", [])],
            "starts_at": _moment(row["starts_at"]),
            "ends_at": _moment(row.get("ends_at")),
            "review_on": row.get("review_on"),
            "closable": row.get("closable", True),
        }
        translations = self._translations("notices", name, row)
        for suffix, words in translations.items():
            fields |= {
                f"heading_{suffix}": words["heading"],
                f"text_{suffix}": to_rich_text(words["text"], self.pages.page_id),
                f"links_{suffix}": self._notice_links(name, row, words.get("links") or {}),
            }
        self._write(f"notice {name}", [row, translations], instance, fields)

    def _notice_links(self, name: str, row: dict, titles: dict[str, str]) -> list[dict]:
        """The links under a notice; `titles` are their translations, by the English title."""
        stream_block = models.Notice._meta.get_field("links").stream_block
        links = [("link", {**link, "title": titles.get(link["title"], link["title"])}) for link in row.get("links", [])]
        return BlockConverter(f"notice {name}", self.pages.page_id).stream(stream_block, links)

    def _load_redirect(self, row: dict) -> None:
        path = Redirect.normalise_path(row["from"])
        instance = Redirect.objects.filter(old_path=path).first() or Redirect(old_path=path)
        if "document" in row:
            document = row["document"]
            fields = {"redirect_link": reverse("current_document", args=[document["series"], document["language"]])}
        else:
            fields = {"redirect_page_id": self.pages.page_id(row["to"])}
        self._write(f"redirect {path}", row, instance, fields)


def write(records: Records, name: str, source, instance, fields: dict) -> None:
    """Sets the fields of an object that is ours or new, and publishes it where it can be published."""
    if not records.may_load(name, source, instance):
        return
    for field, value in fields.items():
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
