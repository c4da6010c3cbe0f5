"""The grievance as a kind of case: what its reviewers see of it, and how it moves."""

from lacare_site.casework.registry import CaseKind
from lacare_site.casework.workflow import AUDITOR, DECIDER, REVIEWER, SENDER, Clock, Stage, Transition, Workflow
from lacare_site.security import roles

from . import services
from .models import Grievance

KEY = "grievance"
NEWS = "grievance_news"
ACKNOWLEDGE, DECIDE = Clock("acknowledge", "Acknowledgement", ("acknowledged",)), Clock("decide", "Decision")
OPEN = ("received", "acknowledged", "in-work", "waiting")

WORKFLOW = Workflow(
    stages=(
        Stage("received", "Received"),
        Stage("acknowledged", "Acknowledged"),
        Stage("in-work", "Being looked into"),
        Stage("waiting", "Waiting for the member"),
        Stage("resolved", "Resolved", is_open=False),
        Stage("withdrawn", "Withdrawn", is_open=False),
    ),
    transitions=(
        Transition("acknowledge", "Acknowledge", ("received",), "acknowledged", mails=NEWS),
        Transition("take-up", "Look into it", ("received", "acknowledged"), "in-work"),
        Transition("ask", "Ask the member, one thing on each line", ("in-work",), "waiting", needs_reason=True, mails=NEWS),
        Transition("answer", "Answers sent", ("waiting",), "in-work", role=SENDER),
        Transition("go-on", "Go on without the answers", ("waiting",), "in-work", needs_reason=True),
        Transition("resolve", "Resolve", ("in-work",), "resolved", DECIDER, needs_reason=True, mails=NEWS),
        Transition("withdraw", "Withdraw", OPEN, "withdrawn", role=SENDER),
    ),
)

CASE_KIND = CaseKind(
    key=KEY,
    prefix="GRV",
    name="grievance",
    plural="grievances",
    workflow=WORKFLOW,
    clocks=(ACKNOWLEDGE, DECIDE),
    model=Grievance,
    summary=lambda case: f"{case.grievance.get_kind_display()}, {case.grievance.get_plan_display()}",
    detail_template="members/admin/grievance.html",
    export_columns=(
        ("Kind", lambda case: case.grievance.kind),
        ("Plan", lambda case: case.grievance.plan),
        ("Urgent", lambda case: "yes" if case.grievance.is_urgent else "no"),
    ),
    desk_roles={REVIEWER: roles.GRIEVANCE_REVIEWER, DECIDER: roles.GRIEVANCE_REVIEWER, AUDITOR: roles.AUDITOR},
    moved=services.moved,
    icon="warning",
)
