"""Every route of the site. Pages come last: whatever no route above has taken is looked up in the page tree."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path, register_converter
from django.urls.converters import StringConverter
from wagtail.admin import urls as wagtailadmin_urls

from lacare_site import health
from lacare_site.preferences import views as preferences
from lacare_site.security.sign_in import urls as sign_in_urls
from pages import views as pages
from pages.copies import views as copies
from pages.documents import views as documents
from pages.notices import views as notices
from pages.page_reports import views as page_reports
from pages.search import views as search
from pages.seo import manifest, sitemaps


class DayConverter(StringConverter):
    regex = r"\d{4}-\d{2}-\d{2}"


class PagePathConverter(StringConverter):
    """The path of a page, with the slash in front of it; nothing for the home page."""

    regex = r"(?:/[\w\-/]+)?"


register_converter(DayConverter, "day")
register_converter(PagePathConverter, "page_path")

urlpatterns = [
    path("admin/", include(sign_in_urls)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/current/<slug:series>/<str:language>", documents.current, name="current_document"),
    # Wagtail finds the addresses of documents by reversing this name.
    re_path(r"^documents/([0-9]+)/(.*)$", documents.serve, name="wagtaildocs_serve"),
    path("preferences/text-size", preferences.set_text_size, name="set_text_size"),
    path("preferences/close-notice", preferences.close_notice, name="close_notice"),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/<str:language>-<int:number>.xml", sitemaps.part, name="sitemap_part"),
    path("site.webmanifest", manifest.manifest, name="web_manifest"),
    path("favicon.ico", manifest.favicon, name="favicon"),
]

urlpatterns += i18n_patterns(
    path("search", search.search, name="search"),
    path("notices/feed", notices.feed, name="notice_feed"),
    path("large-print<page_path:page_path>", copies.large_print, name="large_print"),
    path("plain-text<page_path:page_path>", copies.plain_text, name="plain_text"),
    path("was-this-page-right/<int:page_id>", page_reports.page_report, name="page_report"),
    path("was-this-page-right/<slug:place>", page_reports.place_report, name="place_report"),
    path("", include("providers.urls")),
    path("", include("members.urls")),
    path("", include("compliance.urls")),
    path("<path:page_path>/editions/<day:day>", pages.edition, name="policy_edition"),
    # Wagtail finds the addresses of pages by reversing this name.
    re_path(r"^([\w\-/]*)$", pages.serve, name="wagtail_serve"),
    prefix_default_language=False,
)

handler400 = "lacare_site.errors.bad_request"
handler403 = "lacare_site.errors.permission_denied"
handler404 = "lacare_site.errors.page_not_found"
handler500 = "lacare_site.errors.server_error"
