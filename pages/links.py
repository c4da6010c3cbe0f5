"""The pages that a page names: breadcrumbs, children, related pages and links in rich text, in one query for all."""

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page, Site

from lacare_site import addresses, languages
from pages import translated

RICH_TEXT_LINK = re.compile(r'linktype=\\?"page\\?" id=\\?"(\d+)|id=\\?"(\d+)\\?" linktype=\\?"page')

# The addresses that templates name themselves: `{% localized "/members" %}`.
NAMED_BY_TEMPLATES = (
    "/about/contact-us",
    "/glossary-terms",
    "/health-plans",
    "/help-me-choose",
    "/members",
    "/members/interpreter-card",
    "/members/language-help",
    "/members/send-me-this-page",
    "/members/which-line",
    "/nondiscrimination-notice",
    "/privacy",
    "/providers",
)

HOST = re.compile("https?://([^/?#]*)", re.IGNORECASE)

_pages: ContextVar[dict[int, "LinkedPage | None"] | None] = ContextVar("linked_pages", default=None)
_named: ContextVar[dict[str, "LinkedPage"] | None] = ContextVar("pages_named_by_templates", default=None)
_chosen: ContextVar[dict[int, object] | None] = ContextVar("chosen_pages", default=None)


@dataclass(frozen=True)
class LinkedPage:
    """A live page as far as a link to it needs it."""

    id: int
    path: str  # treebeard's, which orders siblings and tells ancestors
    url_path: str
    type_name: str
    row: dict  # heading and lead in the active language and in English
    is_withheld: bool = False  # a critical text in the active language that nobody has signed

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
        if own and not self.is_withheld:
            return translated.Translated(own, language, False)
        return translated.Translated(self.row[f"{field}_en"], languages.DEFAULT, language != languages.DEFAULT)


def leaves(url: str) -> bool:
    """Whether an address leads to another site than ours."""
    host = HOST.match(url)
    return bool(host) and host[1].lower() != urlsplit(settings.BASE_URL).netloc


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
    _named.set(None)
    _chosen.set(None)


def page_ids(value) -> set[int]:
    """The ids under every key "page" of a StreamField's raw data: the pages that its links have chosen."""
    if isinstance(value, dict):
        own = {value["page"]} if isinstance(value.get("page"), int) else set()
        return own.union(*(page_ids(child) for child in value.values()))
    if isinstance(value, (list, tuple)):
        return set().union(*(page_ids(child) for child in value))
    return set()


def choose(ids: set[int]) -> None:
    """Reads at once the pages that links have chosen, live or not, for `chosen` to give."""
    from pages.models import SitePage
    from pages.translations import showing

    known = _chosen.get() or {}
    if missing := ids - set(known):
        is_withheld = showing.withheld(get_language() or languages.DEFAULT)
        found = SitePage.objects.annotate(shows_english_only=is_withheld).in_bulk(missing)
        _chosen.set(known | {page_id: found.get(page_id) for page_id in missing})


def chosen() -> dict[int, object]:
    """What `choose` has read for this request: pages by id, None for one that is gone."""
    return _chosen.get() or {}


def at_addresses(url_paths: Iterable[str]) -> Q:
    """The condition for the pages at some of Wagtail's url paths. It names the slugs too, which have an index where whole paths have none."""
    paths = list(url_paths)
    return Q(slug__in={path.rstrip("/").rpartition("/")[2] for path in paths}, url_path__in=paths)


def of_types(names: Iterable[str]) -> Q:
    """The condition for the pages of some types, by the names of their models in lower case."""
    return Q(content_type__in=[ContentType.objects.get_by_natural_key("pages", name).pk for name in names])


class Pages:
    """The live pages that meet a condition, in tree order, as a Paginator takes them: counted, and read part by part, a query for each."""

    def __init__(self, condition: Q):
        self.condition = condition

    def count(self) -> int:
        return Page.objects.filter(self.condition, live=True).count()

    def __getitem__(self, part: slice) -> list[LinkedPage]:
        return query(self.condition, part)


def query(condition: Q, part: slice = slice(None), order: str = "path") -> list[LinkedPage]:
    """The live pages that meet a condition (of columns that Wagtail's own pages have), or part of them, in an order; one query."""
    from pages.translations import showing

    suffixes = {languages.get(get_language()).field_suffix, "en"}
    texts = {f"{field}_{suffix}": f"sitepage__{field}_{suffix}" for field in ("heading", "lead") for suffix in suffixes}
    # Asked of Wagtail's table, whose indexes serve any condition; asked of the texts' table, the database would read all of both.
    rows = (
        Page.objects.filter(condition, live=True, sitepage__isnull=False)
        .annotate(is_withheld=showing.withheld(get_language() or languages.DEFAULT, "sitepage__"))
        .order_by(order)
        .values("id", "path", "url_path", "content_type__model", "is_withheld", *texts.values())
    )
    return [
        LinkedPage(
            *(row[name] for name in ("id", "path", "url_path", "content_type__model")),
            {name: row[column] for name, column in texts.items()},
            row["is_withheld"],
        )
        for row in rows[part]
    ]


