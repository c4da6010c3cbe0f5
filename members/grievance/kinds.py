"""The grievance form as its senders see it: its stages in plain words, its receipt with the dates, who is told what by plan."""

from django.utils.translation import gettext_lazy as _

from lacare_site import languages
from lacare_site.casework.models import Case
from lacare_site.intake.drafts import DraftForm, typed_in
from lacare_site.intake.models import Draft
from lacare_site.intake.registry import FormKind, PublicStage
from lacare_site.organisation import ORGANISATION
from pages.views import shown_page

from . import services
from .choices import CIVIL_RIGHTS_KINDS, MEDI_CAL, MEDICARE, NOT_SURE, Kind
from .desk import ACKNOWLEDGE, DECIDE, DECIDED, KEY
from .forms import Confirmation
from .steps import ITEMS, PAPERS, STEPS

STATE_LINES = ("dmhc", "dmhc-tdd")
PATH = "/members/file-grievance/grievance-appeal-form"


def about(owner: Draft | Case) -> dict:
    """What the pages of a draft or a case say by plan: `is_urgent`, `is_sent`, the telephone `lines` of the plan (of all, where none was named),
    these and what stands beside them as `contacts`, and whose rules hold: `is_state` (the DMHC, with its `state_lines`), `is_medi_cal`, `is_medicare` (for the members of `medicare_plan`).
    `is_of_civil_rights`: the Office for Civil Rights takes complaints of that kind, and `is_of_privacy` says which of our notices it is about."""
    if isinstance(owner, Case):
        plan, kind, is_urgent = owner.grievance.plan, owner.grievance.kind, bool(owner.urgent_at)
    else:
        typed = typed_in(owner)
        urgency, kind = typed.get("urgency", {}), typed.get("events", {}).get("kind", "")
        plan, is_urgent = urgency.get("plan", ""), urgency.get("is_urgent") == "yes"
    known = [key for key, _name in ORGANISATION.plans]
    is_open = plan not in known
    lines, is_state = known if is_open else [plan], plan != MEDICARE
    return {
        "is_urgent": is_urgent,
        "is_sent": isinstance(owner, Case),
        "lines": lines,
        "contacts": [*lines, *(STATE_LINES if is_state else ())],
        "is_state": is_state,
        "state_lines": STATE_LINES,
        "is_medi_cal": is_open or plan == MEDI_CAL,
        "is_medicare": is_open or plan == MEDICARE,
        "is_of_civil_rights": kind in CIVIL_RIGHTS_KINDS,
        "is_of_privacy": kind == Kind.PRIVACY,
        "medicare_plan": dict(ORGANISATION.plans)[MEDICARE],
    }


def receipt_lines(case: Case) -> list[tuple[str, str]]:
    sent = case.grievance
    lines = [(_("What it is about"), sent.get_kind_display())]
    if sent.plan != NOT_SURE:
        lines.append((_("Your plan"), sent.get_plan_display()))
    if sent.lacks_proof:
        lines.append(
            (_("Proof that you may act for the member"), _("We do not have it yet, and ask for the permission in writing."))
        )
    lines.append((_("How we answer"), f"{sent.get_way_display()}, {languages.get(case.language).own_name}"))
    return lines


FORM_KIND = FormKind(
    key=KEY,
    name=_("Grievance form"),
    path=PATH,
    page_at=shown_page,
    thanks=_("We have your grievance"),
    next_steps=(
        _("We look into what happened."),
        _("If we need to know more, we ask you. You answer on this site, with your number and your code."),
        _("We tell you our decision in the way and in the language that you chose, and what you can do if you do not agree."),
    ),
    stages={
        "received": PublicStage(_("Received"), _("Your grievance is with us. Nobody has taken it up yet.")),
        "acknowledged": PublicStage(_("Confirmed"), _("We have told you that we have it, and begin to look into it.")),
        "in-work": PublicStage(_("Being looked into"), _("Somebody finds out what happened.")),
        "waiting": PublicStage(_("Waiting for you"), _("We need to know more. Please answer what we asked.")),
        **dict.fromkeys(DECIDED, PublicStage(_("Decided"), _("We have decided. If our decision did not reach you, call us."))),
        "not-ours": PublicStage(
            _("Closed"),
            _(
                "We find no member of ours whom this is about, so we cannot decide it. If that is wrong, or you do not know whom to ask, call us."
            ),
        ),
        "withdrawn": PublicStage(_("Withdrawn"), _("You took this back. We do nothing more about it.")),
    },
    receipt_lines=receipt_lines,
    promises={
        ACKNOWLEDGE.key: (_("We tell you that we have it, by"), _("We plan to tell you that we have it, by")),
        DECIDE.key: (_("You get our decision by"), _("We plan to give you our decision by")),
    },
    about=about,
    above="members/grievance/urgent.html",
    below="members/grievance/rights.html",
    withdrawal="withdraw",
    answered="answer",
    takes_personal_numbers=True,
    lines=tuple(key for key, _name in ORGANISATION.plans),
    draft=DraftForm(
        steps=STEPS,
        items=ITEMS,
        other=PAPERS,
        sign=Confirmation,
        store=services.store,
        opening=services.opening,
    ),
)
