"""Who may do what at a desk. Roles are held by membership alone: who administers the site sees no case."""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from lacare_site.casework.models import Case, CaseEvent
from lacare_site.casework.registry import CaseKind, get
from lacare_site.casework.workflow import DECIDER, REVIEWER, SENDER, Transition
from lacare_site.security import roles


def has_role(user, kind: CaseKind, role: str) -> bool:
    return roles.has(user, kind.desk_roles[role])


def may_read(user, kind: CaseKind) -> bool:
    """Opens cases of this kind, and all that stands in them."""
    return roles.has(user, *kind.desk_roles.values())


def may_work(user, kind: CaseKind) -> bool:
    """Takes cases on, notes, writes letters."""
    return has_role(user, kind, REVIEWER) or has_role(user, kind, DECIDER)


def may_read_audit_log(user) -> bool:
    """Auditors, but none who works on reports of misconduct: an officer who is shut out of one would find it there."""
    return roles.has(user, roles.AUDITOR) and not roles.has(user, roles.COMPLIANCE_OFFICER, roles.HEAD_COMPLIANCE_OFFICER)


def workers(kind: CaseKind) -> QuerySet:
    """The accounts that a case of this kind can be assigned to."""
    return _holders(kind, REVIEWER, DECIDER).order_by("last_name", "first_name", "username")


def supervisors(kind: CaseKind) -> QuerySet:
    """The accounts of those who decide at this desk and get mail: they are told before a deadline is missed."""
    return _holders(kind, DECIDER).exclude(email="")


def _holders(kind: CaseKind, *names: str) -> QuerySet:
    groups = [group for name in names for group in kind.desk_roles[name].groups]
    return get_user_model().objects.filter(is_active=True, groups__name__in=groups).distinct()


def allowed(case: Case, transition: Transition, user) -> tuple[bool, str]:
    """Whether `user` (None is the sender) may make this transition now; if not, the sentence that says why."""
    kind = get(case.kind)
    if case.stage not in transition.sources:
        return False, f"The case stands at “{kind.workflow.stages[case.stage].label}” by now."
    if (user is None) != (transition.role == SENDER):
        return False, "This step belongs to whoever sent the case in." if user else "This step belongs to staff."
    if user and not has_role(user, kind, transition.role):
        return False, f"This step is for {kind.desk_roles[transition.role].group.lower()}."
    if transition.four_eyes:
        may, why = _by_another(case, user)
        if not may:
            return False, why
    why = transition.obstacle(case)
    return not why, why


def _by_another(case: Case, user) -> tuple[bool, str]:
    """Four eyes: somebody else of the staff brought the case to where it stands."""
    last = case.events.filter(kind=CaseEvent.Kind.STAGE, to_stage=case.stage).last()
    if last is None or last.actor_id is None:
        return False, "Two people decide: somebody else has to bring the case to this point first."
    if last.actor_id == user.pk:
        return False, "Two people decide: you brought the case to this point, so somebody else has to take this step."
    return True, ""
