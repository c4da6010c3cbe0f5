"""The switch that lets the second step be skipped is for one machine's own use."""

from django.conf import settings
from django.core.checks import Error, register

OWN_MACHINE = {"127.0.0.1", "localhost", "[::1]"}


@register()
def second_step_is_skipped_at_home_alone(app_configs, **kwargs) -> list[Error]:
    if settings.SECOND_STEP_MAY_BE_SKIPPED and not set(settings.ALLOWED_HOSTS) <= OWN_MACHINE:
        return [
            Error(
                "SECOND_STEP_MAY_BE_SKIPPED is set, and the site answers to more than its own machine.",
                hint="Take the setting away: staff sign in with a second step.",
                id="security_sign_in.E001",
            )
        ]
    return []
