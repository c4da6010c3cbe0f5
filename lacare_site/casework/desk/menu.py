"""The desks in the admin's menu: each sees those that their role opens."""

from django.urls import reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from lacare_site.casework import registry, rights
from lacare_site.casework.desk.outbox import may_see_outbox


class DeskMenuItem(MenuItem):
    def __init__(self, kind: registry.CaseKind, order: int):
        self.kind = kind
        super().__init__(
            kind.title, reverse("case_desk", args=[kind.key]), name=f"cases-{kind.key}", icon_name=kind.icon, order=order
        )

    def is_shown(self, request):
        return rights.may_read(request.user, self.kind)


class AuditLogMenuItem(MenuItem):
    def __init__(self):
        super().__init__("Audit log", reverse("case_audit_log"), name="cases-audit-log", icon_name="history", order=910)

    def is_shown(self, request):
        return rights.may_read_audit_log(request.user)


class OutboxMenuItem(MenuItem):
    def __init__(self):
        super().__init__("Unsent mail", reverse("case_outbox"), name="cases-outbox", icon_name="mail", order=920)

    def is_shown(self, request):
        return may_see_outbox(request.user)


class CasesMenu(Menu):
    """Built at each request: a kind may be registered after this was imported."""

    def __init__(self):
        super().__init__(items=None)

    @property
    def registered_menu_items(self):
        desks = [DeskMenuItem(kind, order) for order, kind in enumerate(registry.kinds())]
        return [*desks, AuditLogMenuItem(), OutboxMenuItem()]


class CasesMenuItem(SubmenuMenuItem):
    def __init__(self):
        super().__init__("Cases", CasesMenu(), name="cases", icon_name="clipboard-list", order=150)
