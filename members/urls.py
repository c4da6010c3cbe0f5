"""The addresses of the forms for members. Each lies where its page lies in the tree, and stands before the pages' own route."""

from django.urls import include, path

from lacare_site.intake import urls as intake
from members.grievance import views as grievance
from members.grievance.kinds import FORM_KIND as GRIEVANCE

urlpatterns = [
    path(GRIEVANCE.path.lstrip("/"), grievance.show, name="grievance_form"),
    *intake.of(GRIEVANCE),
    path("", include("members.questions.urls")),
]
