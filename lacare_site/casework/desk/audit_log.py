"""The audit log, for auditors. Reading it stands in it, too."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.views.generic import TemplateView

from lacare_site.casework import audit, rights
from lacare_site.casework.desk import searches
from lacare_site.casework.desk.access import DeskMixin
from lacare_site.casework.models import AuditEntry

ENTRIES_ON_A_SHEET = 100
PLACE = "audit log"
FIELDS = ("actor", "action", "subject")


class AuditLogView(DeskMixin, TemplateView):
    template_name = "casework/audit_log.html"
    page_title = "Audit log"
    header_icon = "history"

    def post(self, request, *args, **kwargs):
        if not rights.may_read_audit_log(request.user):
            raise PermissionDenied
        return searches.keep(request, PLACE, FIELDS)

    def get_context_data(self, **kwargs):
        user = self.request.user
        if not rights.may_read_audit_log(user):
            raise PermissionDenied
        words = searches.words_of(self.request, PLACE)
        asked = {name: words.get(name, "") for name in FIELDS}
        entries = AuditEntry.objects.filter(**{f"{name}__icontains": text for name, text in asked.items() if text})
        sheet = Paginator(entries.order_by("-number"), ENTRIES_ON_A_SHEET).get_page(self.request.GET.get("p"))
        audit.record(user, "audit_log.read", PLACE, {"entries": len(sheet)})
        number, digest = audit.head()
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(**kwargs) | {
            "sheet": sheet,
            "asked": [(name, name.capitalize(), text) for name, text in asked.items()],
            "is_filtered": bool(words),
            "head": f"{number}:{digest}",
            "query": query.urlencode(),
        }
