"""A question path on paper and in plain text, where nothing can be chosen: its questions, and its rules as a list to look an answer up in."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pages import links
from pages.contacts import selectors as contacts

from .tables import Chosen, QuestionPath, Rule, worded

TEMPLATE = "members/questions/copy.html"


@dataclass(frozen=True)
class Case:
    """One rule of those with the same answer: what only it asks for and says ("" and none where it stands alone), and its lines."""

    choice: str
    text: list[str]
    lines: list


@dataclass(frozen=True)
class Found:
    """An answer for its `conditions`, as (question, what is chosen)."""

    conditions: list[tuple[str, str]]
    heading: str
    text: list[str]
    bring: list[str]
    cases: list[Case]
    pages: list[links.LinkedPage]


def known(path: QuestionPath) -> dict:
    """What the template shows: `path`, its `questions` as (question, hint, choices), its `answers` in the order of the rules."""
    questions = [
        (worded(question.text), worded(question.hint), [worded(words) for _key, words in question.choices])
        for question in path.questions
    ]
    return {"path": path, "questions": questions, "answers": list(_answers(path))}


def _answers(path: QuestionPath) -> Iterator[Found]:
    pages = links.at_paths({page for rule in path.rules for page in rule.answer.pages})
    first = path.questions[0].key
    for _same, group in groupby(path.rules, key=lambda rule: _what_is_shared(rule, first)):
        rules = list(group)
        is_alone = len(rules) == 1
        answer = rules[0].answer
        shared = [text for text in answer.text if all(text in rule.answer.text for rule in rules)]
        yield Found(
            conditions=_in_words(path, _asked(path, rules[0]) if is_alone else _without(rules[0].when, first)),
            heading=worded(answer.heading),
            text=[worded(text) for text in shared],
            bring=[worded(text) for text in answer.bring],
            cases=[
                Case(
                    choice="" if is_alone or first not in rule.when else _in_words(path, {first: rule.when[first]})[0][1],
                    text=[worded(text) for text in rule.answer.text if text not in shared],
                    lines=contacts.lines_of(rule.answer.lines),
                )
                for rule in rules
            ],
            pages=[pages[page] for page in answer.pages if page in pages],
        )


def _what_is_shared(rule: Rule, first: str) -> tuple:
    """Rules that follow each other stand together where they differ by the first question, its lines and a sentence at most."""
    answer = rule.answer
    return _without(rule.when, first), str(answer.heading), [str(text) for text in answer.bring], answer.pages


def _without(when: dict, key: str) -> dict:
    return {question: choices for question, choices in when.items() if question != key}


def _asked(path: QuestionPath, rule: Rule) -> dict[str, tuple[str, ...]]:
    """What the rule asks for; of one that asks for nothing, what is left for it by the others."""
    if rule.when:
        return dict(rule.when)
    left: list[Chosen] = [chosen for chosen in path.all_choices() if path.answer_to(chosen) is rule.answer]
    return {question.key: tuple(dict.fromkeys(chosen[question.key] for chosen in left)) for question in path.questions}


def _in_words(path: QuestionPath, when: dict) -> list[tuple[str, str]]:
    return [
        (worded(question.text), " / ".join(worded(words) for key, words in question.choices if key in when[question.key]))
        for question in path.questions
        if question.key in when
    ]
