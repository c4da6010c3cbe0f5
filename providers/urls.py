"""The addresses of the forms for providers. Each lies where its page lies in the tree, and stands before the pages' own route."""

from django.urls import path

from lacare_site.intake import urls as intake
from providers.information_request import views as information_request
from providers.information_request.kinds import FORM_KIND as INFORMATION_REQUEST

urlpatterns = [
    path(INFORMATION_REQUEST.path.lstrip("/"), information_request.request_information, name="request_information"),
    *intake.of(INFORMATION_REQUEST),
]
