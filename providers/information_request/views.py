"""The request for information."""

from django.http import HttpRequest, HttpResponse

from lacare_site.intake import single_page
from lacare_site.intake.form_page import form_page

from . import services
from .forms import InformationRequestForm

PAGE = single_page.SinglePage(
    kind=services.KEY,
    form=InformationRequestForm,
    template="intake/single.html",
    send=services.send,
    is_same=services.is_same,
)


@form_page
def request_information(request: HttpRequest) -> HttpResponse:
    return single_page.answer(request, PAGE)
