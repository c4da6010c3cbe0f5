from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate, pre_migrate


class PageCacheConfig(AppConfig):
    name = "lacare_site.page_cache"
    verbose_name = "Page cache"

    def ready(self):
        from lacare_site.page_cache import marks, triggers

        register(marks.check_views)
        register(marks.list_views, deploy=True)
        pre_migrate.connect(triggers.make_way, sender=self)
        post_migrate.connect(triggers.install, sender=self)
