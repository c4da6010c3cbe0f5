"""The request for a page by mail as a kind of case, for staff (English) and for whoever sent it."""

from django.utils.translation import gettext_lazy as _

from lacare_site.casework.models import Case
from lacare_site.casework.registry import CaseKind
from lacare_site.casework.workflow import ANSWER, AUDITOR, DECIDER, REVIEWER, SENDER, Stage, Transition, Workflow
from lacare_site.intake.registry import FormKind, PublicStage
from lacare_site.organisation import ORGANISATION
from lacare_site.security import roles
from pages.views import shown_page

from .models import CopyRequest
from .services import KEY

PATH = "/members/send-me-this-page"
OPEN = ("received", "in-work")

WORKFLOW = Workflow(
    stages=(
        Stage("received", "Received"),
        Stage("in-work", "Being made"),
        Stage("sent", "Sent", is_open=False),
        Stage("not-possible", "Not possible", is_open=False),
        Stage("withdrawn", "Withdrawn", is_open=False, withdrawn=True),
    ),
    transitions=(
        Transition("take-up", "Take up", ("received",), "in-work"),
        Transition("send", "Sent", OPEN, "sent"),
        Transition("give-up", "Not possible", OPEN, "not-possible", needs_reason=True),
        Transition("reopen", "Open again", ("sent", "not-possible"), "in-work", needs_reason=True),
        Transition("withdraw", "Withdraw", OPEN, "withdrawn", role=SENDER),
    ),
)


def summary(case: Case) -> str:
    asked = case.copy_request
    return f"{asked.wanted}: {asked.format}, {asked.language}"


def receipt_lines(case: Case) -> list[tuple[str, str]]:
    asked = case.copy_request
    return [
        (_("The page that you want"), asked.wanted),
        (_("How you want it"), asked.format),
        (_("Language"), asked.language_name),
    ]


CASE_KIND = CaseKind(
    key=KEY,
    prefix="CPY",
    name="request for a page",
    plural="requests for pages",
    workflow=WORKFLOW,
    model=CopyRequest,
    summary=summary,
    detail_template="members/admin/copy_request.html",
    desk_roles={REVIEWER: roles.PAGE_MAILER, DECIDER: roles.PAGE_MAILER, AUDITOR: roles.AUDITOR},
    export_columns=(
        ("Page", lambda case: case.copy_request.wanted),
        ("Format", lambda case: case.copy_request.format),
        ("Language of the copy", lambda case: case.copy_request.language),
    ),
    icon="mail",
)

FORM_KIND = FormKind(
    key=KEY,
    name=_("Request for a page"),
    path=PATH,
    page_at=shown_page,
    thanks=_("We have your request"),
    next_steps=(
        _("We make the page in the form and in the language that you chose."),
        _("We send it to the address that you gave."),
        _("If it does not come, call Member Services and give your number."),
    ),
    stages={
        "received": PublicStage(_("Received"), _("Your request is with us. Nobody has taken it up yet.")),
        "in-work": PublicStage(_("Being made"), _("Somebody is making your copy of the page.")),
        "sent": PublicStage(_("Sent"), _("We have sent it. If it did not reach you, call Member Services.")),
        "not-possible": PublicStage(
            _("Not possible"),
            _("We cannot send the page in this way. Call Member Services, and we will find another way with you."),
        ),
        "withdrawn": PublicStage(_("Withdrawn"), _("You took this back. We do nothing more about it.")),
    },
    promises={ANSWER.key: (_("We send it by"), _("We plan to send it by"))},
    receipt_lines=receipt_lines,
    withdrawal="withdraw",
    lines=tuple(key for key, _name in ORGANISATION.plans),
)
