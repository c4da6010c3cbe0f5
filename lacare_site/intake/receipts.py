"""What the sender keeps: the number of the case, the code, and what happens next by which date."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from lacare_site.casework import attachments
from lacare_site.casework.models import Case

from . import registry


def context(case: Case, code: str) -> dict:
    """What templates of a receipt know: `case`, `kind`, `code`, `promises` (by when the sender hears what), `pauses`
    (whether that time stands still while the case waits for its sender), `lines` of the kind's own, `files`, `status_url`."""
    kind = registry.get(case.kind)
    return {
        "case": case,
        "kind": kind,
        "code": code,
        "heading": kind.thanks,
        "promises": kind.promised(case),
        "about": kind.about(case),
        "pauses": any(stage.pauses for stage in kind.case_kind.workflow.stages.values()),
        "lines": kind.receipt_lines(case),
        "files": attachments.of(case),
        "status_url": reverse(f"{kind.key}_status"),
        "is_private": True,
    }


def download(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    """The receipt as a file that any browser opens and prints, without a network."""
    text = render_to_string("intake/receipt_copy.html", context(case, code) | {"base_url": settings.BASE_URL}, request)
    disposition = f'attachment; filename="{case.reference}.html"'
    return HttpResponse(text, headers={"Content-Disposition": disposition})
