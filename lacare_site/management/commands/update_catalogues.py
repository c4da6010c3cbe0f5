"""Brings the message catalogues up to date, for `make messages`."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Adds new translatable texts to the message catalogues and drops those that are gone."
    requires_system_checks = []

    def handle(self, *args, **options):
        try:
            from lacare_site.management import catalogues
        except ImportError as error:
            raise CommandError("This needs the developers' packages: make messages installs them.") from error
        wanted = catalogues.texts(settings.BASE_DIR)
        for language, _ in settings.LANGUAGES:
            if language != settings.LANGUAGE_CODE:
                lacking, left_over = catalogues.differences(language, wanted)
                catalogues.update(language, wanted)
                self.stdout.write(f"{language}: {len(lacking)} new, {len(left_over)} dropped")
