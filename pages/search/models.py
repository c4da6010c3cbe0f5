"""What the search looks in: one row for each published page and language."""

from django.conf import settings
from django.db import models
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin


class SearchEntryQuerySet(SearchableQuerySetMixin, models.QuerySet):
    pass


class SearchEntry(index.Indexed, models.Model):
    """A page's text in one language. The `…_terms` are what the index holds, as pages/search/analysis.py makes them."""

    page = models.ForeignKey("pages.SitePage", on_delete=models.CASCADE, related_name="search_entries")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(max_length=160)
    body = models.TextField()
    title_terms = models.TextField()
    body_terms = models.TextField()

    objects = SearchEntryQuerySet.as_manager()
    search_fields = [
        index.SearchField("title_terms"),
        index.SearchField("body_terms"),
        index.SearchField("title_marks"),
        index.SearchField("language_term"),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="one_search_entry_per_page_and_language")]

    def __str__(self):
        return f"{self.title} ({self.language})"

    @staticmethod
    def term_of_language(code: str) -> str:
        """By this term the index tells languages apart: "inlanguagezhhant"."""
        return f"inlanguage{code.replace('-', '')}"

    @staticmethod
    def term_of_title(term: str) -> str:
        """By this term the index knows that a term stands in a title."""
        return f"intitle{term}"

    @property
    def title_marks(self) -> str:
        return " ".join(map(self.term_of_title, self.title_terms.split()))

    @property
    def language_term(self) -> str:
        return self.term_of_language(self.language)
