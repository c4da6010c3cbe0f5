"""Many pages, for tests and benchmarks: numbered copies of pages that are there, thousands in a few seconds.

A copy has what a published page has, in every language: its address, its texts, its entries of the ledger and of the search, its
references. It has no versions: the first change of it makes the first.
"""

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Max, Model
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from lacare_site import languages
from pages import models
from pages.search import analysis, services
from pages.search import texts as search_texts
from pages.translations import ledger, sources
from pages.translations.models import Translation
from pages.translations.texts import hash_of, text_of

# Those of which there may be any number, without rows of their own that hang on a page.
COPIED_TYPES = (
    models.StandardPage,
    models.PlanDetailPage,
    models.ResourceHubPage,
    models.FactSheetPage,
    models.DocumentListPage,
    models.NewsArticlePage,
)
ARTICLES = 10  # whose texts are those of other pages, since the starting content has none
ROWS_AT_ONCE = 200
LONGEST_HEADING = 150  # before the number


@transaction.atomic
def fill(pages: int) -> int:
    """Adds pages until the site has so many, each type and section in proportion; gives how many were added."""
    missing = pages - Page.objects.filter(depth__gt=1).count()
    if missing <= 0:
        return 0
    articles = [] if models.NewsArticlePage.objects.exists() else _articles(missing)
    missing -= len(articles)
    originals = [page for model in COPIED_TYPES for page in model.objects.live().filter(numchild=0).order_by("path")]
    number = Page.objects.aggregate(highest=Max("pk"))["highest"] + 1
    for place, original in enumerate(originals):
        count = missing // len(originals) + (place < missing % len(originals))
        multiply(original, count, first=number)
        number += count
    return missing + len(articles)


@transaction.atomic
def multiply(original: models.SitePage, count: int, first: int = 0) -> list[int]:
    """Adds `count` live copies of a published page (of its own type) behind its siblings, numbered from `first`; gives their ids."""
    numbers = range(first, first + count)
    ids = _add_pages(original, numbers)
    numbered = list(zip(ids, map(str, numbers), strict=True))
    headings = [f"heading{suffix}" for suffix in ("", *(f"_{language.field_suffix}" for language in languages.LANGUAGES))]
    with_number = {
        name: f"CASE WHEN original.{name} <> '' THEN substr(original.{name}, 1, {LONGEST_HEADING}) || ' ' || copy.column2"
        f" ELSE original.{name} END"
        for name in headings
    }
    _copy_rows(models.SitePage, "page_ptr_id", original.pk, numbered, with_number)
    _copy_rows(type(original), type(original)._meta.pk.column, original.pk, numbered)
    _copy_rows(ReferenceIndex, "object_id", str(original.pk), [(str(pk), number) for pk, number in numbered])
    if isinstance(original, models.NewsArticlePage):
        for place, pk in enumerate(ids, start=1):
            models.NewsArticlePage.objects.filter(pk=pk).update(date=original.date - timedelta(days=place))
    _enter_in_ledger(original, numbered)
    _enter_in_search(original, numbered)
    return ids


def _articles(most: int) -> list[models.NewsArticlePage]:
    """The first articles, published as editors do, with the texts of other pages in all their languages."""
    index = models.NewsIndexPage.objects.live().first()
    if index is None:
        return []
    columns = [f"{name}_{language.field_suffix}" for name in ("heading", "lead", "body") for language in languages.LANGUAGES]
    sources = [
        page for page in models.StandardPage.objects.live().order_by("path") if all(getattr(page, name) for name in columns)
    ]
    found = []
    with ledger.publishing(origin=Translation.Origin.MACHINE):
        for source in sources[: min(most, ARTICLES)]:
            fields = {column: getattr(source, column) for column in columns}
            article = models.NewsArticlePage(title=source.title, slug=f"news-of-{source.slug}", live=False, **fields)
            index.add_child(instance=article)
            article.save_revision().publish()
            found.append(models.NewsArticlePage.objects.get(pk=article.pk))
    return found


def _add_pages(original: models.SitePage, numbers: range) -> list[int]:
    """The rows of Wagtail's own table, with treebeard's numbering; gives their ids."""
    parent, page = original.get_parent(), Page.objects.get(pk=original.pk)
    last = Page._str2int(page.get_last_sibling().path[-Page.steplen :])
    rows = []
    for place, number in enumerate(numbers, start=1):
        row = copy(page)
        row.pk = row.id = row.live_revision_id = row.latest_revision_id = None
        row.path, row.numchild, row.translation_key = Page._get_path(parent.path, page.depth, last + place), 0, uuid4()
        row.slug, row.title, row.draft_title = f"{page.slug}-{number}", f"{page.title} {number}", f"{page.title} {number}"
        row.url_path = f"{parent.url_path}{row.slug}/"
        rows.append(row)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(rows))
    return [row.pk for row in Page.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)]


