"""The addresses of the forms for providers. Each lies where its page lies in the tree, and stands before the pages' own route."""

from django.urls import path

from lacare_site.intake import urls as intake
from providers.application import views as application
from providers.application.kinds import FORM_KIND as APPLICATION
from providers.information_request import views as information_request
from providers.information_request.kinds import FORM_KIND as INFORMATION_REQUEST

urlpatterns = [
    path(INFORMATION_REQUEST.path.lstrip("/"), information_request.request_information, name="request_information"),
    *intake.of(INFORMATION_REQUEST),
    path(APPLICATION.path.lstrip("/"), application.show, name="ppg_application"),
    path(f"{APPLICATION.path.lstrip('/')}/roster-template.xlsx", application.roster_template, name="roster_template"),
    path(f"{APPLICATION.path.lstrip('/')}/roster", application.roster_check, {"kind": APPLICATION.key}, name="roster_check"),
    *intake.of(APPLICATION),
]
