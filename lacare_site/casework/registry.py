"""The kinds of cases. Apps that bring one register it in their `ready`; casework knows none of them by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.checks import Error
from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst

from lacare_site import languages
from lacare_site.casework import limits
from lacare_site.casework.limits import Limit, Unit
from lacare_site.casework.models import Case, CaseEvent
from lacare_site.casework.workflow import ANSWER, AUDITOR, DECIDER, REVIEWER, Clock, Workflow
from lacare_site.security import roles

INTAKE_ROLES = {REVIEWER: roles.INTAKE_REVIEWER, DECIDER: roles.INTAKE_DECISION_MAKER, AUDITOR: roles.AUDITOR}
RULES = ("answer_within", "retention_years", "draft_days")
TO_FILL_IN = "[…]"  # what staff have to write in a letter themselves


@dataclass(frozen=True)
class Letter:
    """A letter to the sender: templates/letters/<key>.txt, rendered with `case`, `subject`, `kind`, `last_step` (the event of the last
    transition), `today`, `to_fill_in` and `organisation` in the kind's `letter_language`, or in a
    `language` of its own, where somebody else is to read it, too.

    It is offered in `stages` (none: in all of them), and there where `is_offered(case)`. `mails` names the mail that says there is
    something to read. `context(case)` gives what its template knows beyond that, in the letter's language.
    """

    key: str
    label: str
    stages: tuple[str, ...] = ()
    mails: str = ""
    context: Callable[[Case], Mapping] = lambda case: {}
    is_offered: Callable[[Case], bool] = lambda case: True
    language: str = ""


@dataclass(frozen=True)
class Facet:
    """What a desk's list is narrowed down by, and its statistics are broken down by: a lookup from Case, and its values with their
    words."""

    key: str
    label: str
    lookup: str
    choices: Callable[[], Iterable[tuple[str, str]]]


LANGUAGE = Facet("language", "Language", "language", languages.choices)
URGENCY = Facet("urgency", "Urgency", "urgency", lambda: [("urgent", "Urgent"), ("not-urgent", "Not urgent")])


@dataclass(frozen=True, kw_only=True)
class CaseKind:
    """What is particular to one kind of case.

    `model` is the table of what was sent in, with `case = OneToOneField(Case)`. `summary` says in a few words what a case is about;
    `search_fields` are lookups from Case, such as "informationrequest__organisation". `export_columns` are headings with what gives
    the cell. `desk_roles` says who works at its desk. `actions` are forms of its own on the case's page: what a
    form names as its action is called with the case, the account and what was posted, and gives the sentence that says what was done,
    or raises services.Refused. `purge` is called in the transaction that deletes a case, before it does; `moved` after each
    transition, in its transaction, with the event that tells of it. `letter_language(case)` is the code of the language of its letters;
    `enclosed(case)` is HTML that is printed below each of them. `mailbox_setting` names the setting of the mailbox that hears of what nobody
    has.
    Limits of the `clocks` and retention stand in the setting CASE_RULES under `key`.
    """

    key: str
    prefix: str
    name: str
    plural: str
    workflow: Workflow
    model: type[models.Model]
    summary: Callable[[Case], str]
    detail_template: str
    export_columns: tuple[tuple[str, Callable[[Case], object]], ...] = ()
    search_fields: tuple[str, ...] = ()
    desk_roles: Mapping[str, roles.Role] = field(default_factory=lambda: INTAKE_ROLES)
    clocks: tuple[Clock, ...] = (ANSWER,)
    facets: tuple[Facet, ...] = ()
    letters: tuple[Letter, ...] = ()
    mailbox_setting: str = "STAFF_MAILBOX"
    letter_language: Callable[[Case], str] = lambda case: case.language
    enclosed: Callable[[Case], str] = lambda case: ""
    actions: Mapping[str, Callable[[Case, object, QueryDict], str]] = field(default_factory=dict)
    purge: Callable[[Case], None] | None = None
    moved: Callable[[Case, CaseEvent], None] | None = None
    icon: str = "doc-full"

    @property
    def title(self) -> str:
        """Its plural as a heading."""
        return capfirst(self.plural)

    @property
    def mailbox(self) -> str:
        return getattr(settings, self.mailbox_setting)

    def clock(self, key: str) -> Clock:
        return next(clock for clock in self.clocks if clock.key == key)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Those of its clocks: the setting's "clocks", or the one that "answer_within" business days stand for."""
        rules = settings.CASE_RULES[self.key]
        if "clocks" in rules:
            return rules["clocks"]
        return (Limit(clock=ANSWER.key, count=rules["answer_within"], unit=Unit.BUSINESS_DAYS),)

    def limit(self, clock: Clock, day: date, track: str = "", *, is_urgent: bool = False) -> Limit | None:
        """What a clock of a case received on that day is measured by; None where nothing asks for it."""
        return limits.find(self.limits, clock.key, day, track, is_urgent=is_urgent)

    @property
    def knows_urgency(self) -> bool:
        """Whether an urgent case of this kind has less time."""
        return any(limit.is_urgent for limit in self.limits)

    @property
    def counted_by(self) -> tuple[Facet, ...]:
        """What its statistics are broken down by: its facets, and whether a case is urgent by now."""
        return (*self.facets, URGENCY) if self.knows_urgency else self.facets

    @property
    def retention_years(self) -> int:
        return settings.CASE_RULES[self.key]["retention_years"]

    @property
    def draft_days(self) -> int:
        return settings.CASE_RULES[self.key]["draft_days"]

    def letters_for(self, case: Case) -> list[Letter]:
        """The letters that a case may be sent as it stands."""
        return [
            letter for letter in self.letters if (not letter.stages or case.stage in letter.stages) and letter.is_offered(case)
        ]

    def language_of(self, letter: Letter, case: Case) -> str:
        """The code of the language in which a case gets that letter."""
        return letter.language or self.letter_language(case)

    @property
    def accessor(self) -> str:
        """The attribute of a case that holds what was sent in."""
        return self.model._meta.get_field("case").remote_field.get_accessor_name()

    def cases(self):
        """All cases of this kind, each with what was sent in, whom it is assigned to, and its `urgency`, a value of that facet."""
        urgency = models.Case(models.When(urgent_at=None, then=models.Value("not-urgent")), default=models.Value("urgent"))
        return Case.objects.filter(kind=self.key).select_related("assigned_to", self.accessor).annotate(urgency=urgency)

    def subject(self, case: Case) -> models.Model:
        return getattr(case, self.accessor)


