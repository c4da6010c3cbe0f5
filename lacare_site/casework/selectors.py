"""What desks read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from lacare_site.casework import deadlines, registry, rights
from lacare_site.casework.models import Case, CaseClock
from lacare_site.casework.registry import CaseKind

OPEN, CLOSED = "open", "closed"
ASSIGNED = {"": "Anybody", "me": "Me", "nobody": "Nobody"}
DUE = {"": "Any time", "overdue": "Overdue", "today": "Today", "soon": "Within 2 business days", "escalated": "Escalated"}
URGENT = {"": "All", "yes": "Urgent", "no": "Not urgent"}


@dataclass(frozen=True)
class Filters:
    """What a list of cases is narrowed down to; unknown values count as none."""

    q: str = ""
    stage: str = OPEN
    assigned: str = ""
    due: str = ""
    urgent: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)  # by the keys of the kind's facets

    @classmethod
    def of(cls, query: Mapping[str, str], kind: CaseKind) -> "Filters":
        """From what was chosen and typed, by field and facet."""
        said = {name: text.replace("\0", "").strip() for name, text in query.items()}
        chosen = {facet.key: said[facet.key] for facet in kind.facets if said.get(facet.key)}
        return cls(
            **{each.name: said[each.name] for each in fields(cls) if each.name in said and each.name != "facets"}, facets=chosen
        )


def find(kind: CaseKind, filters: Filters, user) -> QuerySet:
    """The cases of this kind that match, the most urgent first. What is late or escalated is listed as open though the case be closed:
    a clock that runs on after its end is still owed."""
    cases, now = with_escalation(kind.cases()), timezone.now()
    if filters.stage in kind.workflow.stages:
        cases = cases.filter(stage=filters.stage)
    elif filters.stage == CLOSED or (filters.stage == OPEN and filters.due not in ("overdue", "escalated")):
        cases = cases.filter(closed_at__isnull=filters.stage == OPEN)
    if filters.assigned == "me":
        cases = cases.filter(assigned_to=user)
    elif filters.assigned == "nobody":
        cases = cases.filter(assigned_to=None)
    elif filters.assigned.isdecimal() and len(filters.assigned) < 10:
        cases = cases.filter(assigned_to=int(filters.assigned))
    if filters.due == "overdue":
        late = CaseClock.objects.filter(case=OuterRef("pk"), met_at=None, due_at__lt=now)
        cases = cases.filter(Q(due_at__lt=now) | Q(Exists(late), closed_at__isnull=False))
    elif filters.due == "today":
        cases = cases.filter(due_at__range=(now, deadlines.today_ends_at()))
    elif filters.due == "soon":
        cases = cases.filter(due_at__lte=deadlines.soon_ends_at())
    elif filters.due == "escalated":
        cases = cases.filter(is_escalated=True)
    if filters.urgent in ("yes", "no"):
        cases = cases.filter(urgent_at__isnull=filters.urgent == "no")
    for facet in kind.facets:
        if filters.facets.get(facet.key) in dict(facet.choices()):
            cases = cases.filter(**{facet.lookup: filters.facets[facet.key]})
    for word in filters.q.split():
        wanted = Q(reference__icontains=word)
        for name in kind.search_fields:
            wanted |= Q(**{f"{name}__icontains": word})
        cases = cases.filter(wanted)
    return cases.order_by("-is_escalated", F("due_at").asc(nulls_last=True), "-received_at", "pk")


def with_escalation(cases: QuerySet) -> QuerySet:
    """Each with `is_escalated`: whether those who supervise were told of a deadline that has not been met since."""
    return cases.annotate(
        is_escalated=Exists(CaseClock.objects.filter(case=OuterRef("pk"), met_at=None, warned_at__isnull=False))
    )


def in_charge(case: Case):
    """The account that has the case, may still work on it and gets mail; None where there is none."""
    worker = case.assigned_to
    return worker if worker and worker.email and rights.may_work(worker, registry.get(case.kind)) else None


def public_events(case: Case) -> QuerySet:
    """The stages that a case has been through, for whoever sent it in: no names, no notes, no reasons."""
    return case.events.filter(to_stage__gt="").only("at", "kind", "from_stage", "to_stage")
