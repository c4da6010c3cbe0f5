"""The kinds of texts that are translated: pages, and the snippets. What each is called, and where it is edited."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import reverse
from wagtail.admin.utils import set_query_params

from pages.models import ContactLine, FolderPage, MenuSection, Notice, SitePage, StandingText


@dataclass(frozen=True)
class Kind:
    """`key` is its name in addresses; `all_critical`: laws prescribe these texts, so that an unsigned translation is withheld."""

    key: str
    model: type[Model]
    all_critical: bool = False

    @property
    def is_page(self) -> bool:
        return self.model is SitePage

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural).capitalize()

    def public(self) -> QuerySet:
        """What of it visitors may see, and what is therefore to be translated."""
        if self.is_page:
            fields = ("title", "heading_en", "is_critical", "url_path", "path", "depth")
            return SitePage.objects.live().not_type(FolderPage).only(*fields)
        if self.model is ContactLine:
            return ContactLine.objects.filter(retired=False)
        return self.model.objects.filter(live=True)

    def edit_url(self, pk: int, code: str = "") -> str:
        name = "wagtailadmin_pages:edit" if self.is_page else self.model.snippet_viewset.get_url_name("edit")
        url = reverse(name, args=[pk])
        return set_query_params(url, {"lang": code}) if code else url


KINDS = {
    kind.key: kind
    for kind in (
        Kind("pages", SitePage),
        Kind("notices", Notice, all_critical=True),
        Kind("standing-texts", StandingText, all_critical=True),
        Kind("menus", MenuSection),
        Kind("telephone-lines", ContactLine),
    )
}


def of(instance) -> Kind:
    return next(kind for kind in KINDS.values() if isinstance(instance, kind.model))


def name_of(instance) -> str:
    """What one of its kind is called: "page", "notice"."""
    return str(of(instance).model._meta.verbose_name)


def place_of(instance, code: str) -> list:
    """The arguments of the addresses that concern one text in one language."""
    return [of(instance).key, instance.pk, code]
