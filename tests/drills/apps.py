"""The worker's pauses in seconds where they are minutes in production, and no time that people must take to type: what a drill shows does
not depend on how long a pause is."""

from datetime import timedelta

from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "tests.drills"

    def ready(self):
        from lacare_site.intake import draft_views, files, tokens
        from lacare_site.outbox import services as outbox
        from lacare_site.worker import housekeeping

        housekeeping.SECONDS_BETWEEN = 1
        outbox.FIRST_WAIT = timedelta(seconds=1)
        files.LEFT_OVER = 5
        tokens.SHORTEST = draft_views.TO_START = timedelta(0)