def _copy_rows(
    model: type[Model], key: str, original, copies: list[tuple], changed: dict[str, str] | None = None, on: str = ""
) -> None:
    """Copies the rows of `model` with `key` = `original`, within the database: once for each of `copies`.

    The first value of a copy is its key. `changed` gives columns by SQL, which finds the values of a copy as copy.column2 and so on; `on`
    are more conditions of the same kind.
    """
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if field.column != key and not field.primary_key]
    values = [(changed or {}).get(field.column, f"original.{quote(field.column)}") for field in fields]
    columns = ", ".join(quote(field.column) for field in fields)
    for part in _parts(copies):
        row = f"({', '.join(['%s'] * len(part[0]))})"
        sql = (
            f"INSERT INTO {quote(model._meta.db_table)} ({quote(key)}, {columns}) SELECT copy.column1, {', '.join(values)}"  # noqa: S608
            f" FROM {quote(model._meta.db_table)} AS original, (VALUES {', '.join([row] * len(part))}) AS copy"
            f" WHERE original.{quote(key)} = %s {on}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [*(value for values_of_copy in part for value in values_of_copy), original])


def _parts(copies: list) -> Iterator[list]:
    for start in range(0, len(copies), ROWS_AT_ONCE):
        yield copies[start : start + ROWS_AT_ONCE]


def _enter_in_ledger(original: models.SitePage, numbered: list[tuple[int, str]]) -> None:
    """The entries of the original, with the hashes of the copies' texts."""
    entries = ledger.entries_of(original)
    texts = {language.code: text_of(original, language.code) for language in languages.LANGUAGES}
    english = texts[languages.DEFAULT]["heading"]
    copies = []
    for pk, number in numbered:
        for code in entries:
            text = _numbered(texts[code], number)
            heading = sources.part_hashes({"heading": text.get("heading", "")})["heading"]
            copies.append((pk, code, hash_of(text), heading, _with_number(english, number)))
    change_heading = {
        "postgresql": "jsonb_set(original.{0}, '{{heading}}', to_jsonb(copy.{1}), false)",
        "sqlite": "json_replace(original.{0}, '$.heading', copy.{1})",
    }[connection.vendor]
    changed = {
        "text_hash": "copy.column3",
        "part_hashes": change_heading.format("part_hashes", "column4"),
        "source_text": change_heading.format("source_text", "column5"),
    }
    kind = f"AND original.content_type_id = {ledger.kind_of(original).pk} AND original.language = copy.column2"
    _copy_rows(Translation, "object_id", original.pk, copies, changed, kind)


def _enter_in_search(original: models.SitePage, numbered: list[tuple[int, str]]) -> None:
    texts = {language.code: search_texts.of_page(original, language.code) for language in languages.LANGUAGES}
    copies = []
    for pk, number in numbered:
        for code, text in texts.items():
            if text:
                title = _with_number(text.title, number)
                # The page's own name, which its English is found by too, has the number at its end.
                names = f"{text.names} {number}" if code == languages.DEFAULT else text.names
                copies.append((pk, code, title, services.title_terms(title, names, code)))
    changed = {"title": "copy.column3", "title_terms": "copy.column4"}
    _copy_rows(models.SearchEntry, "page_id", original.pk, copies, changed, "AND original.language = copy.column2")
    for entry in models.SearchEntry.objects.filter(page=original).only("language"):
        made = models.SearchEntry.objects.filter(page__in=[pk for pk, _number in numbered], language=entry.language)
        entries = dict(made.values_list("page_id", "pk"))
        terms = [analysis.index_terms(number, entry.language) for _pk, number in numbered]
        marked = [f"{term} {models.SearchEntry.term_of_title(term)}" for term in terms]
        rows = [(str(entries[pk]), words) for (pk, _number), words in zip(numbered, marked, strict=True)]
        _copy_index_row(entry, rows, "body", "body_text")
    # By its title the admin's own search finds a page.
    _copy_index_row(original, [(str(pk), number) for pk, number in numbered], "title", "autocomplete", "title_text")


def _copy_index_row(original, copies: list[tuple[str, str]], *columns: str) -> None:
    """Copies the row of the search's index, with a few more terms in these columns, as far as the database's kind of index has them."""
    changed = {}
    for column in columns:
        is_vector = connection.vendor == "postgresql" and not column.endswith("_text")
        changed[column] = f"original.{column} || " + (
            "to_tsvector('simple', copy.column2)" if is_vector else "' ' || copy.column2"
        )
    kind = ContentType.objects.get_for_model(original)
    _copy_rows(IndexEntry, "object_id", str(original.pk), copies, changed, f"AND original.content_type_id = {kind.pk}")


def _numbered(text: dict[str, object], number: str) -> dict[str, object]:
    return {**text, "heading": _with_number(text["heading"], number)} if "heading" in text else text


def _with_number(heading: str, number: str) -> str:
    return f"{heading[:LONGEST_HEADING]} {number}"
