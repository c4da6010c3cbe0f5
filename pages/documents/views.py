"""Documents: the file at its own address, and the lasting address of a series in one language."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail.documents.views.serve import serve as wagtail_serve

from lacare_site.security.requests import reads_only

from . import selectors
from .models import PlanDocument

# A file that somebody has uploaded runs nothing and loads nothing, whatever is in it.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Safari, and Chromium in older versions, show no PDF in a sandbox; their viewers keep a PDF from the site by themselves.
SANDBOX = "; sandbox"


@reads_only
def serve(request: HttpRequest, document_id: str, name: str) -> HttpResponse:
    """The file: a PDF in the browser, anything else as a download."""
    response = wagtail_serve(request, document_id, name)
    is_pdf = response.headers.get("Content-Type") == "application/pdf"
    response.headers["Content-Security-Policy"] = POLICY if is_pdf else POLICY + SANDBOX
    if response.headers.get("Content-Encoding") == "None":
        del response.headers["Content-Encoding"]  # Wagtail writes the word where a file has none
    takes_names = request.headers.get("X-Sendfile-Type") == "X-Accel-Redirect"
    return _named(response, document_id) if takes_names and response.status_code == 200 and response.streaming else response


def _named(response: HttpResponse, document_id: str) -> HttpResponse:
    """The same answer without the file: nginx reads it below this name by itself (deploy/nginx.conf.template)."""
    response.close()
    (file,) = PlanDocument.objects.filter(pk=document_id).values_list("file", flat=True)
    headers = {name: value for name, value in response.headers.items() if name.lower() != "content-length"}
    return HttpResponse(headers=headers | {"X-Accel-Redirect": f"/.media/{quote(file)}"})


@reads_only
def current(request: HttpRequest, series: str, language: str) -> HttpResponseRedirect:
    """Leads to the newest edition, so that old addresses of a notice need not change with it."""
    for document in selectors.current_of_series(series):
        if document.language == language:
            return HttpResponseRedirect(document.url)
    raise Http404("No such document.")
