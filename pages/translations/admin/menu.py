"""Where the list of translations stands in the admin."""

from django.urls import path, reverse_lazy
from wagtail.admin.menu import MenuItem

from .catalogue import CatalogueView
from .changes import ChangesView
from .overview import TranslationsView, may_open
from .versions import VersionsView, VersionView

ONE = "translations/<slug:kind>/<int:pk>/<slug:code>"


class TranslationsMenuItem(MenuItem):
    def __init__(self):
        super().__init__("Translations", reverse_lazy("translations"), name="translations", icon_name="globe", order=205)

    def is_shown(self, request):
        return may_open(request.user)


def translation_urls() -> list:
    return [
        path("translations/", TranslationsView.as_view(), name="translations"),
        path("translations/words/<slug:code>/", CatalogueView.as_view(), name="translation_catalogue"),
        path(f"{ONE}/changes/", ChangesView.as_view(), name="translation_changes"),
        path(f"{ONE}/versions/", VersionsView.as_view(), name="translation_versions"),
        path(f"{ONE}/versions/<int:version>/", VersionView.as_view(), name="translation_version"),
    ]
