from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class CaseworkConfig(AppConfig):
    name = "lacare_site.casework"
    verbose_name = "Casework"

    def ready(self):
        from lacare_site.casework import append_only, digest, escalation, registry, services
        from lacare_site.worker import housekeeping

        register(registry.check_rules)
        post_migrate.connect(append_only.install, sender=self)
        housekeeping.register(services.purge_due)
        housekeeping.register(escalation.run)
        housekeeping.register(digest.send)
