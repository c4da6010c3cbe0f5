"""Reading documents by series."""

from lacare_site import languages

from .models import PlanDocument


def current_of_series(series: str) -> list[PlanDocument]:
    """The newest edition in each language, in the order of the languages."""
    newest: dict[str, PlanDocument] = {}
    for document in PlanDocument.objects.filter(series=series).order_by("-edition", "-created_at"):
        newest.setdefault(document.language, document)
    return [newest[language.code] for language in languages.LANGUAGES if language.code in newest]


def series_choices() -> list[tuple[str, str]]:
    names = PlanDocument.objects.exclude(series="").order_by("series").values_list("series", flat=True).distinct()
    return [(name, name.replace("-", " ").capitalize()) for name in names]
