"""The pages that a page names: breadcrumbs, children, related pages and links in rich text, in one query for all."""

import re
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Site

from lacare_site import addresses, languages
from pages import translated

RICH_TEXT_LINK = re.compile(r'linktype=\\?"page\\?" id=\\?"(\d+)|id=\\?"(\d+)\\?" linktype=\\?"page')

_pages: ContextVar[dict[int, "LinkedPage"] | None] = ContextVar("linked_pages", default=None)


@dataclass(frozen=True)
class LinkedPage:
    """A live page as far as a link to it needs it."""

    id: int
    path: str  # treebeard's, which orders siblings and tells ancestors
    url_path: str
    type_name: str
    row: dict  # heading and lead in the active language and in English

    @cached_property
    def url(self) -> str:
        return page_url(self.url_path)

    @cached_property
    def heading(self) -> translated.Translated:
        return self._text("heading")

    @cached_property
    def lead(self) -> translated.Translated:
        return self._text("lead")

    def _text(self, field: str) -> translated.Translated:
        language = get_language() or languages.DEFAULT
        own = self.row.get(f"{field}_{languages.get(language).field_suffix}")
        if own:
            return translated.Translated(own, language, False)
        return translated.Translated(self.row[f"{field}_en"], languages.DEFAULT, language != languages.DEFAULT)


def address(url_path: str, root_path: str) -> str:
    """The address, in the active language, of the page at Wagtail's `url_path` on the site whose root is `root_path`."""
    path = f"/{url_path.removeprefix(root_path)}".rstrip("/") or "/"
    return addresses.in_language(path, get_language() or languages.DEFAULT) or "/"


def page_url(url_path: str) -> str:
    for _id, root_path, _root_url, _language in Site.get_site_root_paths():
        if url_path.startswith(root_path):
            return address(url_path, root_path)
    return "/"


def forget(**_kwargs) -> None:
    _pages.set(None)


def query(condition: Q) -> list[LinkedPage]:
    """The live pages that meet a condition, in tree order; one query."""
    from pages.models import SitePage

    suffixes = {languages.get(get_language()).field_suffix, "en"}
    texts = [f"{field}_{suffix}" for field in ("heading", "lead") for suffix in suffixes]
    rows = (
        SitePage.objects.filter(condition, live=True)
        .order_by("path")
        .values("id", "path", "url_path", "content_type__model", *texts)
    )
    return [
        LinkedPage(row["id"], row["path"], row["url_path"], row["content_type__model"], {name: row[name] for name in texts})
        for row in rows
    ]


def gather(page) -> None:
    """Reads at once whatever `page` will link to while it is rendered."""
    ids = {block["value"] for block in page.related.raw_data if isinstance(block.get("value"), int)}
    body = translated.of(page, "body").value if hasattr(page, "body") else None
    if body:
        ids.update(int(first or second) for first, second in RICH_TEXT_LINK.findall(repr(list(body.raw_data))))
    ancestors = [page.path[:length] for length in range(page.steplen, len(page.path) + 1, page.steplen)]
    condition = Q(pk__in=ids) | Q(path__in=ancestors)
    if page.lists_children:
        condition |= Q(path__startswith=page.path, depth=page.depth + 1)
    found = query(condition)
    _pages.set({linked.id: linked for linked in found})


def find(ids) -> list[LinkedPage]:
    """The live pages of the ids, in their order."""
    known = _pages.get() or {}
    missing = set(ids) - set(known)
    if missing:
        known = known | {linked.id: linked for linked in query(Q(pk__in=missing))}
        _pages.set(known)
    return [known[page_id] for page_id in ids if page_id in known]


def ancestors_of(page) -> list[LinkedPage]:
    """The pages above a page, from the home page down."""
    return sorted(
        (linked for linked in (_pages.get() or {}).values() if page.path != linked.path and page.path.startswith(linked.path)),
        key=lambda linked: linked.path,
    )


def children_of(page) -> list[LinkedPage]:
    """The live pages directly below a page, in the editors' order."""
    length = len(page.path) + page.steplen
    return sorted(
        (
            linked
            for linked in (_pages.get() or {}).values()
            if len(linked.path) == length and linked.path.startswith(page.path)
        ),
        key=lambda linked: linked.path,
    )


def siblings_of(page) -> list[LinkedPage]:
    """The live pages with the same parent, the page itself included."""
    parent_path = page.path[: -page.steplen]
    return query(Q(path__startswith=parent_path, depth=page.depth))
