"""What a question path consists of. Words are gettext's; plans are named as %(medi_cal)s, by their keys in lacare_site/organisation.py."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lacare_site.organisation import ORGANISATION

MOST_QUESTIONS = 3
PLAN_NAMES = {key.replace("-", "_"): name for key, name in ORGANISATION.plans}
# The note of every path about coverage: we decide nothing here, and promise nothing.
NO_PROMISE = _("This is no decision and no promise. Only applying shows for certain whether you qualify.")

Chosen = Mapping[str, str]  # the key of the choice by the key of its question


def worded(text) -> str:
    """The text in the active language, with the names of the plans in it."""
    return str(text) % PLAN_NAMES


@dataclass(frozen=True)
class Question:
    """`choices` are (key, words) in the order shown; what is sent is a choice's place among them, from 1 on."""

    key: str
    text: str
    choices: tuple[tuple[str, str], ...]
    hint: str = ""


@dataclass(frozen=True)
class Source:
    """The page of this site that states what an answer rests on, by its English path; `as_of` is the day on which somebody compared the
    two, and from `review_on` on the answer says that it is being checked."""

    page: str
    as_of: date
    review_on: date

    @property
    def is_being_checked(self) -> bool:
        return self.review_on <= timezone.localdate()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`bring` is what to have ready, `lines` are keys of the contacts registry, `pages` English paths of what to read next."""

    heading: str
    text: tuple[str, ...]
    bring: tuple[str, ...]
    lines: tuple[str, ...]
    pages: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Rule:
    """`when` names the choices that it asks for, by question; a question that it does not name may have any answer."""

    when: Mapping[str, tuple[str, ...]]
    answer: Answer

    def holds(self, chosen: Chosen) -> bool:
        return all(chosen[question] in choices for question, choices in self.when.items())


@dataclass(frozen=True, kw_only=True)
class QuestionPath:
    """The questions of the page at an English `path`; of the `rules` the first that holds has the answer. `note` stands under every answer."""

    key: str
    path: str
    title: str
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    note: str = ""

    def answer_to(self, chosen: Chosen) -> Answer:
        """Raises LookupError where no rule holds, which checks.py rules out."""
        for rule in self.rules:
            if rule.holds(chosen):
                return rule.answer
        raise LookupError(f"{self.key} has no answer to {dict(chosen)}.")

    def all_choices(self) -> Iterator[Chosen]:
        """Everything that can be chosen."""
        keys = [question.key for question in self.questions]
        for chosen in product(*([key for key, _words in question.choices] for question in self.questions)):
            yield dict(zip(keys, chosen, strict=True))
