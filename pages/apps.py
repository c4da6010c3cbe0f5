from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pages"

    def ready(self):
        from pages import error_pages, signals  # noqa: F401
        from pages.admin import inline_scripts
        from pages.search import signals as search_signals  # noqa: F401

        inline_scripts.replace()
