"""Wagtail's search in the database, named by the settings, without what would read the whole index each time that a page is published."""

from wagtail.search.backends import database


def SearchBackend(params):
    """Called so by Wagtail."""
    backend = database.SearchBackend(params)
    backend.index_class = type("Index", (_WithoutAverages, backend.index_class), {})
    return backend


class _WithoutAverages:
    def _refresh_title_norms(self, full=False):
        """With each entry that is written, Wagtail compares the length of titles with the average of all entries, to rank them.

        Neither the pages' search (ranking.py) nor the admin's, which completes words, asks for that; `update_index` does it still.
        """
        if full:
            super()._refresh_title_norms(full=True)
