"""What waits for whoever signs in, on the admin's home page."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from lacare_site.casework import registry, rights, selectors
from lacare_site.casework.selectors import Filters


class CasesPanel(Component):
    name = "cases"
    template_name = "casework/home_panel.html"
    order = 50

    class Media:
        css = {"all": ["admin/cases.css"]}

    def __init__(self, user, kinds: list[registry.CaseKind]):
        self.user, self.kinds = user, kinds

    def get_context_data(self, parent_context):
        return {"desks": [self._desk(kind) for kind in self.kinds]}

    def _desk(self, kind: registry.CaseKind) -> dict:
        questions = (
            ("mine", "assigned=me"),
            ("nobody's", "assigned=nobody"),
            ("overdue", "due=overdue"),
            ("escalated", "due=escalated"),
            ("open in all", ""),
        )
        url = reverse("case_desk", args=[kind.key])
        return {
            "kind": kind,
            "url": url,
            "counts": [
                (label, f"{url}?{query}", selectors.find(kind, self._filters(query), self.user).count())
                for label, query in questions
            ],
        }

    @staticmethod
    def _filters(query: str) -> Filters:
        name, _, value = query.partition("=")
        return Filters(**{name: value} if name else {})


def add_panel(request: HttpRequest, panels: list) -> None:
    """For Wagtail's hook that builds the home page."""
    kinds = [kind for kind in registry.kinds() if rights.may_work(request.user, kind)]
    if kinds:
        panels.append(CasesPanel(request.user, kinds))
