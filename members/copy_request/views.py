"""The request for a page by mail. Which page it is stands in the address by its number, which tells nobody what the page is about."""

from dataclasses import replace
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from lacare_site.intake import single_page
from lacare_site.intake.form_page import form_page
from pages.selectors import public_page

from . import services
from .forms import CopyRequestForm

PAGE = single_page.SinglePage(
    kind=services.KEY,
    form=CopyRequestForm,
    template="members/copy_request/form.html",
    send=services.send,
    is_same=services.is_same,
)


@form_page
def copy_request(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """The form for one page, or without a number for one that is to be named; 404 where no public page has that number."""
    page = None if page_id is None else public_page(page_id)
    if page_id is not None and page is None:
        raise Http404("No page has this number.")
    return single_page.answer(request, replace(PAGE, form=partial(CopyRequestForm, page=page)))
