"""The rules of a path lead from everything that can be chosen to an answer, and every rule is of use."""

from collections import Counter
from collections.abc import Iterator

from django.core import checks

from .paths import PATHS
from .tables import MOST_QUESTIONS, QuestionPath


def check_paths(app_configs, **_kwargs) -> list[checks.CheckMessage]:
    return [
        checks.Error(f"Question path {path.key}: {fault}", id="members.E001") for path in PATHS.values() for fault in faults(path)
    ]


def faults(path: QuestionPath) -> Iterator[str]:
    """A sentence for each fault."""
    if not 1 <= len(path.questions) <= MOST_QUESTIONS:
        yield f"it has {len(path.questions)} questions."
    choices = {question.key: [key for key, _words in question.choices] for question in path.questions}
    for key, count in Counter(question.key for question in path.questions).items():
        if count > 1 or len(set(choices[key])) < len(choices[key]):
            yield f"a key of the question {key} stands twice."
    unknown = {
        f"{question}={choice}"
        for rule in path.rules
        for question, named in rule.when.items()
        for choice in named
        if choice not in choices.get(question, ())
    }
    if unknown:
        yield f"no question has {', '.join(sorted(unknown))}."
        return
    firsts = Counter()
    for chosen in path.all_choices():
        first = next((number for number, rule in enumerate(path.rules, 1) if rule.holds(chosen)), None)
        if first is None:
            yield f"there is no answer to {chosen}."
        firsts[first] += 1
    for number, rule in enumerate(path.rules, 1):
        if not firsts[number]:
            yield f"rule {number} ({rule.answer.heading}) never comes to hold."
        if not rule.answer.lines or not rule.answer.bring or not rule.answer.pages:
            yield f"the answer of rule {number} names no line, nothing to have ready or no page."
