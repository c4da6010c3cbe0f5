"""The page of one case, and what is done there: each form of it names its action."""

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from lacare_site import languages, typed_text
from lacare_site.casework import attachments, audit, clocks, deadlines, rights, services
from lacare_site.casework.desk.access import DeskMixin, case_for
from lacare_site.casework.desk.accounts import name_of
from lacare_site.casework.models import Case, CaseEvent
from lacare_site.casework.registry import CaseKind
from lacare_site.casework.workflow import DECIDER, SENDER
from lacare_site.outbox import services as outbox

OF_THE_SYSTEM = (CaseEvent.Kind.MAIL, CaseEvent.Kind.ESCALATED)


class CaseView(DeskMixin, TemplateView):
    template_name = "casework/case.html"
    refused = None  # the action that was refused, and why

    def dispatch(self, request, *args, **kwargs):
        self.kind, self.case = case_for(request.user, kwargs["kind"], kwargs["reference"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        action = request.POST.get("action", "")
        try:
            done = act(self.kind, self.case, action, request)
        except services.Refused as refusal:
            self.refused = {"action": action, "why": str(refusal), "text": request.POST.get("text", "")}
            _kind, self.case = case_for(request.user, self.kind.key, self.case.reference)  # which may be gone
            return self.render_to_response(self.get_context_data(), status=409)
        messages.success(request, done)
        return redirect("case", self.kind.key, self.case.reference)

    def get_page_title(self):
        return self.case.reference

    def crumbs(self):
        return [(reverse("case_desk", args=[self.kind.key]), self.kind.title)]

    def get_header_buttons(self):
        return [
            HeaderButton("Dossier", url=reverse("case_dossier", args=[self.kind.key, self.case.reference]), icon_name="download")
        ]

    def get_context_data(self, **kwargs):
        user, kind, case = self.request.user, self.kind, self.case
        audit.record(user, "case.viewed", case.reference)  # also where a step was refused: the page shows all of it
        return super().get_context_data(**kwargs) | {
            **contents(kind, case),
            "refused": self.refused,
            "deadline": deadlines.of(case),
            "assigned_to": name_of(case.assigned_to),
            "steps": steps(kind, case, user),
            "letters": [letter for letter in kind.letters_for(case) if not kind.workflow.by_letter(case.stage, letter.key)],
            "may_set_urgency": kind.knows_urgency and not case.closed_at,
            "extendable": [] if case.closed_at else clocks.extendable(case),
            "may_work": rights.may_work(user, kind),
            "may_hold": rights.has_role(user, kind, DECIDER),
            "workers": [(worker.pk, name_of(worker)) for worker in rights.workers(kind)],
            "is_mine": case.assigned_to_id == user.pk,
        }


def contents(kind: CaseKind, case: Case) -> dict:
    """What stands in a case, for its page and its dossier."""
    stages = kind.workflow.stages
    events = list(case.events.select_related("actor").order_by("-pk"))
    mails = _mails(events)
    return {
        "kind": kind,
        "case": case,
        "subject": kind.subject(case),
        "summary": kind.summary(case),
        "stage": stages[case.stage],
        "language": languages.get(case.language),
        "clocks": [
            (kind.clock(row.key), clocks.limit_of(case, kind.clock(row.key)), row, clocks.standing(row))
            for row in case.clocks.all()
        ],
        "documents": attachments.of(case),
        "replaced": attachments.replaced(case),
        "history": [
            {
                "event": event,
                "who": name_of(event.actor) or ("System" if event.kind in OF_THE_SYSTEM else "Sender"),
                "from": stages[event.from_stage].label if event.from_stage in stages else "",
                "to": stages[event.to_stage].label if event.to_stage in stages else "",
                "mail": mails.get(event.pk, ""),
            }
            for event in events
        ],
    }


def _mails(events: list[CaseEvent]) -> dict[int, str]:
    """What became of the mail that each event of that kind tells of. It was written at the moment of what it is about."""
    is_mail = {event.pk: event.kind == CaseEvent.Kind.MAIL for event in events}
    keys = {event.at: services.mail_key(event) for event in events if not is_mail[event.pk]}
    fates = outbox.fates({keys[event.at] for event in events if is_mail[event.pk] and event.at in keys})
    return {event.pk: fates.get(keys.get(event.at), "not known any more") for event in events if is_mail[event.pk]}


def steps(kind: CaseKind, case: Case, user) -> list[dict]:
    """The transitions of staff from the present stage; for each that this user cannot make, the sentence why."""
    found = []
    for transition in kind.workflow.leaving(case.stage):
        if transition.role != SENDER:
            may, obstacle = rights.allowed(case, transition, user)
            target = kind.workflow.stages[transition.target]
            found.append({"transition": transition, "target": target, "may": may, "obstacle": obstacle})
    return found


def act(kind: CaseKind, case: Case, action: str, request: HttpRequest) -> str:
    """Does what a form of the page asks for; gives the sentence that says so. Raises services.Refused."""
    user, text = request.user, request.POST.get("text", "")
    name, _, detail = action.partition(":")
    if not rights.may_work(user, kind):
        raise services.Refused("Your role reads cases, and changes nothing.")
    if name == "move" and detail in kind.workflow.transitions:
        moved = services.move(case, kind.workflow.transitions[detail], user, text, request.POST.get("seen_stage", ""))
        return f"{case.reference} stands at “{kind.workflow.stages[moved.stage].label}” now."
    if name == "assign":
        return _assign(kind, case, request.POST.get("to", ""), user)
    if name == "note":
        services.note(case, user, text)
        return "The note is kept."
    if name in ("hold", "release"):
        if not rights.has_role(user, kind, DECIDER):
            raise services.Refused(f"A legal hold is for {kind.desk_roles[DECIDER].group.lower()}.")
        (services.hold if name == "hold" else services.release)(case, user, text)
        return "The case is under legal hold." if name == "hold" else "The legal hold has ended."
    if name in ("urgent", "not-urgent"):
        services.set_urgency(case, user, text, is_urgent=name == "urgent")
        return f"{case.reference} is {'urgent' if name == 'urgent' else 'not urgent'} now."
    if name == "extend":
        if not rights.has_role(user, kind, DECIDER):
            raise services.Refused(f"More time is taken by {kind.desk_roles[DECIDER].group.lower()}.")
        services.extend(case, detail, user, text)
        return "There is more time now. Write the letter that says so."
    if action in kind.actions:
        return kind.actions[action](case, user, request.POST)
    raise services.Refused("This step does not exist.")


def _assign(kind: CaseKind, case: Case, to: str, user) -> str:
    if not to:
        services.assign(case, None, user)
        return f"{case.reference} is assigned to nobody."
    worker = rights.workers(kind).filter(pk=typed_text.number(to)).first()
    if worker is None:
        raise services.Refused("Choose somebody who works at this desk.")
    services.assign(case, worker, user)
    return f"{case.reference} is assigned to {name_of(worker)}."
