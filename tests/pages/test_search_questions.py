"""What people ask, and what they must find first: the same on PostgreSQL and on SQLite."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from lacare_site import languages
from tests.harness import clones
from tests.harness.local_start import kept
from tests.pages.search_answers import answers
from tests.pages.search_misspelt import MISSPELT
from tests.pages.search_questions import QUESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def on_postgresql(django_db_setup, django_db_blocker):
    """Asked once in a run: whichever process comes first keeps the answers for the others."""
    known = clones.folder() / "search-answers.json"
    with clones.lock("search-answers"), django_db_blocker.unblock():
        if not known.exists():
            known.write_text(json.dumps(answers()))
    return json.loads(known.read_text())


def cases(by_language: dict) -> list[tuple]:
    return [(language, *case) for language, cases in by_language.items() for case in cases]


def test_every_language_is_asked_in():
    assert set(QUESTIONS) == set(languages.BY_CODE)


@pytest.mark.parametrize(("language", "question", "path", "line"), cases(QUESTIONS))
def test_the_right_page_and_line_come_first(on_postgresql, language, question, path, line):
    answer = on_postgresql[language][question]
    assert path is None or answer["paths"][0] == path, answer["paths"][:5]
    assert (answer["lines"] or [""])[0] == line, answer["lines"]


@pytest.mark.parametrize("language", QUESTIONS)
def test_english_pages_follow_those_of_the_language(on_postgresql, language):
    for question, *_expected in QUESTIONS[language]:
        shown = on_postgresql[language][question]["languages"]
        assert shown == sorted(shown, key=lambda code: code != language) and set(shown) <= {language, "en"}


@pytest.mark.parametrize(("language", "question", "suggestion"), cases(MISSPELT))
def test_a_misspelt_word_is_helped(on_postgresql, language, question, suggestion):
    assert on_postgresql[language][question] == suggestion


@pytest.mark.audit
def test_sqlite_answers_alike(on_postgresql, tmp_path):
    if kept().exists():
        shutil.copy(kept(), tmp_path / "site.sqlite3")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
        "LACARE_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lacare_site.settings.test",
    }
    command = [sys.executable, "-m", "tests.pages.search_answers"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == on_postgresql


def test_the_line_of_a_named_plan_stands_alone(on_postgresql):
    from pages.search import lines, questions

    found = lines.for_question(questions.parse("medi-cal nurse line", "en"))
    assert [line.key for line in found.lines] == ["medi-cal"]
    assert not found.are_by_plan


def test_lines_of_all_plans_are_shown_where_none_is_named(on_postgresql):
    assert on_postgresql["en"]["nurse line"]["lines"] == ["medi-cal", "covered", "medicare-plus", "pasc-seiu"]
