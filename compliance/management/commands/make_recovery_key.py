"""Makes the key that opens reports when no officer's does. Its private half is printed once, and stored nowhere."""

from django.core.management.base import BaseCommand, CommandError

from compliance.casework import keyring
from compliance.casework.officers import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="make another; the present one opens what it opens until now")
        parser.add_argument(
            "--withdraw",
            action="store_true",
            help="take earlier ones, such as a stolen one, out of use, once the present one opens the same",
        )

    def handle(self, *args, **options):
        if options["withdraw"]:
            return self.withdraw()
        if keyring.recovery_key() and not options["again"]:
            raise CommandError("There is a recovery key. With --again another one takes its place for reports to come.")
        written = keyring.make_recovery_key()
        self.stdout.write(written)
        self.stderr.write(
            "Write this down or print it, and keep it in a safe, off this machine. It is not shown again, and whoever has it and the "
            "database reads every report. To use it: manage.py recover_reports ACCOUNT"
        )
        fingerprint = keyring.fingerprint(keyring.recovery_key())
        self.stderr.write(f"Its fingerprint, for officers to compare before they share earlier reports with it: {fingerprint}")

    def withdraw(self):
        try:
            count = keyring.withdraw_recovery_keys()
        except Refused as refusal:
            raise CommandError(f"{refusal} An officer does so on the page of keys, or manage.py recover_reports.") from None
        self.stdout.write(
            f"{count} earlier recovery key{'' if count == 1 else 's'} taken out of use. An officer encrypts the reports anew."
        )
