"""`manage.py write_error_pages`: writes the pages 500 and 503 in every language; part of every start, after collectstatic."""

from django.core.management.base import BaseCommand

from pages import error_pages


class Command(BaseCommand):
    help = "Writes the error pages that are served without database."

    def handle(self, *args, **options):
        error_pages.write()
