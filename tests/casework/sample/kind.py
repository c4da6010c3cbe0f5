from lacare_site.casework.registry import LANGUAGE, CaseKind, Facet, Letter
from lacare_site.casework.workflow import DECIDER, REVIEWER, SENDER, Clock, Stage, Transition, Workflow
from tests.casework.sample.models import Inquiry

WORKFLOW = Workflow(
    (
        Stage("received", "Received"),
        Stage("review", "Under review", days=10),
        Stage("deficient", "Waiting for the sender", days=20, pauses=True),
        Stage("committee", "Before the committee", days=5),
        Stage("approved", "Approved", is_open=False),
        Stage("declined", "Declined", is_open=False),
        Stage("withdrawn", "Withdrawn", is_open=False, withdrawn=True),
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
# With what only some kinds have: clocks that the law sets, urgent ones among them, and steps that are made by a letter.
COMPLAINT = CaseKind(
    key="complaint",
    prefix="CMP",
    name="complaint",
    plural="complaints",
    workflow=Workflow(
        (
            Stage("received", "Received"),
            Stage("acknowledged", "Acknowledged"),
            Stage("work", "In work"),
            Stage("asked", "Waiting for the sender", days=5, pauses=True),
            Stage("decided", "Decided", is_open=False),
            Stage("withdrawn", "Withdrawn", is_open=False, withdrawn=True),
        ),
        (
            Transition("acknowledge", "Acknowledge", ("received",), "acknowledged", letter="inquiry_receipt"),
            Transition("take", "Look into it", ("received", "acknowledged"), "work"),
            Transition("ask", "Ask the sender", ("work",), "asked"),
            Transition("answer", "Answer", ("asked",), "work", SENDER),
            Transition("decide", "Decide", ("work",), "decided", letter="inquiry_decision"),
            Transition("reopen", "Reopen", ("decided",), "work", DECIDER),
        ),
    ),
    model=Inquiry,
    summary=lambda case: case.inquiry.organisation,
    detail_template="sample/inquiry.html",
    clocks=(Clock("acknowledge", "Acknowledgement", ("inquiry_receipt",)), Clock("decide", "Decision", ("decided",))),
    facets=(LANGUAGE, Facet("size", "Size", "inquiry__members", lambda: [(1, "Small"), (2, "Large")])),
    letters=(Letter("inquiry_receipt", "Receipt", ("received", "work")), Letter("inquiry_decision", "Decision", ("work",))),
)
