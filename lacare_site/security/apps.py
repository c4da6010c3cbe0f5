from django.apps import AppConfig
from django.core.management import call_command


class SecurityConfig(AppConfig):
    name = "lacare_site.security"
    verbose_name = "Security"

    def ready(self):
        from lacare_site.security import limits
        from lacare_site.security.sign_in import checks, log  # noqa: F401
        from lacare_site.worker import housekeeping

        log.connect()
        housekeeping.register(limits.sweep)
        housekeeping.register(forget_ended_sessions)


def forget_ended_sessions() -> None:
    call_command("clearsessions", verbosity=0)