def _english_paths(paths: Iterable[str]) -> dict[str, str]:
    """These English paths by what Wagtail stores of their pages."""
    roots = [root_path for _id, root_path, _root_url, _language in Site.get_site_root_paths()]
    return {f"{root}{path[1:]}/": path for path in paths for root in roots}


def at_paths(paths: Iterable[str]) -> dict[str, LinkedPage]:
    """The live pages at some English paths, by path; one query."""
    named = _english_paths(paths)
    return {named[page.url_path]: page for page in query(at_addresses(named))}


def _read(condition: Q) -> dict[int, LinkedPage]:
    """The live pages that meet a condition, by id; the same query reads those that templates name."""
    named = _english_paths(NAMED_BY_TEMPLATES)
    pages = query(condition | at_addresses(named))
    _named.set({named[page.url_path]: page for page in pages if page.url_path in named})
    return {page.id: page for page in pages}


def _standing(raw: list) -> list[str]:
    """The standing texts that a body's raw data names, in the active language and in the English that may be shown for it."""
    from pages.standing_texts import selectors as standing_texts

    keys = {block["value"].get("key") for block in raw if block.get("type") == "standing_text"}
    known = standing_texts.texts() if keys else {}
    fields = {f"text_{languages.get(get_language()).field_suffix}", "text_en"}
    return [str(getattr(known[key], field)) for key in sorted(keys & set(known)) for field in fields]


def gather(page, linked: set[int] = frozenset(), chosen_too: set[int] = frozenset()) -> None:
    """Reads at once whatever `page` will link to while it is rendered.

    `linked` and `chosen_too` are the ids of what stands around it, in menus and notices, for `find` and for `chosen`.
    """
    ids = {block["value"] for block in page.related.raw_data if isinstance(block.get("value"), int)} | linked
    raw = list(translated.of(page, "body").value.raw_data) if hasattr(page, "body") and translated.of(page, "body") else []
    ids.update(int(first or second) for first, second in RICH_TEXT_LINK.findall(repr([raw, _standing(raw)])))
    choose(page_ids(raw) | chosen_too)
    ancestors = [page.path[:length] for length in range(page.steplen, len(page.path) + 1, page.steplen)]
    condition = Q(pk__in=ids) | Q(path__in=ancestors)
    if listed := page.pages_to_list():
        condition |= listed
    _pages.set(dict.fromkeys(ids) | _read(condition))


def find(ids) -> list[LinkedPage]:
    """The live pages of the ids, in their order."""
    known = _pages.get() or {}
    missing = set(ids) - set(known)
    if missing or _named.get() is None:
        known = known | dict.fromkeys(missing) | _read(Q(pk__in=missing))
        _pages.set(known)
    return [known[page_id] for page_id in ids if known[page_id]]


def named(path: str, with_them: set[int] = frozenset()) -> LinkedPage | None:
    """The page at one of the addresses that templates name, if it is live; what is still unread is read together `with_them`."""
    find(with_them)
    return (_named.get() or {}).get(path)


def _gathered() -> list[LinkedPage]:
    return sorted(filter(None, (_pages.get() or {}).values()), key=lambda found: found.path)


def ancestors_of(page) -> list[LinkedPage]:
    """The pages above a page, from the home page down."""
    return [found for found in _gathered() if page.path != found.path and page.path.startswith(found.path)]


def below(page, unlisted: Iterable[str]) -> Q:
    """The condition for the pages directly below a page, without those of the `unlisted` types (models' names in lower case)."""
    return Q(path__startswith=page.path, depth=page.depth + 1) & ~of_types(unlisted)


def gathered_below(page, unlisted: Iterable[str]) -> list[LinkedPage]:
    """Those of them that `gather` has read because the page lists them, in the editors' order."""
    length = len(page.path) + page.steplen
    found = [found for found in _gathered() if len(found.path) == length and found.path.startswith(page.path)]
    return [child for child in found if child.type_name not in unlisted]


def of_type(type_name: str) -> list[LinkedPage]:
    """Those pages of one type (a model's name in lower case) that `gather` has read because the page lists them."""
    return [found for found in _gathered() if found.type_name == type_name]


def siblings_of(page, at_most: int) -> list[LinkedPage]:
    """The live pages with the same parent, the page itself included and about in the middle where they are more than `at_most`."""
    beside = Q(path__startswith=page.path[: -page.steplen], depth=page.depth)
    found = query(beside, slice(at_most + 1))
    if len(found) <= at_most:
        return found
    before = query(beside & Q(path__lt=page.path), slice(at_most), order="-path")[::-1]
    found = before + query(beside & Q(path__gte=page.path), slice(at_most))
    start = max(0, min(len(before) - at_most // 2, len(found) - at_most))
    return found[start : start + at_most]
