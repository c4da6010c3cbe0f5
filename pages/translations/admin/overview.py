"""All pages and snippets with the states of their translations, a kind on a sheet."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lacare_site import languages
from pages.search.questions import clean
from pages.translations import catalogues, ledger, permissions
from pages.translations.models import CatalogueReview, Translation

from . import kinds

TRANSLATIONS = [language for language in languages.LANGUAGES if language.code != languages.DEFAULT]
ROWS_ON_A_SHEET = 50
# These stand among the states, since they are what a reviewer and a translator look for.
REVIEW_ASKED = "asked"
IN_PART = "part"
BESIDES = {REVIEW_ASKED: Q(review_asked_at__isnull=False), IN_PART: Q(is_partial=True)}


def may_open(user) -> bool:
    return user_has_any_page_permission(user) or permissions.works_on_translations(user)


def languages_to_write(user) -> frozenset[str]:
    """The codes of the languages in which a user may write at least some page; of each page it is asked again."""
    if user_has_any_page_permission(user):
        return permissions.TRANSLATIONS
    return permissions.languages_of(user, permissions.Role.TRANSLATOR)


def own_languages(user) -> list[languages.Language]:
    """All for whoever works on pages; for translators and reviewers those that they are assigned to."""
    if user_has_any_page_permission(user):
        return TRANSLATIONS
    own = permissions.languages_of(user, permissions.Role.TRANSLATOR) | permissions.languages_of(user, permissions.Role.REVIEWER)
    return [language for language in TRANSLATIONS if language.code in own]


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
        sheet = Paginator(self.filtered_texts(columns), ROWS_ON_A_SHEET).get_page(asked.get("p"))
        signed = catalogues.reviews(language.code for language in columns)
        query = asked.copy()
        query.pop("p", None)
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "kinds": kinds.KINDS.values(),
            "columns": columns,
            "rows": self._rows(list(sheet), columns),
            "sheet": sheet,
            "query": query.urlencode(),
            "asked": {name: asked.get(name, "") for name in ("language", "state", "section", "critical", "name")},
            "sections": self.sections,
            "states": [*Translation.State.choices, (IN_PART, "Translated in part"), (REVIEW_ASKED, "Review asked for")],
            "choices": own_languages(self.request.user),
            "catalogues": [self._catalogue(language, signed.get(language.code)) for language in columns],
            "exported": columns[0] if len(columns) == 1 else None,
            "may_import": bool(languages_to_write(self.request.user)),
        }

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def kind(self) -> kinds.Kind:
        return kinds.KINDS.get(self.request.GET.get("kind", ""), kinds.KINDS["pages"])

    @cached_property
    def sections(self) -> list[dict]:
        """The parts of the site, by which pages are filtered: what has pages below it."""
        if not self.kind.is_page:
            return []
        return list(self.kind.public().filter(depth=3, numchild__gt=0).order_by("path").values("path", "heading_en"))

    def filtered_texts(self, columns: list[languages.Language]):
        """The texts that the filters in the address leave, by what they say of these languages; critical pages first."""
        asked, texts = self.request.GET, self.kind.public()
        is_critical_alone = bool(asked.get("critical"))
        if self.kind.is_page:
            section = next((row["path"] for row in self.sections if row["path"] == asked.get("section")), "")
            texts = texts.filter(path__startswith=section).order_by("-is_critical", "path")
            texts = texts.filter(is_critical=True) if is_critical_alone else texts
            name = clean(asked.get("name", ""))
            texts = texts.filter(Q(heading_en__icontains=name) | Q(title__icontains=name)) if name else texts
        elif is_critical_alone and not self.kind.all_critical:
            texts = texts.none()
        return self._with_state(texts, columns, asked.get("state", ""))

    def _languages(self, code: str) -> list[languages.Language]:
        own = own_languages(self.request.user)
        return [language for language in own if language.code == code] or own

    @staticmethod
    def _catalogue(language: languages.Language, review: CatalogueReview | None) -> dict:
        """The state of the words of forms and menus, and where they are read and signed."""
        state = "machine draft" if review is None else "reviewed" if review.is_reviewed else "changed since the review"
        return {"language": language, "state": state, "url": reverse("translation_catalogue", args=[language.code])}

    def _entries(self, columns: list[languages.Language]):
        return Translation.objects.filter(
            content_type=ledger.kind_of(self.kind.model), language__in=[language.code for language in columns]
        )

    def _with_state(self, texts, columns: list[languages.Language], state: str):
        """The texts of which one of these languages is in that state; a text without an entry is missing."""
        if state not in (*Translation.State.values, *BESIDES):
            return texts
        entries = self._entries(columns).filter(object_id=OuterRef("pk"))
        wanted = ~Q(state=state) if state == Translation.State.MISSING else BESIDES.get(state, Q(state=state))
        count = entries.filter(wanted).order_by().values("object_id").annotate(number=Count("pk")).values("number")
        texts = texts.annotate(in_state=Coalesce(Subquery(count), 0))
        return texts.filter(in_state__lt=len(columns)) if state == Translation.State.MISSING else texts.filter(in_state__gt=0)

    def _rows(self, texts: list, columns: list[languages.Language]) -> list[dict]:
        found = self._entries(columns).filter(object_id__in=[text.pk for text in texts])
        entries = {
            (entry.object_id, entry.language): entry
            for entry in found.only("object_id", "language", "state", "is_partial", "review_asked_at")
        }
        rows = []
        for text in texts:
            cells = [self._cell(text, language, entries.get((text.pk, language.code))) for language in columns]
            is_critical = self.kind.all_critical or getattr(text, "is_critical", False)
            name = text.heading_en if self.kind.is_page else str(text)
            rows.append({"name": name, "url": self.kind.edit_url(text.pk), "is_critical": is_critical, "cells": cells})
        return rows

    def _cell(self, text, language: languages.Language, entry: Translation | None) -> dict:
        state = Translation.State(entry.state) if entry else Translation.State.MISSING
        is_stale = state == Translation.State.STALE
        return {
            "language": language,
            "state": state,
            "is_partial": bool(entry and entry.is_partial),
            "review_asked_at": entry and entry.review_asked_at,
            "url": self.kind.edit_url(text.pk, language.code),
            "changes_url": reverse("translation_changes", args=kinds.place_of(text, language.code)) if is_stale else "",
        }
