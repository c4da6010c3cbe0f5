"""`manage.py load_content`: publishes the starting content; safe to repeat, and quick when nothing has changed."""

from django.core.management.base import BaseCommand, CommandError

from pages.content import registry
from pages.content.loader.data import DataLoader
from pages.content.loader.files import ContentError
from pages.content.loader.pages import PageLoader
from pages.content.loader.records import Records
from pages.translations import ledger
from pages.translations.models import Translation


class Command(BaseCommand):
    help = "Loads the starting content of pages/content. Never touches what an editor has changed."

    def handle(self, *args, **options):
        records = Records()
        pages = PageLoader(records, report=self._report)
        data = DataLoader(records, pages)
        self.count = 0
        try:
            # What this repository brings in other languages, nobody qualified has reviewed: the ledger says so.
            with ledger.publishing(origin=Translation.Origin.MACHINE):
                pages.add_addresses()
                data.load_what_texts_name()
                pages.publish_texts()
                data.load_what_names_pages()
                for load in registry.data_loaders:
                    load(records)
        except ContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Content: {records.loaded} loaded, {records.unchanged} up to date, {records.kept} left as editors have made them."
        )

    def _report(self, path: str) -> None:
        self.count += 1
        if self.count % 20 == 0:
            self.stdout.write(f"  {self.count} pages", ending="\n")
            self.stdout.flush()
