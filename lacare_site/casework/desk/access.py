"""The way into every view of a desk: the kind and the case that the address names, for those whose role opens them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.templatetags.static import static
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lacare_site.casework import registry, rights
from lacare_site.casework.models import Case


def kind_for(user, key: str) -> registry.CaseKind:
    """Raises Http404 for an unknown kind, PermissionDenied for somebody without a role at its desk."""
    try:
        kind = registry.get(key)
    except KeyError:
        raise Http404 from None
    if not rights.may_read(user, kind):
        raise PermissionDenied
    return kind


def case_for(user, key: str, reference: str) -> tuple[registry.CaseKind, Case]:
    """Raises like `kind_for`, and Http404 for an unknown reference, which only somebody with a role can learn."""
    kind = kind_for(user, key)
    case = kind.cases().filter(reference=reference.replace("\0", "")).first()
    if case is None:
        raise Http404
    return kind, case


class DeskMixin(WagtailAdminTemplateMixin):
    """The furniture of a desk's page: its stylesheet and its breadcrumbs, of which views give their own."""

    header_icon = "clipboard-list"

    def crumbs(self) -> list[tuple[str, str]]:
        """(address, label) for each place between the admin's home and this page."""
        return []

    def get_breadcrumbs_items(self):
        between = [{"url": url, "label": label} for url, label in self.crumbs()]
        return [*self.breadcrumbs_items, *between, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"stylesheet": static("admin/cases.css")}
