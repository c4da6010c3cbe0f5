"""What the public sees of each kind of case: its name, its stages in plain words, the pages that it belongs to.

Apps that bring a form register it in their `ready`; intake knows none of them by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lacare_site.casework import clocks
from lacare_site.casework import registry as casework
from lacare_site.casework.models import Case
from lacare_site.casework.workflow import ANSWER

from .drafts import DraftForm
from .models import Draft

ANSWER_BY = _("You get an answer by")


@dataclass(frozen=True)
class PublicStage:
    """`name` and one sentence of what it means for the sender."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Promise:
    """`what` the sender hears until `when`, in words; `is_open` while both lie ahead. `is_late` if the end of the case was promised, and
    should be there by now."""

    what: str
    when: str
    is_open: bool
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class FormKind:
    """`key` is that of a registered CaseKind. `path` is the English path of the form's page, below which all its pages lie; `page_at` gives the page at an English path,
    published and ready to be shown, or None where there is none. `thanks` is the heading of a receipt; `receipt_lines` are further lines of it, as (label, value). `promises` says by the keys of clocks what the sender hears until then: as what is
    due, and as what the plan means to do, where nobody has read the rule yet (Limit.is_checked). `withdrawal` is the key of the
    transition by which the sender takes the case back, "" where there is none; `answered` that which follows once every deficiency has its answer. `draft` is there for a form of several
    steps.

    `about(owner)` gives what the pages of a draft or a case say by what stands in it, for templates `about`: `above` is one that stands at the top of each of these pages, `below` one
    at the end of what is reviewed, of a receipt and of the status, "" for none. `takes_personal_numbers` is for forms that are about a person, and sealed: answers to what staff ask may
    hold any number. `lines` are the keys of the telephone lines for whoever cannot use the form."""

    key: str
    name: str
    path: str
    page_at: Callable[[str], object | None]
    stages: Mapping[str, PublicStage]
    thanks: str
    next_steps: tuple[str, ...]
    receipt_lines: Callable[[Case], list[tuple[str, str]]] = lambda case: []
    promises: Mapping[str, tuple[str, str]] = field(default_factory=lambda: {ANSWER.key: (ANSWER_BY, ANSWER_BY)})
    about: Callable[[Draft | Case], Mapping] = lambda owner: {}
    above: str = ""
    below: str = ""
    takes_personal_numbers: bool = False
    withdrawal: str = ""
    draft: DraftForm | None = None
    answered: str = ""
    lines: tuple[str, ...] = ()

    def page(self) -> object | None:
        """The form's own page; None while it is not live, so that nobody can begin."""
        return self.page_at(self.path)

    def place(self) -> object:
        """The page that the pages below the form's own show themselves under: its own or, while that is not live, the nearest one above
        it. Nobody's draft or case is out of reach. Raises Http404 where not even the home page is live."""
        path = self.path
        while (page := self.page_at(path)) is None:
            if not path:
                raise Http404("No page is live.")
            path = path.rpartition("/")[0]
        return page

    @property
    def case_kind(self) -> casework.CaseKind:
        return casework.get(self.key)

    @property
    def items(self) -> dict[str, str]:
        """The names of the documents that are asked for, by their keys."""
        return {item.key: item.label for item in self.draft.items} if self.draft else {}

    def promised(self, case: Case) -> list[Promise]:
        """What its sender hears by when, for a receipt and the status."""
        lines, running = [], set(clocks.running(case).values_list("key", flat=True))
        for clock in self.case_kind.clocks:
            limit = clocks.limit_of(case, clock)
            if limit and clock.key in self.promises:
                duty, plan = self.promises[clock.key]
                when = clocks.promised(case, clock)
                words = date_format(timezone.localtime(when), "DATE_FORMAT" if limit.is_of_days else "DATETIME_FORMAT")
                is_open, is_over = clock.key in running, when < timezone.now()
                is_late = is_open and is_over and not clock.met_by
                lines.append(Promise(duty if limit.is_checked else plan, words, is_open and not is_over, is_late))
        return lines

    def stage_of(self, case: Case) -> PublicStage:
        return self.stages[case.stage]


_kinds: dict[str, FormKind] = {}


def register(kind: FormKind) -> None:
    """Raises ValueError for a key that is taken."""
    if kind.key in _kinds:
        raise ValueError(f"The key {kind.key} is taken.")
    _kinds[kind.key] = kind


def unregister(key: str) -> None:
    del _kinds[key]


def get(key: str) -> FormKind:
    """Raises KeyError for an unknown key."""
    return _kinds[key]


def kinds() -> list[FormKind]:
    return list(_kinds.values())
