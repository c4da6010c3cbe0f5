"""Opens the encrypted export of a report: asks for its passphrase and writes the zip beside it."""

from getpass import getpass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.views.decorators.debug import sensitive_variables

from compliance.casework import archives
from compliance.casework.officers import Refused


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    @sensitive_variables()
    def handle(self, *args, file: Path, **options):
        target = file.with_suffix(".zip")
        if target.exists():
            raise CommandError(f"{target} is there already.")
        try:
            content = archives.read(file.read_bytes(), getpass("Passphrase: "))
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from None
        target.touch(mode=0o600)
        target.write_bytes(content)
        self.stdout.write(f"{target}: unpack it, and open index.html in a browser.")
