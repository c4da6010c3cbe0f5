"""A file of a case: for those who may read the case, never shown in the browser, each reading in the log."""

import logging

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from lacare_site.casework import attachments, audit
from lacare_site.casework.desk.access import kind_for
from lacare_site.casework.models import Case

logger = logging.getLogger(__name__)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        model = Case._meta.get_field("attachments").related_model
    except FieldDoesNotExist:
        raise Http404 from None
    attachment = model.objects.select_related("case").filter(case__isnull=False, pk=pk).first()
    if attachment is None:
        raise PermissionDenied  # as to those who may not read it: by its answer nobody learns which numbers there are
    kind_for(request.user, attachment.case.kind)
    try:
        file = attachments.open_file(attachment)
    except PermissionError:
        audit.record(request.user, "document.refused", attachment.case.reference, {"document": pk})
        raise PermissionDenied from None
    except FileNotFoundError:
        logger.error("The bytes of document %s are not there.", pk)
        audit.record(request.user, "document.lost", attachment.case.reference, {"document": pk})
        messages.error(
            request,
            f"The bytes of “{attachment.name}” are not there. Ask whoever runs the site to bring them back from a backup.",
        )
        return redirect("case", attachment.case.kind, attachment.case.reference)
    audit.record(request.user, "document.read", attachment.case.reference, {"document": pk, "sha256": attachment.sha256})
    # Whatever it claims to be, a browser only stores it.
    return FileResponse(file, as_attachment=True, filename=attachment.name, content_type="application/octet-stream")
