"""An account for the one who runs the site on their own machine, with a password that nobody can guess."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from lacare_site.security import roles

USERNAME = "admin"


def password_file() -> Path:
    """Where the password is kept, readable by its owner alone."""
    return settings.DATA_DIR / "admin_password"


class Command(BaseCommand):
    help = "Creates a local administrator when there is none, and says how to sign in."

    def handle(self, *args, **options):
        users = get_user_model()
        if not users.objects.filter(is_superuser=True).exists():
            password = secrets.token_urlsafe(12)
            password_file().touch(mode=0o600)
            password_file().write_text(password)
            user = users.objects.create_superuser(USERNAME, email="admin@localhost", password=password)
            # Whoever tries the site out sees the desks, too, which an administrator as such does not.
            user.groups.set(
                Group.objects.filter(name__in=[name for role in roles.ROLES if role.on_cases for name in role.groups])
            )
        self.stdout.write(self.how_to_sign_in(users.objects.filter(username=USERNAME).first()))

    @staticmethod
    def how_to_sign_in(user) -> str:
        """The account with its password, as long as that is the one that was made here."""
        if user and password_file().exists() and user.check_password(password := password_file().read_text()):
            return f"{USERNAME}, password {password}"
        return "the account that you have made"
