"""For the administrator who has lost telephone and recovery codes, where no colleague could help in the admin."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from lacare_site.security.sign_in import second_step


class Command(BaseCommand):
    help = "Lets an account set up its second step anew at the next sign-in, and signs it out everywhere."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username: str, **options):
        user = get_user_model().objects.filter(username=username).first()
        if not user:
            raise CommandError(f"There is no account {username}.")
        second_step.reset(user, by=None)
        self.stdout.write(f"{username} sets up a second step at the next sign-in.")
