"""The repository as a whole: what lies where, how large it is, and what must not stand in it."""

import re

from tests.architecture.repository import ROOT, files, hits

TOP_LEVEL = {
    *("manage.py", "pyproject.toml", "README.md", "LICENSE", "Makefile", "requirements", ".ci", "deploy"),
    *("lacare_site", "pages", "providers", "members", "compliance", "templates", "static", "locale", "tests"),
    *(".gitignore", ".gitattributes", ".editorconfig", ".readme"),  # the last holds the README's picture
}
MOST_LINES = 400
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|(?i:lorem ipsum|coming soon|not implemented)")  # "todo" is Spanish

# The plan's own names stand in one place, and in what it publishes.
PLAN = re.compile(r"L\.\s?A\.\s?Care|\bLA Care\b|Local Initiative|7th Street|America/Los_Angeles")
PLANS_OWN = ("lacare_site/organisation.py", "pages/content/", "members/content/", "tests/")


def test_only_the_known_names_at_the_top():
    assert {path.relative_to(ROOT).parts[0] for path in files()} <= TOP_LEVEL


def test_code_and_templates_do_not_name_the_plan():
    paths = files("*.py", "*.yaml", "templates/*", "static/*.svg", "static/*.css", "static/*.js", "locale/*.po")
    assert not hits(PLAN, [path for path in paths if not str(path.relative_to(ROOT)).startswith(PLANS_OWN)])


def test_locks_hold_no_address():
    assert not hits(re.compile("://"), files("requirements/*.txt"))


def test_files_have_one_subject():
    paths = [path for path in files("*.py", "*.html", "*.css", "*.js") if not {"migrations", "vendor"} & set(path.parts)]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert not {name: length for name, length in lengths.items() if length > MOST_LINES}


def test_nothing_is_left_unfinished():
    paths = [path for path in files("*.py", "*.html", "*.css", "*.js", "*.md") if "vendor" not in path.parts]
    assert not hits(UNFINISHED, [path for path in paths if path.parent != ROOT / "tests" / "architecture"])
