"""Opens the encrypted export of a report: asks for its passphrase and writes the zip beside it."""

import os
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
        passphrase = getpass("Passphrase: ")
        try:
            with open(file, "rb") as archive, open(target, "xb", opener=_for_me_alone) as opened:
                for piece in archives.read(archive, passphrase):
                    opened.write(piece)
        except (Refused, OSError) as error:
            target.unlink(missing_ok=True)
            raise CommandError(str(error)) from None
        self.stdout.write(f"{target}: unpack it, and open index.html in a browser.")


def _for_me_alone(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
