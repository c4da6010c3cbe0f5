"""The addresses of the question paths. Each stands before the pages' own route, at the address of its page in the tree."""

from django.urls import path

from . import views
from .paths import PATHS

urlpatterns = [
    route
    for key, questions in PATHS.items()
    for route in (
        path(questions.path.lstrip("/"), views.ask, {"key": key}, name=f"questions_{key}"),
        path(f"{questions.path.lstrip('/')}/answer", views.answer, {"key": key}, name=f"questions_{key}_answer"),
    )
]
