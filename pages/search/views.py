"""The search page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language

from lacare_site import languages
from lacare_site.security.requests import reads_only

from . import lines, questions, selectors, suggestions

RESULTS_PER_PAGE = 20


@reads_only
def search(request: HttpRequest) -> HttpResponse:
    """The answers to the question `q`, telephone lines first; `page` is the page of the list. Any input answers 200."""
    language = languages.get(get_language()).code
    query = questions.clean(request.GET.get("q", ""))
    context = {"query": query}
    if query:
        found = selectors.find(query, language)
        page = Paginator(found.hits, RESULTS_PER_PAGE).get_page(request.GET.get("page"))
        question = questions.parse(query, language)
        context |= {
            "hits": page,
            "results": selectors.results(page.object_list, language) if found.hits else [],
            "lines": lines.for_question(question, found.hits),
            "suggestion": suggestions.corrected(question, found.unknown) if found.unknown else "",
            "query_string": urlencode({"q": query}) + "&",
        }
    return render(request, "pages/search.html", context)
