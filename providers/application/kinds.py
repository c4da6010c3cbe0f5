"""The Duals PPG Application as a kind of case, for staff (English) and for whoever sent it."""

from django.utils.translation import gettext_lazy as _

from lacare_site.casework.registry import CaseKind, Letter
from lacare_site.casework.workflow import DECIDER, SENDER, Stage, Transition, Workflow
from lacare_site.intake import deficiencies
from lacare_site.intake.drafts import DraftForm
from lacare_site.intake.registry import FormKind, PublicStage
from pages.views import shown_page

from . import rosters, services
from .forms.attestations import Signature
from .models import Application, ApplicationPeriod
from .steps import ITEMS, STEPS

KEY = "application"
PATH = "/providers/cal-mediconnect/ppg-application"
NEWS = "application_news"
OPEN = ("received", "completeness", "deficient", "review", "committee")

WORKFLOW = Workflow(
    stages=(
        Stage("received", "Received", days=2),
        Stage("completeness", "Completeness check", days=5),
        Stage("deficient", "Waiting for the group", days=20, pauses=True),
        Stage("review", "Under review"),
        Stage("committee", "Before the committee", days=15),
        Stage("approved", "Approved", is_open=False),
        Stage("declined", "Declined", is_open=False),
        Stage("withdrawn", "Withdrawn", is_open=False, withdrawn=True),
    ),
    transitions=(
        Transition("take-up", "Begin the completeness check", ("received",), "completeness"),
        Transition(
            "ask", "Ask the group, one thing on each line", ("completeness", "review"), "deficient", needs_reason=True, mails=NEWS
        ),
        Transition("answer", "Answers sent", ("deficient",), "completeness", role=SENDER),
        Transition("go-on", "Go on without the answers", ("deficient",), "completeness", needs_reason=True, mails=NEWS),
        Transition("complete", "Complete: begin the review", ("completeness",), "review"),
        Transition("present", "Bring before the committee", ("review",), "committee", needs_reason=True),
        Transition("return", "Back to the review", ("committee",), "review", needs_reason=True),
        Transition("approve", "Approve", ("committee",), "approved", DECIDER, needs_reason=True, four_eyes=True, mails=NEWS),
        Transition("decline", "Decline", ("committee",), "declined", DECIDER, needs_reason=True, four_eyes=True, mails=NEWS),
        Transition("withdraw", "Withdraw", OPEN, "withdrawn", role=SENDER),
        Transition(
            "note-withdrawal", "The group withdraws in writing", OPEN, "withdrawn", DECIDER, needs_reason=True, mails=NEWS
        ),
    ),
)


CASE_KIND = CaseKind(
    key=KEY,
    prefix="PPG",
    name="Duals PPG Application",
    plural="Duals PPG Applications",
    workflow=WORKFLOW,
    model=Application,
    summary=lambda case: case.application.legal_name,
    detail_template="providers/admin/application.html",
    search_fields=(
        "contact_email",
        "application__legal_name",
        "application__npi",
        "application__signed_by",
        "application__values__organization__dba",
        "application__values__organization__tax_number",
    ),
    export_columns=(
        ("Group", lambda case: case.application.legal_name),
        ("NPI", lambda case: case.application.npi),
        ("Signed by", lambda case: case.application.signed_by),
    ),
    letters=(
        Letter("application_receipt", "Receipt", ("received", "completeness"), NEWS),
        Letter("application_missing", "What is missing", ("deficient",), NEWS, deficiencies.for_letter),
        Letter("application_approval", "Approval", ("approved",), NEWS),
        Letter("application_decline", "Decline, with the reasons", ("declined",), NEWS),
    ),
    moved=services.moved,
    icon="group",
)

FORM_KIND = FormKind(
    key=KEY,
    name=_("Duals PPG Application"),
    path=PATH,
    page_at=shown_page,
    thanks=_("We have your application"),
    next_steps=(
        _("We look whether everything is there. If something is missing, we write to you, and you answer on this site."),
        _("We review the application, and a committee decides."),
        _("We write to you as soon as there is something new. With your number and your code you see here how it stands."),
    ),
    stages={
        "received": PublicStage(_("Received"), _("Your application is with us. Nobody has taken it up yet.")),
        "completeness": PublicStage(_("Being checked"), _("We look whether everything is there.")),
        "deficient": PublicStage(_("Waiting for you"), _("Something is missing. Please answer what we asked.")),
        "review": PublicStage(_("Under review"), _("Everything is there, and we review it.")),
        "committee": PublicStage(_("Before the committee"), _("A committee decides on your application.")),
        "approved": PublicStage(
            _("Approved"), _("The committee has approved your application. We will be in touch about the contract.")
        ),
        "declined": PublicStage(
            _("Declined"), _("The committee has declined your application. For questions, call the provider line.")
        ),
        "withdrawn": PublicStage(_("Withdrawn"), _("You took this back. We do nothing more about it.")),
    },
    withdrawal="withdraw",
    lines=("providers",),
    answered="answer",
    draft=DraftForm(
        steps=STEPS,
        items=ITEMS,
        sign=Signature,
        store=services.store,
        opening=lambda values: {"contact_email": values["organization"]["signatory_email"]},
        faults=services.obstacles,
        originals=rosters.originals,
        closure=lambda: ApplicationPeriod.closure(),
    ),
)
