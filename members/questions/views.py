"""The page of a question path, and the answer to what was chosen there; see the package's docstring for why these are two addresses."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from lacare_site.intake import shown_forms
from lacare_site.intake.form_page import FORM_ID, form_page
from lacare_site.page_cache.marks import same_for_all
from lacare_site.security.requests import reads_only
from pages import links
from pages.contacts import selectors as contacts
from pages.views import shown_page

from .forms import QuestionsForm
from .paths import PATHS
from .tables import Answer, QuestionPath, worded

CHANGE, ANSWERED = "change", "answered"


@same_for_all
@reads_only
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """The page of the tree with the questions."""
    path = PATHS[key]
    return _ask(request, path, _page(path), QuestionsForm(path))


@form_page
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """The answer, or the questions again: where one is still open (said at that question), and where somebody wants to change a choice."""
    path = PATHS[key]
    page = _page(path)
    if request.method != "POST":
        return HttpResponseRedirect(page.url)
    form = QuestionsForm(path, request.POST)
    form.full_clean()
    is_changed = CHANGE in request.POST or (request.keeps_typed and ANSWERED not in request.POST)
    if not form.errors and not is_changed:
        return _answer(request, path, page, form)
    if is_changed or request.keeps_typed:
        shown_forms.unchecked(form)
    return _ask(request, path, page, form, is_private=True, form_id=FORM_ID, faults=shown_forms.faults(form))


def _page(path: QuestionPath):
    page = shown_page(path.path)
    if page is None:
        raise Http404("The page of these questions is not live.")
    return page


def _ask(request: HttpRequest, path: QuestionPath, page, form: QuestionsForm, **more) -> HttpResponse:
    # The note on the page's translation stands at its text, below the questions, which have one of their own.
    own = {"path": path, "form": form, "answer_url": reverse(f"questions_{path.key}_answer"), "is_noted": True, "form_id": ""}
    own["page_template"] = page.get_template(request)
    return TemplateResponse(request, "members/questions/ask.html", page.get_context(request) | own | more)


def _answer(request: HttpRequest, path: QuestionPath, page, form: QuestionsForm) -> HttpResponse:
    found = path.answer_to(form.chosen)
    context = {"page": page, "path": path, "form": form, "form_id": FORM_ID, "is_private": True}
    return TemplateResponse(request, "members/questions/answer.html", context | _in_words(found))


def _in_words(found: Answer) -> dict:
    """What the template shows of an answer; a line or page that is not public any more is left out."""
    pages = links.at_paths({*found.pages, found.source.page})
    return {
        "heading": worded(found.heading),
        "text": [worded(text) for text in found.text],
        "bring": [worded(text) for text in found.bring],
        "lines": contacts.lines_of(found.lines),
        "next_pages": [pages[path] for path in found.pages if path in pages],
        "source": found.source,
        "source_page": pages.get(found.source.page),
    }
