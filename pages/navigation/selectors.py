"""Menus as templates show them: one query for the sections; the pages that they name are read with the page's own links."""

from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from lacare_site import languages
from pages import links, translated

from .models import MenuSection
from .row_labels import text_key

_sections: ContextVar[list | None] = ContextVar("menu_sections", default=None)
_page_ids: ContextVar[set | None] = ContextVar("menu_page_ids", default=None)
_menus: ContextVar[dict | None] = ContextVar("menus", default=None)


@dataclass(frozen=True)
class MenuLink:
    label: translated.Translated
    url: str
    is_external: bool = False
    group_label: str = ""

    @property
    def accessible_label(self) -> str:
        """Names the group too, since the same label may stand for several pages: "Medi-Cal: Plan Overview"."""
        return f"{self.group_label}: {self.label}" if self.group_label else str(self.label)


@dataclass
class MenuGroup:
    label: translated.Translated
    links: list[MenuLink]


@dataclass
class MenuPromo:
    heading: translated.Translated
    text: translated.Translated
    url: str


@dataclass
class Menu:
    """A section of the main menu, a group of the footer, or a row of links."""

    label: translated.Translated
    url: str = ""  # only where the section itself is a link
    groups: list[MenuGroup] = field(default_factory=list)
    links: list[MenuLink] = field(default_factory=list)
    promo: MenuPromo | None = None


def forget(**_kwargs) -> None:
    _menus.set(None)
    _page_ids.set(None)
    _sections.set(None)


def sections() -> list[MenuSection]:
    """All published sections, in order."""
    known = _sections.get()
    if known is None:
        known = list(MenuSection.objects.filter(live=True).order_by("placement", "order", "pk"))
        _sections.set(known)
    return known


def page_ids() -> set[int]:
    """The pages that the menus name."""
    known = _page_ids.get()
    if known is None:
        known = _page_ids_of(sections())
        _page_ids.set(known)
    return known


def _page_ids_of(sections) -> set[int]:
    named = links.page_ids([list(section.content.raw_data) for section in sections])
    return named | {section.page_id for section in sections if section.page_id}


def menu(placement: str) -> list[Menu]:
    """The published sections of one place, in order; links whose page is not live are left out, and sections left empty."""
    menus = _menus.get()
    if menus is None:
        menus = _build(sections(), page_ids())
        _menus.set(menus)
    return menus.get(placement, [])


def of_sections(sections) -> list[Menu]:
    """The same for given sections, such as a draft that is previewed."""
    return [menu for menus in _build(sections, _page_ids_of(sections)).values() for menu in menus]


def _build(sections, page_ids: set[int]) -> dict[str, list[Menu]]:
    pages = {page.id: page for page in links.find(sorted(page_ids))}
    menus: dict[str, list[Menu]] = {}
    for section in sections:
        built = _menu(section, pages)
        if built.url or built.groups or built.links:
            menus.setdefault(section.placement, []).append(built)
    return menus


def _menu(section: MenuSection, pages: dict) -> Menu:
    page = pages.get(section.page_id)
    built = Menu(label=translated.of(section, "label"), url=page.url if page else "")
    names = _RowNames(section)
    for block in section.content.raw_data:
        value = block["value"]
        if block["type"] == "link":
            built.links += _links([block], pages, names)
        elif block["type"] == "group":
            label = names.of(block.get("id"), value["label"])
            group = MenuGroup(label, _links(value["links"], pages, names, str(label)))
            if group.links:
                built.groups.append(group)
        elif value["page"] in pages:
            heading, text = names.of(block.get("id"), value["heading"]), names.of(text_key(block.get("id")), value["text"])
            built.promo = MenuPromo(heading, text, pages[value["page"]].url)
    return built


def _links(rows: list[dict], pages: dict, names: "_RowNames", group_label: str = "") -> list[MenuLink]:
    found = []
    for row in rows:
        value = row["value"]
        page, elsewhere = pages.get(value.get("page")), value.get("url")
        address = page.url if page else elsewhere or _named(value.get("view"))
        if address:
            label = names.of(row.get("id"), value.get("label"), page)
            found.append(MenuLink(label, address, links.leaves(address), group_label))
    return found


def _named(view: str | None) -> str:
    """The address of a URL name; none where the form behind it has gone."""
    return reverse(view) if view in settings.MENU_ADDRESSES else ""


class _RowNames:
    """What the rows of a section are called in the active language."""

    def __init__(self, section: MenuSection):
        self.language = get_language() or languages.DEFAULT
        is_english = self.language == languages.DEFAULT
        self.own = {} if is_english else getattr(section, build_localized_fieldname("row_labels", self.language)) or {}

    def of(self, key: str | None, english: str | None, page=None) -> translated.Translated:
        """The menu's own label, else the page's heading (unless it is withheld), else the menu's English label."""
        if key in self.own:
            return translated.Translated(self.own[key], self.language, False)
        is_foreign = self.language != languages.DEFAULT
        if is_foreign and page and not page.heading.is_fallback:
            return page.heading
        if english:
            return translated.Translated(english, languages.DEFAULT, is_foreign)
        return page.heading
