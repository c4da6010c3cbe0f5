"""Loads the pages: first every address, so that texts can link to each other, then the texts, through published revisions."""

from collections.abc import Iterable
from contextlib import suppress

from wagtail.models import Page, Site

from lacare_site import languages
from lacare_site.organisation import ORGANISATION
from pages import models
from pages.content import registry

from . import texts
from .blocks import BlockConverter
from .files import ContentError, ContentFile, ContentPage, PageGone, faults_of, read_pages
from .records import Records

TYPES = {
    "home": models.HomePage,
    "section": models.SectionIndexPage,
    "plan": models.PlanOverviewPage,
    "plan_detail": models.PlanDetailPage,
    "policy": models.PolicyPage,
    "programme": models.ProgrammePage,
    "resource_hub": models.ResourceHubPage,
    "fact_sheet": models.FactSheetPage,
    "news_index": models.NewsIndexPage,
    "news_article": models.NewsArticlePage,
    "notices": models.NoticeArchivePage,
    "meetings": models.MeetingListPage,
    "glossary": models.GlossaryPage,
    "documents": models.DocumentListPage,
    "contacts": models.TelephoneDirectoryPage,
    "folder": models.FolderPage,
    "standard": models.StandardPage,
}
# Front matter by the field that it fills, where the page type has that field.
FACTS = {
    "updated": "updated_on",
    "material_id": "material_id",
    "plan": "plan",
    "order": "order",
    "policy_date": "policy_date",
    "document_series": "document_series",
    "status": "status",
    "ended_on": "ended_on",
    "date": "date",
    "critical": "is_critical",
}
KNOWN_KEYS = {"type", "title", "contacts", "related", "plans", "approval", "successor", "next_review", *texts.FRONT_TEXTS, *FACTS}


def model_of(page: ContentPage):
    """The page type that the English file names."""
    try:
        return (TYPES | registry.page_types)[page.english.front["type"]]
    except KeyError as error:
        raise ContentError(f"{error} is missing, or no such page type.") from error


class PageLoader:
    """Loads all pages; `report` is called with each address whose texts were published."""

    def __init__(self, records: Records, report=lambda path: None):
        self.records = records
        self.report = report
        self.ids: dict[str, int] = {}

    def add_addresses(self) -> None:
        self.pages = read_pages()
        for page in self.pages:
            if found := self._find_or_add(page):
                self.ids[page.path] = found.pk

    def publish_texts(self) -> None:
        for page in self.pages:
            if page.path not in self.ids:
                continue
            # Read anew: adding pages below it has changed treebeard's count of its children.
            self._fill(page, Page.objects.get(pk=self.ids[page.path]).specific)

    def page_id(self, path: str) -> int:
        """The id of the page at an address, whether a file or an editor has made it; PageGone where there once was one."""
        if path not in self.ids:
            site = Site.objects.select_related("root_page").get(is_default_site=True)
            found = Page.objects.filter(url_path=f"{site.root_page.url_path}{path.strip('/')}/").first()
            if found is None and f"page {path}" in self.records.known:
                raise PageGone(path)
            if found is None:
                raise ContentError(f"There is no page at {path}.")
            self.ids[path] = found.pk
        return self.ids[path]

    def page_ids(self, paths: Iterable[str]) -> list[int]:
        """The ids of the pages at these addresses, without those that are gone."""
        found = []
        for path in paths:
            with suppress(PageGone):
                found.append(self.page_id(path))
        return found

    def _find_or_add(self, page: ContentPage):
        with faults_of(page.english.source):
            model, title = model_of(page), page.english.front.get("title")
            if not title:
                raise ContentError("'title' is missing.")
            return self._home(model, title) if page.path == "/" else self._below_parent(page, model, title)

    def _home(self, model, title: str):
        existing = model.objects.first()
        if existing:
            return existing
        site = Site.objects.filter(is_default_site=True).first()
        if site:
            # Wagtail's own welcome page, which its first migration makes.
            site.root_page.delete()
        root = Page.get_first_root_node()
        home = root.add_child(instance=model(title=title, slug="home", heading_en=title, live=False))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": ORGANISATION.name}
        )
        return home

    def _below_parent(self, page: ContentPage, model, title: str):
        parent_path, _, slug = page.path.rpartition("/")
        is_known = f"page {page.path}" in self.records.known
        if is_known and (parent_path or "/") not in self.ids:
            return None
        try:
            parent = Page.objects.get(pk=self.page_id(parent_path or "/"))
        except PageGone:
            return None
        existing = parent.get_children().filter(slug=slug).first()
        if existing or is_known:
            # What was loaded once and is gone, an editor has deleted or moved.
            return existing
        front = page.english.front
        required = {"plan": front["plan"], "summary_en": front["summary"]} if model is models.PlanOverviewPage else {}
        return parent.add_child(instance=model(title=title, slug=slug, heading_en=title, live=False, **required))

    def _fill(self, page: ContentPage, instance) -> None:
        name = f"page {page.path}"
        source = {code: [file.front, file.blocks] for code, file in page.files.items()}
        is_loaded = instance.latest_revision_id or name in self.records.known
        if is_loaded and not self.records.may_load(name, source, instance):
            return
        found = {}
        for code, file in page.files.items():
            with faults_of(file.source):
                found[code] = self._texts(file, type(instance))
                texts.require_fidelity(found[languages.DEFAULT], found[code], code)
                self._set_texts(instance, code, found[code])
        with faults_of(page.english.source):
            self._facts(instance, page.english.front)
            instance.full_clean()
        if isinstance(instance, models.FolderPage):
            instance.save()
        else:
            instance.save_revision().publish()
        self.records.loaded_from(name, source, instance)
        self.report(page.path)

    def _texts(self, file: ContentFile, model) -> dict[str, object]:
        unknown = set(file.front) - KNOWN_KEYS
        if unknown:
            raise ContentError(f"unknown front matter {', '.join(sorted(unknown))}.")
        return texts.of_page(file, model, self.page_id)

    def _set_texts(self, instance, code: str, found: dict[str, object]) -> None:
        suffix = languages.get(code).field_suffix
        for name, text in found.items():
            if name == "body":
                stream_block = instance._meta.get_field(f"body_{suffix}").stream_block
                text = stream_block.to_python(text)
                stream_block.clean(text)
            setattr(instance, f"{name}_{suffix}", text)

    def _facts(self, instance, front: dict) -> None:
        fields = {field.name for field in instance._meta.get_fields()}
        for key, field in FACTS.items():
            if key in front:
                if field not in fields:
                    raise ContentError(f"this page type has no {key}.")
                setattr(instance, field, front[key])
        # What the file does not give, the page's own rule gives again, from the day of this text.
        instance.next_review_on = front.get("next_review")
        instance.contact_keys = front.get("contacts", [])
        instance.plans = front.get("plans", [])
        related = [("page", path) for path in front.get("related", [])]
        stream_block = instance._meta.get_field("related").stream_block
        instance.related = BlockConverter(instance.slug, self.page_id).stream(stream_block, related)
        if "approval" in front:
            instance.approval_stamp, instance.approved_on = front["approval"]["stamp"], front["approval"]["date"]
        if "successor" in front:
            instance.successor_id = next(iter(self.page_ids([front["successor"]])), None)
