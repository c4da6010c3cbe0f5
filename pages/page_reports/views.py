"""“Was this page right?”: a visitor tells of a mistake on a page, and nothing of themselves."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lacare_site.intake import personal_numbers, shown_forms, tokens
from lacare_site.intake.form_page import FORM_ID, form_page
from lacare_site.security import limits
from pages.page_reports import services
from pages.page_reports.forms import MESSAGES, PageReportForm
from pages.selectors import public_page
from pages.views import shown_page


@dataclass(frozen=True)
class Place:
    """Its name for visitors, and what stands before their words for staff, of at most FOR_PLACES signs."""

    name: str
    note: str


FORM = "page_report"
# What is no page of the tree, by the end of its form's address.
PLACES = {
    "search": Place(gettext_lazy("Search"), "[Search results] "),
    "not-found": Place(gettext_lazy("We cannot find this page"), "[Page not found] "),
}
# For everybody together: of nobody is it counted how often they tell us.
MOST, WINDOW = 300, timedelta(hours=1)


@form_page
def page_report(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form on one page, and the thanks; 404 where no public page has that number."""
    page = public_page(page_id)
    if page is None:
        raise Http404("No page has this number.")
    page.prepare_to_show()
    return _report(request, page)


@form_page
def place_report(request: HttpRequest, place: str) -> HttpResponse:
    """The same on what is no page of the tree; whoever looks after the home page reads it. 404 for a place that is none of PLACES."""
    page = shown_page("/")
    if page is None or place not in PLACES:
        raise Http404("No such place.")
    return _report(request, page, PLACES[place])


def _report(request: HttpRequest, page, place: Place | None = None) -> HttpResponse:
    if request.method != "POST":
        return _show(request, page, place, PageReportForm(), tokens.new(FORM))
    token = tokens.read(request.POST.get(tokens.FIELD, ""), FORM)
    form = PageReportForm(request.POST)
    if request.keeps_typed:
        return _show(request, page, place, shown_forms.unchecked(form), token.text if token else tokens.new(FORM))
    form.full_clean()
    personal_numbers.refuse_in(form, MESSAGES)
    if not form.errors and (complaint := tokens.complaint(token, request.POST, _("Send"))):
        form.add_error(None, complaint)
    if form.errors:
        return _show(request, page, place, form, token.text if token and not token.is_late else tokens.new(FORM))
    if not limits.global_hit(f"form.{FORM}", MOST, WINDOW):
        form.add_error(
            None, _("There are too many requests right now. Nothing is lost: please press “Send” again in an hour, or call us.")
        )
        response = _show(request, page, place, form, token.text)
        response.status_code, response.headers["Retry-After"] = 429, str(int(WINDOW.total_seconds()))
        return response
    services.take(page, form.cleaned_data, token.key, place.note if place else "")
    known = {
        "page": page,
        "place": place,
        "form": form,
        "heading": _("Thank you"),
        "is_private": True,
        "form_id": FORM_ID,
        "token": token.text,
    }
    return TemplateResponse(request, "pages/reports/thanks.html", known)


def _show(request: HttpRequest, page, place: Place | None, form: PageReportForm, token: str) -> TemplateResponse:
    known = {"page": page, "place": place, "form": form, "faults": shown_forms.faults(form), "token": token, "form_id": FORM_ID}
    known |= {"heading": _("Was this page right?"), "is_private": True}
    return TemplateResponse(request, "pages/reports/form.html", known)
