"""What members, providers and reporters read is marked for translation, so that the catalogues know of it."""

import ast
import re
from html.parser import HTMLParser

import pytest

from tests.architecture.repository import ROOT, files

# What only the staff reads is English: the admin, the desks, the sign-in, and what the site mails to officers. So is what goes to the state.
FOR_STAFF = re.compile(
    r"templates/(casework|compliance/casework|security|wagtailadmin)/|/admin/"
    r"|emails/(application_new|case_digest|case_escalated|case_moved|compliance_digest|copy_request_new|grievance_new"
    r"|information_request_new|page_report_digest|password_reset|second_step_reset)\.txt|letters/grievance_statement\.txt"
)
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment\b.*?%\}.*?\{% endcomment %\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktrans(?:late)?\b.*?%\}.*?\{% endblocktrans(?:late)? %\}|\{% trans(?:late)?\b.*?%\}", re.DOTALL)
CLASSES = re.compile(r"\{% block \w+_class %\}.*?\{% endblock", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
GIVEN = re.compile(r"(?<!_\()\"([^\"]*)\"|(?<!_\()'([^']*)'")
READ_ATTRIBUTES = {"aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt", "label"}
SAME_IN_ALL = re.compile(r"SHA-256")
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LETTERS = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"[A-Z][a-z]+(\W|$)|\b[A-Z] [a-z]|\w+ \w+ \w+")

PUBLIC_FORMS = (
    "providers/*.py",
    "lacare_site/intake/*.py",
    "compliance/intake/*.py",
    "compliance/follow_up/*.py",
    "compliance/words.py",
    "compliance/hints.py",
    "compliance/metadata/trace.py",
    "members/forms.py",
    "members/cards.py",
    "members/copy_request/*.py",
    "members/grievance/*.py",
    "members/questions/*.py",
    "pages/page_reports/forms.py",
    "pages/page_reports/models.py",
)
STAFF_FILES = {"desk.py", "models.py"}  # what only staff read stays English
WRAPPERS = {"format_html", "mark_safe", "str"}
READ_ARGUMENTS = {"label", "help_text", "message", "empty_label", "error_messages"}


class Texts(HTMLParser):
    """The texts of a template whose tags are taken out: (line, text) for each that people read, save what says itself that it is
    English in all languages (`lang="en"`)."""

    def __init__(self):
        super().__init__()
        self.found, self.open = [], []

    def handle_starttag(self, tag, attributes):
        self.handle_startendtag(tag, attributes)
        if tag not in VOID:
            self.open.append((tag, tag in ("script", "style") or ("lang", "en") in attributes))

    def handle_startendtag(self, tag, attributes):
        if ("lang", "en") not in attributes:
            for name, value in attributes:
                if name in READ_ATTRIBUTES or (name.startswith("data-") and SENTENCE.search(value or "")):
                    self.handle_data(value or "")

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(is_skipped for _, is_skipped in self.open):
            self.found.append((self.getpos()[0], data))


def unmarked_in_template(text: str) -> list[str]:
    """The texts of a template that no tag translates, each as "line: text"; what a tag or filter is given counts as well."""

    def lines(match):
        return " " + "\n" * match[0].count("\n")

    for pattern in (TEMPLATE_COMMENT, TRANSLATED, CLASSES):
        text = pattern.sub(lines, text)
    found = []
    for tag in TAG.finditer(text):
        if not tag[0].startswith(("{% load", "{% extends")):
            given = ["".join(pair) for pair in GIVEN.findall(tag[0])]
            found += [(text.count("\n", 0, tag.start()) + 1, word) for word in given if SENTENCE.search(word)]
    parser = Texts()
    parser.feed(TAG.sub(lines, text))
    parser.close()
    found += [(line, word) for line, word in parser.found if LETTERS.search(SAME_IN_ALL.sub("", word))]
    return [f"{line}: {' '.join(word.split())}" for line, word in sorted(found)]


