"""Builds the site that all tests copy: build_original.py database | static

The two parts are programs of their own, so that both cores work at once.
"""

import sys

import django
from django.core.management import call_command

from tests.harness.accounts import give_second_step

ADMIN = "admin"
ADMIN_PASSWORD = "a password for tests alone"


def database() -> None:
    from django.contrib.auth import get_user_model
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_content")
    give_second_step(get_user_model().objects.create_superuser(ADMIN, email="admin@localhost", password=ADMIN_PASSWORD))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    django.setup()
    {"database": database, "static": static}[sys.argv[1]]()
