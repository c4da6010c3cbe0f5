"""`manage.py make_many_pages 10000`: fills a site of tests or benchmarks with pages, to see that nothing grows with their number."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from pages.content import many_pages


class Command(BaseCommand):
    help = "Adds numbered copies of the site's pages, in all languages, until it has so many. They cannot be told from real ones: not in production."

    def add_arguments(self, parser):
        parser.add_argument("pages", type=int, help="How many pages the site is to have.")

    def handle(self, *args, **options):
        if not settings.MANY_PAGES_MAY_BE_MADE:
            raise CommandError(
                "This site is not for tests: its visitors would find thousands of copies of its pages. "
                "Only under the settings for tests or for one's own machine can many pages be made."
            )
        begin = time.monotonic()
        added = many_pages.fill(options["pages"])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # else the database plans its queries for a small site
        self.stdout.write(f"{added} pages added in {time.monotonic() - begin:.0f} seconds.")
