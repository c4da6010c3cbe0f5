"""The filings on declared emergencies: their list, and each as a text to print or to send."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.text import slugify
from wagtail.admin.auth import permission_denied
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permissions import policy_registry
from wagtail.rich_text import expand_db_html as richtext
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet
from wagtail.utils.text import text_from_html

from lacare_site.organisation import ORGANISATION
from pages.admin.columns import moment
from pages.admin.notice_board import rows_of
from pages.models import DeclaredEmergency
from pages.notices.emergencies import ACTIONS, ActionBlock

ANY = ["add", "change", "delete", "view"]


def may_read(user) -> bool:
    return policy_registry.get_by_type(DeclaredEmergency).user_has_any_permission(user, ANY)


def text_of(emergency: DeclaredEmergency) -> str:
    """The filing in plain text, in English: of one that was filed, as it was then."""
    return render_to_string("pages/admin/emergency_filing.txt", {"emergency": emergency} | _known_now(emergency))


def settle(emergency: DeclaredEmergency) -> None:
    """Keeps the text of the moment from which on it is said to be filed, with its notices and telephone lines as they are now; a filing
    whose date is taken back is written anew."""
    context = {"emergency": emergency} | _known_now(emergency)
    now = render_to_string("pages/admin/emergency_filing_body.txt", context) if emergency.filed_at else ""
    if bool(now) != bool(emergency.filed_text):
        emergency.filed_text = now
        emergency.save(update_fields=["filed_text"])


def _known_now(emergency: DeclaredEmergency) -> dict:
    states = dict(ActionBlock.STATES)
    rows = rows_of(list(emergency.notices.order_by("starts_at", "pk")))
    stated = [block.value for block in emergency.actions if block.value["state"]]
    return {
        "notices": [(row, text_from_html(richtext(row.notice.text_en))) for row in rows],
        "actions": [(ACTIONS[action["kind"]], states[action["state"]], action["details"]) for action in stated],
        "site": settings.BASE_URL,
        "organisation": ORGANISATION,
    }


def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """The filing as a page to read and to print, with what it still lacks."""
    if not may_read(request.user):
        return permission_denied(request)
    emergency = get_object_or_404(DeclaredEmergency, pk=pk)
    context = {
        "emergency": emergency,
        "text": text_of(emergency),
        "missing": [] if emergency.filed_text else emergency.missing(),
        "edit_url": reverse(DeclaredEmergency.snippet_viewset.get_url_name("edit"), args=[pk]),
    }
    return render(request, "pages/admin/emergency_filing.html", context)


def filing_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file."""
    if not may_read(request.user):
        return permission_denied(request)
    emergency = get_object_or_404(DeclaredEmergency, pk=pk)
    name = f"hsc-1368-7-{slugify(emergency.name) or emergency.pk}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text_of(emergency), content_type="text/plain; charset=utf-8", headers=headers)


def _state(emergency: DeclaredEmergency) -> str:
    if emergency.filed_at:
        return "Filed"
    return "Overdue" if emergency.is_overdue else "To be filed"


class _Settling:
    """Of a view that saves a filing, in its transaction."""

    def save_instance(self):
        saved = super().save_instance()
        settle(saved)
        return saved


class CreateEmergencyView(_Settling, CreateView):
    """A filing may be entered once it is filed."""


class EditEmergencyView(_Settling, EditView):
    """The text is that of the first time that the filing has a date."""


class DeclaredEmergencyViewSet(SnippetViewSet):
    model = DeclaredEmergency
    icon = "calendar-alt"
    menu_label = "Emergency filings"
    menu_order = 215
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = CreateEmergencyView
    edit_view_class = EditEmergencyView
    list_display = [
        "__str__",
        Column("state", label="State", accessor=_state),
        Column("due", label="Due", accessor=moment("due_at")),
        Column("filed_at", label="Filed", accessor=moment("filed_at")),
        TitleColumn(
            "filing",
            label="Filing",
            accessor=lambda emergency: "Open the filing",
            get_url=lambda emergency: reverse("emergency_filing", args=[emergency.pk]),
        ),
    ]


def emergency_urls() -> list:
    return [
        path("emergencies/<int:pk>/filing/", filing, name="emergency_filing"),
        path("emergencies/<int:pk>/filing.txt", filing_text, name="emergency_filing_text"),
    ]
