from lacare_site.casework.registry import CaseKind, Letter
from lacare_site.casework.workflow import DECIDER, REVIEWER, SENDER, Stage, Transition, Workflow
from tests.casework.sample.models import Inquiry

WORKFLOW = Workflow(
    (
        Stage("received", "Received"),
        Stage("review", "Under review", days=10),
        Stage("deficient", "Waiting for the sender", days=20, pauses=True),
        Stage("committee", "Before the committee", days=5),
        Stage("approved", "Approved", is_open=False),
        Stage("declined", "Declined", is_open=False),
        Stage("withdrawn", "Withdrawn", is_open=False),
    ),
    (
        Transition("take", "Begin the review", ("received",), "review"),
        Transition("lack", "Ask the sender", ("review",), "deficient", needs_reason=True, mails="inquiry_news"),
        Transition("answer", "Answer", ("deficient",), "review", SENDER),
        Transition("present", "Bring before the committee", ("review",), "committee"),
        Transition("approve", "Approve", ("committee",), "approved", DECIDER, four_eyes=True, mails="inquiry_news"),
        Transition("decline", "Decline", ("committee",), "declined", DECIDER, needs_reason=True, four_eyes=True),
        Transition("withdraw", "Withdraw", ("received", "review", "deficient"), "withdrawn", SENDER),
        Transition("reopen", "Reopen", ("approved", "declined"), "review", REVIEWER, needs_reason=True),
    ),
)
INQUIRY = CaseKind(
    key="inquiry",
    prefix="INQ",
    name="inquiry",
    plural="inquiries",
    workflow=WORKFLOW,
    model=Inquiry,
    summary=lambda case: case.inquiry.organisation,
    detail_template="sample/inquiry.html",
    export_columns=(
        ("Organisation", lambda case: case.inquiry.organisation),
        ("Members", lambda case: case.inquiry.members),
    ),
    search_fields=("inquiry__organisation",),
    letters=(Letter("inquiry_decision", "Decision"),),
)
