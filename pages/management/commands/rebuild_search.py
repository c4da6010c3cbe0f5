"""`manage.py rebuild_search`: makes the search's entries anew, after a change of how texts are analysed."""

from django.core.management.base import BaseCommand

from pages.search import services


class Command(BaseCommand):
    help = "Makes the search's entries of all published pages anew."

    def handle(self, *args, **options):
        pages = services.all_pages()
        for page_id in pages:
            services.index_page(page_id)
        self.stdout.write(f"Search: {len(pages)} pages read.")
