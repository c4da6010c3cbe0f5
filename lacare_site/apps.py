from django.apps import AppConfig


class LacareSiteConfig(AppConfig):
    name = "lacare_site"
    verbose_name = "Site"
