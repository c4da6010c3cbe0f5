"""All pages with the states of their translations, and what has changed in the English of one."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lacare_site import languages
from pages.models import FolderPage, SitePage
from pages.translations import ledger, permissions
from pages.translations.models import Translation
from pages.translations.texts import text_of

from .differences import changed_fields

TRANSLATIONS = [language for language in languages.LANGUAGES if language.code != languages.DEFAULT]
PAGES_ON_A_SHEET = 50


def may_open(user) -> bool:
    return user_has_any_page_permission(user) or permissions.works_on_translations(user)


def languages_to_write(user) -> frozenset[str]:
    """The codes of the languages in which a user may write at least some page; of each page it is asked again."""
    if user_has_any_page_permission(user):
        return permissions.TRANSLATIONS
    return permissions.languages_of(user, permissions.Role.TRANSLATOR)


class TranslationsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "pages/admin/translations/overview.html"
    page_title = "Translations"
    header_icon = "globe"

    def dispatch(self, request, *args, **kwargs):
        if not may_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        columns = self._languages(asked.get("language", ""))
        pages = self.filtered_pages(columns)
        sheet = Paginator(pages.order_by("-is_critical", "path"), PAGES_ON_A_SHEET).get_page(asked.get("p"))
        query = asked.copy()
        query.pop("p", None)
        return super().get_context_data(**kwargs) | {
            "columns": columns,
            "rows": self._rows(list(sheet), columns),
            "sheet": sheet,
            "query": query.urlencode(),
            "asked": {
                "language": asked.get("language", ""),
                "state": asked.get("state", ""),
                "section": asked.get("section", ""),
                "critical": asked.get("critical"),
            },
            "sections": self.sections,
            "states": Translation.State.choices,
            "choices": self.own_languages(),
            "exported": columns[0] if len(columns) == 1 else None,
            "may_import": bool(languages_to_write(self.request.user)),
        }

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def filtered_pages(self, columns: list[languages.Language]):
        """The pages that the filters in the address leave, by what they say of these languages."""
        asked = self.request.GET
        section = next((row["path"] for row in self.sections if row["path"] == asked.get("section")), "")
        pages = self._pages().filter(path__startswith=section)
        if asked.get("critical"):
            pages = pages.filter(is_critical=True)
        return self._with_state(pages, columns, asked.get("state", ""))

    @cached_property
    def sections(self) -> list[dict]:
        return list(self._pages().filter(depth=3).order_by("path").values("path", "heading_en"))

    def _pages(self):
        return (
            SitePage.objects.live().not_type(FolderPage).only("title", "heading_en", "is_critical", "url_path", "path", "depth")
        )

    def own_languages(self) -> list[languages.Language]:
        """All for whoever works on pages; for translators and reviewers those that they are assigned to."""
        user = self.request.user
        if user_has_any_page_permission(user):
            return TRANSLATIONS
        own = permissions.languages_of(user, permissions.Role.TRANSLATOR) | permissions.languages_of(
            user, permissions.Role.REVIEWER
        )
        return [language for language in TRANSLATIONS if language.code in own]

    def _languages(self, code: str) -> list[languages.Language]:
        own = self.own_languages()
        return [language for language in own if language.code == code] or own

    def _with_state(self, pages, columns: list[languages.Language], state: str):
        """The pages of which one of these languages is in that state; a page without an entry is missing."""
        if state not in Translation.State.values:
            return pages
        entries = Translation.objects.filter(
            content_type=ledger.kind_of(SitePage), object_id=OuterRef("pk"), language__in=[language.code for language in columns]
        )
        wanted = ~Q(state=state) if state == Translation.State.MISSING else Q(state=state)
        count = entries.filter(wanted).order_by().values("object_id").annotate(number=Count("pk")).values("number")
        pages = pages.annotate(number=Coalesce(Subquery(count), 0))
        return pages.filter(number__lt=len(columns)) if state == Translation.State.MISSING else pages.filter(number__gt=0)

    def _rows(self, pages: list[SitePage], columns: list[languages.Language]) -> list[dict]:
        found = Translation.objects.filter(
            content_type=ledger.kind_of(SitePage),
            object_id__in=[page.pk for page in pages],
            language__in=[language.code for language in columns],
        ).only("object_id", "language", "state", "is_partial")
        entries = {(entry.object_id, entry.language): entry for entry in found}
        rows = []
        for page in pages:
            edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            cells = [self._cell(page, edit_url, language, entries.get((page.pk, language.code))) for language in columns]
            rows.append({"page": page, "url": edit_url, "cells": cells})
        return rows

    @staticmethod
    def _cell(page: SitePage, edit_url: str, language: languages.Language, entry: Translation | None) -> dict:
        state = Translation.State(entry.state) if entry else Translation.State.MISSING
        is_stale = state == Translation.State.STALE
        return {
            "language": language,
            "state": state,
            "is_partial": bool(entry and entry.is_partial),
            "url": f"{edit_url}?lang={language.code}",
            "changes_url": reverse("translation_changes", args=[page.pk, language.code]) if is_stale else "",
        }


class ChangesView(WagtailAdminTemplateMixin, TemplateView):
    """What has changed in the English of a page since its translation into one language."""

    template_name = "pages/admin/translations/changes.html"
    page_title = "Changes of the English"
    header_icon = "globe"

    def get_context_data(self, **kwargs):
        page = get_object_or_404(SitePage, pk=self.kwargs["page_id"]).specific
        code = self.kwargs["code"]
        if code not in languages.BY_CODE or code == languages.DEFAULT:
            raise Http404
        if not page.permissions_for_user(self.request.user).can_view_language(code):
            raise PermissionDenied
        entry = ledger.entries_of(page).get(code)
        if not entry or not entry.text_hash:
            raise Http404
        names = {field.name: capfirst(field.verbose_name) for field in page._meta.get_fields() if hasattr(field, "verbose_name")}
        changes = changed_fields(entry.source_text, text_of(page, languages.DEFAULT))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "language": languages.get(code),
            "entry": entry,
            "changes": [(names[name], text) for name, text in changes if name in names],
            "edit_url": f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}?lang={code}",
        }

    def get_breadcrumbs_items(self):
        own = [{"url": reverse("translations"), "label": "Translations"}, {"url": "", "label": self.get_header_title()}]
        return [*self.breadcrumbs_items, *own]

    def get_page_subtitle(self):
        return languages.get(self.kwargs["code"]).name
