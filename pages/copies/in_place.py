"""What the copies of a page give in place of the form that stands on it: a form cannot be filled in on paper or in plain text.

Apps whose form has words of its own for it, such as all its answers, register them in their `ready`. Of any other form of the intake
the copies say where it is filled in and which line helps whoever cannot.
"""

from collections.abc import Callable

from lacare_site.intake import registry
from pages.contacts import selectors as contacts

LEFT_OUT = "copies/form.html"

_words: dict[str, tuple[str, Callable[[], dict]]] = {}


def register(path: str, template: str, known: Callable[[], dict]) -> None:
    """For the page at this English path: a template that extends `page_template`, and what gives its context."""
    _words[path] = (template, known)


def of(path: str) -> tuple[str, dict] | None:
    """(template, its context) for the page at this English path; None where no form stands on it."""
    if path in _words:
        template, known = _words[path]
        return template, known()
    kind = next((kind for kind in registry.kinds() if kind.path == path), None)
    return (LEFT_OUT, {"lines_of_form": contacts.lines_of(kind.lines)}) if kind else None
