"""The request for information as a kind of case, for staff (English) and for whoever sent it."""

from django.utils.translation import gettext_lazy as _

from lacare_site import languages
from lacare_site.casework.models import Case
from lacare_site.casework.registry import CaseKind, Facet
from lacare_site.casework.workflow import SENDER, Stage, Transition, Workflow
from lacare_site.intake.registry import FormKind, PublicStage
from pages.views import shown_page

from .choices import Topic
from .models import InformationRequest
from .services import KEY

PATH = "/providers/request-information"

WORKFLOW = Workflow(
    stages=(
        Stage("received", "Received"),
        Stage("in-work", "Being worked on"),
        Stage("answered", "Answered", is_open=False),
        Stage("withdrawn", "Withdrawn", is_open=False, withdrawn=True),
    ),
    transitions=(
        Transition("take-up", "Take up", ("received",), "in-work"),
        Transition("answer", "Answered", ("received", "in-work"), "answered", needs_reason=True),
        Transition("reopen", "Open again", ("answered",), "in-work", needs_reason=True),
        Transition("withdraw", "Withdraw", ("received", "in-work"), "withdrawn", role=SENDER),
    ),
)


def summary(case: Case) -> str:
    """The topic, and who asks."""
    asked = case.information_request
    return f"{asked.get_topic_display()}: {asked.organisation or asked.name}"


def receipt_lines(case: Case) -> list[tuple[str, str]]:
    asked = case.information_request
    return [
        (_("What it is about"), asked.get_topic_display()),
        (_("Your question"), asked.message),
        (_("How we answer"), f"{asked.get_way_display()}, {languages.get(asked.answer_language).own_name}"),
    ]


CASE_KIND = CaseKind(
    key=KEY,
    prefix="INF",
    name="request for information",
    plural="requests for information",
    workflow=WORKFLOW,
    model=InformationRequest,
    summary=summary,
    detail_template="providers/admin/information_request.html",
    search_fields=tuple(f"information_request__{name}" for name in ("organisation", "name", "email", "telephone")),
    facets=(Facet("topic", "Topic", "information_request__topic", lambda: Topic.choices),),
    export_columns=(
        ("Who", lambda case: case.information_request.get_who_display()),
        ("Organization", lambda case: case.information_request.organisation),
        ("Language of the answer", lambda case: case.information_request.answer_language_name),
    ),
    icon="help",
)

FORM_KIND = FormKind(
    key=KEY,
    name=_("Request for information"),
    path=PATH,
    page_at=shown_page,
    thanks=_("We have your question"),
    next_steps=(
        _("Somebody who knows your topic reads it."),
        _("We answer in the way and in the language that you chose."),
        _("If you need more from us, reply to our answer or call the provider line, and give your number."),
    ),
    stages={
        "received": PublicStage(_("Received"), _("Your question is with us. Nobody has taken it up yet.")),
        "in-work": PublicStage(_("Being worked on"), _("Somebody is looking for the answer.")),
        "answered": PublicStage(_("Answered"), _("We have answered. If the answer did not reach you, call the provider line.")),
        "withdrawn": PublicStage(_("Withdrawn"), _("You took this back. We do nothing more about it.")),
    },
    receipt_lines=receipt_lines,
    withdrawal="withdraw",
    lines=("providers",),
)
