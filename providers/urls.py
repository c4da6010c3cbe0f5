"""The addresses of the forms for providers. Each lies where its page lies in the tree, and stands before the pages' own route."""

from django.urls import path

from lacare_site.intake import urls as intake
from providers.application import roster_views as roster
from providers.application import views as application
from providers.application.kinds import FORM_KIND as APPLICATION
from providers.information_request import views as information_request
from providers.information_request.kinds import FORM_KIND as INFORMATION_REQUEST

BELOW = APPLICATION.path.lstrip("/")

urlpatterns = [
    path(INFORMATION_REQUEST.path.lstrip("/"), information_request.request_information, name="request_information"),
    *intake.of(INFORMATION_REQUEST),
    path(BELOW, application.show, name="ppg_application"),
    path(f"{BELOW}/roster-template.xlsx", roster.template, name="roster_template"),
    path(f"{BELOW}/roster", roster.show_check, {"kind": APPLICATION.key}, name="roster_check"),
    path(f"{BELOW}/roster/row/<int:number>", roster.show_row, {"kind": APPLICATION.key}, name="roster_row"),
    *intake.of(APPLICATION),
]
