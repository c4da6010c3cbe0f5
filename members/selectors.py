"""Reading the languages of help."""

from django.db.models import QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from lacare_site import languages


def with_reviews() -> QuerySet:
    """All languages of help, each with its review and with the English that the review is of; one query."""
    from members.models import LanguageHelp  # whose pages show them

    english = LanguageHelp.objects.filter(code=languages.DEFAULT).values("notice")[:1]
    return LanguageHelp.objects.select_related("review").annotate(
        english_notice=Coalesce(Subquery(english), Value(""), output_field=TextField())
    )


def languages_of_help() -> list:
    """The published languages in their order, the original first as the editors have put it; one query."""
    return list(with_reviews().filter(live=True))