def unmarked_in_python(text: str) -> list[str]:
    """The texts of forms, choices and refusals that no gettext function has, each as "line: text"."""
    tree, found = ast.parse(text), []
    constants = {
        id(node.value) for node in tree.body if isinstance(node, ast.Assign)
    }  # of a module: ROLES = ("PCP", "Specialist")
    for node in ast.walk(tree):
        read, pattern = [], SENTENCE
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            read = [argument.value for argument in node.keywords if argument.arg in READ_ARGUMENTS]
            read += node.args[:1] if name == "ValidationError" else node.args[1:2] if name == "add_error" else []
            pattern = LETTERS
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and id(node) not in constants:
            read = node.elts[1:]
        elif isinstance(node, ast.Dict):
            read = node.values
        found += [(part.lineno, ast.unparse(part)) for part in read if any(map(pattern.search, _bare(part)))]
    return [f"{line}: {text}" for line, text in sorted(found)]


def _bare(node: ast.expr) -> list[str]:
    """The strings that this expression is made of, without those handed to a function, such as gettext."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Call):  # "…".format(…), format_html("…")
        if isinstance(node.func, ast.Attribute):
            return _bare(node.func.value)
        return _bare(node.args[0]) if node.args and getattr(node.func, "id", "") in WRAPPERS else []
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in _bare(value)]
    if isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.BinOp | ast.IfExp | ast.BoolOp):
        return [text for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) for text in _bare(child)]
    return []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Call us</p>",
        "<p>{{ count }} files</p>",
        '<a href="/" aria-label="Home">{{ icon }}</a>',
        '<img alt="{% if x %}A card{% endif %}">',
        '<form data-broken="The connection broke.">',
        '{% include "components/help.html" with title="Call us" %}',
        '{{ name|default:"Nobody" }}',
    ],
)
def test_an_unmarked_text_in_a_template_is_seen(text):
    assert unmarked_in_template(text)


@pytest.mark.parametrize(
    "text",
    [
        'raise ValidationError("Choose one.")',
        'raise ValidationError(f"Choose {number}.", code="few")',
        'raise forms.ValidationError(["Choose one."])',
        'self.add_error("name", "Too long")',
        'name = forms.CharField(label="Name")',
        'name = forms.CharField(label=_("Name"), help_text="As " + "signed")',
        'name = forms.CharField(error_messages={"required": "Missing"})',
        'choices = [("a", "A clinic"), ("b", _("A hospital"))]',
        'WORDS = {Kind.CLINIC: "A clinic"}',
        'class Kind(TextChoices):\n    CLINIC = "a", "A clinic"',
    ],
)
def test_an_unmarked_text_in_python_is_seen(text):
    assert unmarked_in_python(text)


def test_what_is_marked_or_no_text_is_no_fault():
    assert not unmarked_in_template(
        '<p class="a b">{% translate "Call us" %} {% blocktranslate %}Call {{ x }}{% endblocktranslate %} · SHA-256</p>'
        '{% include "a.html" with title=_("Call us") %}<p lang="en">TTY</p><img alt=""><i data-kind="news"></i>'
    )
    assert not unmarked_in_python(
        'raise ValidationError(_("Choose %s.") % name, code="few")\nname = CharField(label=_("Name"), choices=[("a", _("A"))])'
    )


def test_templates_that_the_public_sees_mark_their_texts():
    paths = [path for path in files("templates/*.html", "templates/*.txt") if not FOR_STAFF.search(str(path.relative_to(ROOT)))]
    found = {str(path.relative_to(ROOT)): unmarked_in_template(path.read_text(encoding="utf-8")) for path in paths}
    assert len(paths) > 100
    assert not {name: texts for name, texts in found.items() if texts}


def test_public_forms_mark_their_texts():
    paths = [path for path in files(*PUBLIC_FORMS) if "migrations" not in path.parts and path.name not in STAFF_FILES]
    found = {str(path.relative_to(ROOT)): unmarked_in_python(path.read_text(encoding="utf-8")) for path in paths}
    assert len(paths) > 50
    assert not {name: texts for name, texts in found.items() if texts}
