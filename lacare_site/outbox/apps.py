from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "lacare_site.outbox"
    verbose_name = "Outbox"

    def ready(self):
        from lacare_site.outbox import services
        from lacare_site.worker import housekeeping

        housekeeping.register(services.deliver)
        housekeeping.register(services.forget_old)
