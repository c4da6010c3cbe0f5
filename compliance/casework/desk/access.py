"""The way into every view of the officers' desk: for officers alone, and to a report for those who are not shut out of it."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from compliance.casework import unlocking
from compliance.casework.officers import is_officer, reports_for
from compliance.models import Report
from lacare_site.casework.desk.access import DeskMixin

TITLE = "Compliance reports"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class OfficerView(DeskMixin, TemplateView):
    """A page of the desk. `needs_key`: one that is shown only while the officer's key is unlocked."""

    header_icon = "lock"
    needs_key = False

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_officer(request.user):
            raise PermissionDenied
        self.find(**kwargs)
        if self.needs_key and not self.unlocked:
            return self.ask_for_passphrase()
        return super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs) -> None:
        """Looks up what the address names; raises Http404."""

    def ask_for_passphrase(self) -> HttpResponse:
        return redirect(f"{reverse('compliance_unlock')}?{urlencode({'next': self.request.path})}")

    @cached_property
    def unlocked(self) -> unlocking.Unlocked | None:
        return unlocking.of(self.request)

    def crumbs(self):
        return [(reverse("compliance_desk"), TITLE)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "unlocked": self.unlocked,
            "locks_in": int(unlocking.LASTS.total_seconds()),
        }


class ReportMixin:
    """For views of the report that `reference` in the address names. Who is shut out of it is told that there is none."""

    def find(self, reference: str, **kwargs) -> None:
        self.report = report_for(self.request.user, reference=reference.replace("\0", ""))


def report_for(user, **named) -> Report:
    """Raises Http404."""
    report = reports_for(user).select_related("assigned_to").filter(**named).first()
    if report is None:
        raise Http404
    return report


def place_after(request: HttpRequest) -> str:
    """Where the officer wanted to go when they were asked for their passphrase: a place of the desk."""
    desk, wanted = reverse("compliance_desk"), request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith(desk) else desk
