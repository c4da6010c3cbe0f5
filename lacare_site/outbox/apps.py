from django.apps import AppConfig
from django.core.checks import register


class OutboxConfig(AppConfig):
    name = "lacare_site.outbox"
    verbose_name = "Outbox"

    def ready(self):
        from lacare_site.outbox import checks, services
        from lacare_site.worker import housekeeping

        register(checks.check_mailbox)
        housekeeping.register(services.deliver)
        housekeeping.register(services.forget_old)
