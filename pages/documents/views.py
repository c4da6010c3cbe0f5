"""The lasting address of a series' document in one language."""

from django.http import Http404, HttpRequest, HttpResponseRedirect

from . import selectors


def current(request: HttpRequest, series: str, language: str) -> HttpResponseRedirect:
    """Leads to the newest edition, so that old addresses of a notice need not change with it."""
    for document in selectors.current_of_series(series):
        if document.language == language:
            return HttpResponseRedirect(document.url)
    raise Http404("No such document.")