_kinds: dict[str, CaseKind] = {}


def register(kind: CaseKind) -> None:
    """Raises ValueError for a key or prefix that another kind has."""
    if kind.key in _kinds or kind.prefix in {other.prefix for other in _kinds.values()}:
        raise ValueError(f"The key or prefix of {kind.key} is taken.")
    _kinds[kind.key] = kind


def unregister(key: str) -> None:
    del _kinds[key]


def get(key: str) -> CaseKind:
    """Raises KeyError for an unknown key."""
    return _kinds[key]


def kinds() -> list[CaseKind]:
    return list(_kinds.values())


def check_rules(app_configs=None, **_kwargs) -> list[Error]:
    """The system check: no kind of case without a limit for each of its clocks, and a time of retention."""
    errors = []
    for kind in _kinds.values():
        rules = settings.CASE_RULES.get(kind.key, {})
        for name in [name for name in RULES if name != "answer_within" or "clocks" not in rules]:
            least = 0 if name == "draft_days" else 1
            if not isinstance(rules.get(name), int) or rules[name] < least:
                errors.append(_error(f"CASE_RULES[{kind.key!r}] has no {name!r} of at least {least}."))
        if "clocks" in rules and {limit.clock for limit in rules["clocks"]} != {clock.key for clock in kind.clocks}:
            errors.append(_error(f"CASE_RULES[{kind.key!r}]['clocks'] does not name the clocks of the kind."))
    return errors


def _error(message: str) -> Error:
    return Error(message, hint="See lacare_site/settings/production.py.", id="casework.E001")
