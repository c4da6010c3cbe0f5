"""Reads the audit log through, and fails where an entry was changed, removed or inserted."""

from django.core.management.base import BaseCommand, CommandError

from lacare_site.casework import audit
from lacare_site.casework.models import AuditEntry


class Command(BaseCommand):
    help = (
        "Checks that the audit log is as it was written. Prints its end, to be kept elsewhere and given as --end at a later time."
    )

    def add_arguments(self, parser):
        parser.add_argument("--end", metavar="NUMBER:HASH", help="an end that was printed earlier: it must still be in the log")

    def handle(self, *args, end=None, **options):
        faults = list(audit.faults())
        if end:
            number, _, digest = end.partition(":")
            if not number.isdecimal() or len(number) > 18:
                raise CommandError("--end is NUMBER:HASH, as this command prints it.")
            if int(number) and not AuditEntry.objects.filter(number=int(number), hash=digest).exists():
                faults.append(f"Entry {number} is not the one that was written down.")
        if faults:
            raise CommandError("\n".join(faults))
        number, digest = audit.head()
        self.stdout.write(f"{number} entries, each as it was written. End: {number}:{digest}")
