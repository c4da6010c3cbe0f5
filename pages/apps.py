from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pages"

    def ready(self):
        from pages import error_pages, signals  # noqa: F401
        from pages.admin import inline_scripts

        inline_scripts.replace()
