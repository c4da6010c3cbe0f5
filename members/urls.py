"""The addresses of the forms for members. Each lies where its page lies in the tree, and stands before the pages' own route."""

from django.urls import include, path

from lacare_site.intake import urls as intake
from members.copy_request import views as copy_request
from members.copy_request.kinds import FORM_KIND as COPY_REQUEST
from members.grievance import views as grievance
from members.grievance.kinds import FORM_KIND as GRIEVANCE

urlpatterns = [
    path(GRIEVANCE.path.lstrip("/"), grievance.show, name="grievance_form"),
    *intake.of(GRIEVANCE),
    path(COPY_REQUEST.path.lstrip("/"), copy_request.copy_request, name="copy_request"),
    path(f"{COPY_REQUEST.path.lstrip('/')}/<int:page_id>", copy_request.copy_request, name="copy_request_of_page"),
    *intake.of(COPY_REQUEST),
    path("", include("members.questions.urls")),
]
