"""Every route of the site. Pages come last: whatever no route above has taken is looked up in the page tree."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path, register_converter
from django.urls.converters import StringConverter
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lacare_site import health
from lacare_site.preferences import views as preferences
from pages import views as pages
from pages.documents import views as documents
from pages.search import views as search


class DayConverter(StringConverter):
    regex = r"\d{4}-\d{2}-\d{2}"


register_converter(DayConverter, "day")

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/current/<slug:series>/<str:language>", documents.current, name="current_document"),
    path("documents/", include(wagtaildocs_urls)),
    path("preferences/text-size", preferences.set_text_size, name="set_text_size"),
    path("preferences/close-notice", preferences.close_notice, name="close_notice"),
    path("healthz", health.healthz, name="healthz"),
]

urlpatterns += i18n_patterns(
    path("search", search.search, name="search"),
    path("<path:page_path>/editions/<day:day>", pages.edition, name="policy_edition"),
    # Wagtail finds the addresses of pages by reversing this name.
    re_path(r"^([\w\-/]*)$", pages.serve, name="wagtail_serve"),
    prefix_default_language=False,
)
