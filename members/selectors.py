"""Reading the languages of help."""


def languages_of_help() -> list:
    """The published languages in their order, the original first as the editors have put it; one query."""
    from members.models import LanguageHelp  # whose pages show them

    return list(LanguageHelp.objects.filter(live=True))
