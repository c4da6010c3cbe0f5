"""The grievance as a kind of case: what its reviewers see of it, how it moves, and which clocks run."""

from django.http import QueryDict

from lacare_site.casework.models import Case
from lacare_site.casework.registry import LANGUAGE, CaseKind, Facet, Letter
from lacare_site.casework.services import Refused
from lacare_site.casework.workflow import AUDITOR, DECIDER, REVIEWER, SENDER, Clock, Stage, Transition, Workflow
from lacare_site.security import roles

from . import letters, services
from .choices import PLANS, Kind
from .models import Grievance

KEY = "grievance"
NEWS = "grievance_news"
OPEN = ("received", "acknowledged", "in-work", "waiting")
DECIDED = {
    "overturned": "Decided for the member",
    "partly": "Decided for the member in part",
    "upheld": "Not decided for the member",
}
ACKNOWLEDGE = Clock("acknowledge", "Acknowledgement", ("acknowledged", letters.ACKNOWLEDGEMENT))
STATEMENT = Clock("statement", "Statement to the DMHC", (letters.STATEMENT,), runs_on=True)
DECIDE = Clock("decide", "Decision")

WORKFLOW = Workflow(
    stages=(
        Stage("received", "Received"),
        Stage("acknowledged", "Acknowledged"),
        Stage("in-work", "Being looked into"),
        Stage("waiting", "Waiting for the member", days=10),
        *(Stage(key, label, is_open=False) for key, label in DECIDED.items()),
        Stage("not-ours", "Not ours: no member of ours", is_open=False, withdrawn=True),
        Stage("withdrawn", "Withdrawn", is_open=False, withdrawn=True),
    ),
    transitions=(
        Transition("acknowledge", "Acknowledge", ("received",), "acknowledged", letter=letters.ACKNOWLEDGEMENT),
        Transition("take-up", "Look into it", ("received", "acknowledged"), "in-work"),
        Transition("ask", "Ask the member, one thing on each line", ("in-work",), "waiting", needs_reason=True, mails=NEWS),
        Transition("answer", "Answers sent", ("waiting",), "in-work", role=SENDER),
        Transition("go-on", "Go on without the answers", ("waiting",), "in-work", needs_reason=True),
        # The law asks for a decision in writing (HSC 1368(a)(5), 42 CFR 438.408(d)): there is none without its letter.
        *(
            Transition(
                f"decide-{key}",
                f"Close: {label.lower()}",
                ("in-work",),
                key,
                letter=letters.DECISION[key],
                obstacle=letters.obstacle_to_decide,
            )
            for key, label in DECIDED.items()
        ),
        Transition("not-ours", "Close: not ours, no member of ours", OPEN, "not-ours", needs_reason=True, mails=NEWS),
        Transition("withdraw", "Withdraw", OPEN, "withdrawn", role=SENDER),
        Transition("note-withdrawal", "The member takes it back", OPEN, "withdrawn", needs_reason=True, mails=NEWS),
        Transition("reopen", "Reopen", (*DECIDED, "not-ours", "withdrawn"), "in-work", DECIDER, needs_reason=True, mails=NEWS),
    ),
)


def classify(case: Case, user, posted: QueryDict) -> str:
    """A form of the case's page: what kind of grievance it is, and whose rules hold for it."""
    plan, kind = posted.get("plan", ""), posted.get("kind_of", "")
    if plan not in dict(PLANS) or kind not in Kind:
        raise Refused("Choose a plan and a kind from the lists.")
    services.classify(case, user, plan, kind)
    return "Plan and kind are kept. The deadlines are counted anew."


CASE_KIND = CaseKind(
    key=KEY,
    prefix="GRV",
    name="grievance",
    plural="grievances",
    workflow=WORKFLOW,
    clocks=(ACKNOWLEDGE, STATEMENT, DECIDE),
    model=Grievance,
    summary=lambda case: f"{case.grievance.get_kind_display()}, {case.grievance.get_plan_display()}",
    detail_template="members/admin/grievance.html",
    facets=(
        Facet("kind_of", "Kind", "grievance__kind", lambda: Kind.choices),
        Facet("plan", "Plan", "grievance__plan", lambda: PLANS),
        LANGUAGE,
    ),
    desk_roles={REVIEWER: roles.GRIEVANCE_REVIEWER, DECIDER: roles.GRIEVANCE_SUPERVISOR, AUDITOR: roles.AUDITOR},
    letters=(
        Letter(
            letters.ACKNOWLEDGEMENT,
            "Acknowledgement",
            ("received", "in-work", "waiting"),
            NEWS,
            letters.context,
            is_offered=letters.is_to_be_acknowledged,
        ),
        Letter("grievance_question", "What we need to know", ("waiting",), NEWS, letters.context),
        # It goes to the Department and to the member alike, and has no stages: the end of the case does not end that duty.
        Letter(letters.STATEMENT, "Statement to the DMHC", (), NEWS, letters.statement, letters.owes_statement, language="en"),
        Letter("grievance_more_time", "More time", OPEN, NEWS, letters.context, is_offered=letters.has_more_time),
        *(
            Letter(letters.DECISION[key], f"Decision: {label.lower()}", ("in-work",), NEWS, letters.context)
            for key, label in DECIDED.items()
        ),
    ),
    letter_language=letters.language_of,
    enclosed=letters.taglines,
    mailbox_setting="GRIEVANCE_MAILBOX",
    actions={"classify": classify},
    moved=services.moved,
    icon="warning",
)
