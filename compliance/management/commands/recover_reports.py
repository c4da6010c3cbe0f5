"""Shares all reports with an officer by a recovery key, when no other officer can: asks for its private half.

Without an account, they are shared with the recovery key that has taken the place of an earlier one.
"""

from getpass import getpass

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.views.decorators.debug import sensitive_variables

from compliance.casework import keyring, sharing
from compliance.casework.officers import Refused
from compliance.models import RecipientKey


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("account", nargs="?", default="", help="the user name of an officer who has made a key")

    @sensitive_variables()
    def handle(self, *args, account: str, **options):
        key = self.key_of(account) if account else keyring.recovery_key()
        if key is None:
            raise CommandError("This account has no key in use. The officer makes one in the admin first.")
        self.stdout.write(f"Fingerprint of the key, to be compared with what its owner has: {keyring.fingerprint(key)}")
        try:
            giver, private = keyring.read_recovery_key(getpass("Recovery key: "))
            count = sharing.share(giver, private, key, None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{count} report{'' if count == 1 else 's'} shared with {account or 'the recovery key'}.")

    def key_of(self, account: str) -> RecipientKey | None:
        user = get_user_model().objects.filter(username=account).first()
        return user and keyring.of(user)
