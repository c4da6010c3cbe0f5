"""Makes the key that opens reports when no officer's does. Its private half is printed once, and stored nowhere."""

from django.core.management.base import BaseCommand, CommandError

from compliance.casework import keyring


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="make another; the present one opens what it opens until now")

    def handle(self, *args, **options):
        if keyring.recovery_key() and not options["again"]:
            raise CommandError("There is a recovery key. With --again another one takes its place for reports to come.")
        written = keyring.make_recovery_key()
        self.stdout.write(written)
        self.stderr.write(
            "Write this down or print it, and keep it in a safe, off this machine. It is not shown again, and whoever has it and the "
            "database reads every report. To use it: manage.py recover_reports ACCOUNT"
        )
