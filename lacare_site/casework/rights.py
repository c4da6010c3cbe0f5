"""Who may do what at a desk."""

from lacare_site.casework.models import Case, CaseEvent
from lacare_site.casework.registry import AUDITOR, CaseKind, get
from lacare_site.casework.workflow import DECIDER, REVIEWER, SENDER, Transition


def has_role(user, kind: CaseKind, role: str) -> bool:
    return user.is_active and user.has_perm(kind.desk_roles[role])


def may_work(user, kind: CaseKind) -> bool:
    """Opens cases of this kind, and all that stands in them."""
    return has_role(user, kind, REVIEWER) or has_role(user, kind, DECIDER)


def may_see_figures(user, kind: CaseKind) -> bool:
    return may_work(user, kind) or has_role(user, kind, AUDITOR)


def allowed(case: Case, transition: Transition, user) -> tuple[bool, str]:
    """Whether `user` (None is the sender) may make this transition now; if not, the sentence that says why."""
    kind = get(case.kind)
    if case.stage not in transition.sources:
        return False, f"The case stands at “{kind.workflow.stages[case.stage].label}” by now."
    if (user is None) != (transition.role == SENDER):
        return False, "This step belongs to whoever sent the case in." if user else "This step belongs to staff."
    if user and not has_role(user, kind, transition.role):
        return False, "Your account has not the role for this step."
    if transition.four_eyes:
        last = case.events.filter(kind=CaseEvent.Kind.STAGE, to_stage=case.stage, actor__isnull=False).last()
        if last is None:
            return False, "Somebody else has to bring the case to this point first: two people decide."
        if last.actor_id == user.pk:
            return False, "You brought the case to this point. Somebody else has to decide: two people do."
    return True, ""
