"""Keeps the entries of the search in step with the published pages."""

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from lacare_site import languages
from pages.models import FolderPage, SitePage

from . import analysis, texts
from .models import SearchEntry


@transaction.atomic
def index_page(page_id: int) -> None:
    """Writes a page's entries anew; a page that is not (or no longer) published loses them. Safe to repeat."""
    # Locked, so that a page taken off the site meanwhile does not come back.
    page = Page.objects.select_for_update().filter(pk=page_id, live=True).first()
    page = page and page.specific
    if not isinstance(page, SitePage) or isinstance(page, FolderPage):
        remove_page(page_id)
        return
    entries = [entry for language in languages.LANGUAGES if (entry := _entry(page, language.code))]
    SearchEntry.objects.filter(page=page).exclude(language__in=[entry.language for entry in entries]).delete()
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["page", "language"],
        update_fields=["title", "body", "title_terms", "body_terms"],
    )
    get_search_backend().add_bulk(SearchEntry, list(SearchEntry.objects.filter(page=page)))


def remove_page(page_id: int) -> None:
    SearchEntry.objects.filter(page_id=page_id).delete()


def _entry(page: SitePage, code: str) -> SearchEntry | None:
    text = texts.of_page(page, code)
    return text and SearchEntry(
        page=page,
        language=code,
        title=text.title,
        body=text.body,
        title_terms=title_terms(text.title, text.names, code),
        body_terms=analysis.index_terms(texts.with_numbers(text.body), code),
    )


def title_terms(title: str, names: str, code: str) -> str:
    """The title's terms, then those that only the page's other names have."""
    terms = analysis.index_terms(title, code).split()
    more = [term for term in analysis.index_terms(names, code).split() if term not in terms]
    return " ".join([*terms, *more])


def all_pages() -> list[int]:
    """The ids of all pages that have entries or should have."""
    published = set(SitePage.objects.live().values_list("pk", flat=True))
    return sorted(published | set(SearchEntry.objects.values_list("page_id", flat=True)))


def pages_that_name(key: str) -> list[int]:
    """The ids of published pages whose text names a standing text or a series of documents by its key."""
    found: list[int] = []
    for model in SitePage.__subclasses__():
        fields = {field.name for field in model._meta.get_fields()}
        if "body_en" not in fields:
            continue
        # The original column of a body is in no language: each language's column has the keys that its own blocks name.
        columns = {f"raw_{language.field_suffix}": f"body_{language.field_suffix}" for language in languages.LANGUAGES}
        names = Q()
        for raw in columns:
            names |= Q(**{f"{raw}__contains": f'"{key}"'})
        if "document_series" in fields:
            names |= Q(document_series=key)
        pages = model.objects.live().annotate(**{raw: Cast(column, TextField()) for raw, column in columns.items()})
        found += pages.filter(names).values_list("pk", flat=True)
    return found
