"""What the search answers to the questions of search_questions.py and search_misspelt.py: in this process, or by
`python -m tests.pages.search_answers` on another database.
"""

import json
import sys

from django.test.utils import override_settings

from tests.pages.search_misspelt import MISSPELT
from tests.pages.search_questions import QUESTIONS


@override_settings(SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS=True)
def answers() -> dict:
    """For each language and question, on a site that shows all its translations: the paths of the first twenty pages, their languages and
    snippets, and the keys of the lines; and the suggestions. Its index is made anew for that, and put back.
    """
    from django.core.management import call_command
    from django.db import transaction

    with transaction.atomic():
        try:
            call_command("rebuild_search", stdout=sys.stderr)
            return _answers()
        finally:
            transaction.set_rollback(True)


def _answers() -> dict:
    from django.utils import translation

    from lacare_site import addresses
    from pages.search import lines, questions, selectors, suggestions

    found = {}
    for language, asked in QUESTIONS.items():
        with translation.override(language):
            of_language = found[language] = {}
            for question, *_expected in asked:
                text = questions.clean(question)
                hits = selectors.find(text, language).hits
                shown = selectors.results(hits[:20], language)
                of_language[question] = {
                    "paths": [addresses.split_language(result.url)[1] for result in shown],
                    "languages": [result.language for result in shown],
                    "snippets": [result.snippet for result in shown],
                    "lines": [line.key for line in lines.for_question(questions.parse(text, language), hits).lines],
                }
            for question, _suggestion in MISSPELT.get(language, ()):
                unknown = selectors.find(question, language).unknown
                of_language[question] = suggestions.corrected(questions.parse(question, language), unknown) if unknown else ""
    return found


if __name__ == "__main__":
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    if not connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_content", stdout=sys.stderr)
    print(json.dumps(answers()))
