"""Which mails are unsent, and why: no address and no text among it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.generic import TemplateView
from wagtail.admin import messages

from lacare_site.casework import audit
from lacare_site.casework.desk.access import DeskMixin
from lacare_site.outbox import services
from lacare_site.outbox.models import Message
from lacare_site.security import roles

MOST_SHOWN = 200


def may_see_outbox(user) -> bool:
    return user.is_superuser or roles.has(user, *(role for role in roles.ROLES if role.on_cases))


def may_try_again(user) -> bool:
    return user.is_superuser or roles.has(user, *(role for role in roles.ROLES if role.on_cases and role != roles.AUDITOR))


class OutboxView(DeskMixin, TemplateView):
    template_name = "casework/outbox.html"
    page_title = "Unsent mail"
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not may_see_outbox(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest):
        """Gives all that were given up their attempts anew. Auditors change nothing."""
        if not may_try_again(request.user):
            raise PermissionDenied
        count = services.try_again()
        audit.record(request.user, "outbox.tried_again", "outbox", {"mails": count})
        messages.success(request, f"{count} mail{'' if count == 1 else 's'} will be tried again within a minute.")
        return redirect("case_outbox")

    def get_context_data(self, **kwargs):
        unsent = Message.objects.filter(sent_at=None).order_by("created_at")
        return super().get_context_data(**kwargs) | {
            "mails": unsent.defer("to", "subject", "body")[:MOST_SHOWN],
            "count": unsent.count(),
            "may_try_again": may_try_again(self.request.user),
            "given_up": unsent.exclude(given_up_at=None).count(),
        }
