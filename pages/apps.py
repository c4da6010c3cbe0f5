from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pages"

    def ready(self):
        from lacare_site.page_cache import facts as page_cache
        from lacare_site.worker import housekeeping
        from pages import error_pages, facts, redirects, signals  # noqa: F401
        from pages.admin import inline_scripts
        from pages.page_reports import digest
        from pages.page_reports import services as page_reports
        from pages.search import signals as search_signals  # noqa: F401

        inline_scripts.replace()
        redirects.Redirect._meta.get_field("old_path").validators.append(redirects.refuse_never_followed)
        page_cache.register(facts.of_now)
        housekeeping.register(digest.send)
        housekeeping.register(page_reports.forget_old)
