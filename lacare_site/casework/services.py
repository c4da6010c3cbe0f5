"""What is done to cases, each in one transaction with its event, its entry in the audit log and its mails."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lacare_site import transactions
from lacare_site.casework import (
    attachments,
    audit,
    clocks,
    deadlines,
    escalation,
    references,
    registry,
    retention,
    rights,
    selectors,
)
from lacare_site.casework.models import Case, CaseEvent, Tombstone
from lacare_site.casework.workflow import Transition
from lacare_site.languages import DEFAULT
from lacare_site.outbox import services as outbox
from lacare_site.typed_text import without_controls

SECOND_CLICK = timedelta(minutes=1)


class Refused(Exception):
    """What was asked for cannot be done; its text is a sentence for whoever asked."""


def open_case(
    kind: str,
    language: str,
    submission_key: uuid.UUID,
    contact_email: str = "",
    code_hash: str | None = None,
    *,
    is_urgent: bool = False,
    track: str = "",
) -> tuple[Case, bool]:
    """Opens a case of that kind. A submission key that has been seen gives the case of then, and False. `track` says whose limits hold
    for it (limits.Limit), where not all cases of the kind have the same.

    Raises TransactionManagementError outside a transaction: the subject's own row belongs into the same one.
    """
    transactions.require("A case")
    case_kind = registry.get(kind)
    now = timezone.now()
    while True:
        case = Case(
            reference=references.new(case_kind.prefix),
            kind=kind,
            stage=case_kind.workflow.first.key,
            language=language,
            received_at=now,
            track=track,
            urgent_at=now if is_urgent else None,
            submission_key=submission_key,
            contact_email=contact_email,
            code_hash=code_hash,
        )
        # INSERT … ON CONFLICT DO NOTHING: the same form sent twice at once waits here for the first, and finds its case.
        Case.objects.bulk_create([case], ignore_conflicts=True)
        found = Case.objects.filter(submission_key=submission_key).first()
        if found is None:
            continue  # another case happens to have this reference
        is_new = found.reference == case.reference
        if is_new:
            found.events.create(kind=CaseEvent.Kind.RECEIVED, to_stage=found.stage, at=now)
            _count_anew(found, now)
        return found, is_new


@transaction.atomic
def move(case: Case, transition: Transition, user, reason: str = "", seen_stage: str = "") -> Case:
    """Makes a transition for `user` (None is the sender) and returns the case as it is then.

    `seen_stage` is where the user saw the case. Raises Refused.
    """
    case = _locked(case)
    kind = registry.get(case.kind)
    if seen_stage and case.stage != seen_stage:
        raise Refused(f"Somebody has moved this case to “{kind.workflow.stages[case.stage].label}” meanwhile.")
    if transition.letter:
        raise Refused("This step is made by its letter: write that.")
    return _move(case, transition, user, reason)


def _move(case: Case, transition: Transition, user, reason: str) -> Case:
    kind = registry.get(case.kind)
    may, obstacle = rights.allowed(case, transition, user)
    if not may:
        raise Refused(obstacle)
    reason = without_controls(reason).strip()
    if transition.needs_reason and not reason:
        raise Refused("Give the reason for this step.")
    now = timezone.now()
    target = kind.workflow.stages[transition.target]
    before, case.stage = case.stage, target.key
    was_closed, case.closed_at = case.closed_at, None if target.is_open else now
    case.retention_until = None if target.is_open else retention.until(timezone.localdate(now), kind.retention_years)
    if was_closed and target.is_open:
        clocks.take_up_again(case, was_closed, now)
    clocks.count_anew(case, now)  # how long it has waited until now, before something is met
    clocks.meet(case, target.key, now)
    case.due_at = deadlines.of_stage(case, target, now)
    case.save(update_fields=["stage", "due_at", "closed_at", "retention_until"])
    event = case.events.create(
        kind=CaseEvent.Kind.STAGE, actor=user, from_stage=before, to_stage=target.key, reason=reason, at=now
    )
    if kind.moved:
        kind.moved(case, event)
    audit.record(user, f"case.{transition.key}", case.reference, {"from": before, "to": target.key})
    _mail(case, transition.mails, event)
    if user is None:
        _tell_staff(case, transition, event)
    return case


@transaction.atomic
def assign(case: Case, to, by) -> Case:
    """Assigns the case to an account that may work on it, or to nobody (None). Raises Refused."""
    case = _locked(case)
    if to and not rights.may_work(to, registry.get(case.kind)):
        raise Refused("That account has no role at this desk.")
    if to == case.assigned_to:
        return case
    case.assigned_to = to
    case.save(update_fields=["assigned_to"])
    case.events.create(kind=CaseEvent.Kind.ASSIGNED, actor=by, text=to.get_username() if to else "")
    audit.record(by, "case.assigned", case.reference, {"to": to.get_username() if to else ""})
    return case


@transaction.atomic
def note(case: Case, by, text: str) -> CaseEvent:
    """Keeps a note; a second click gives that of the first. Raises Refused for a note without words."""
    text = without_controls(text).strip()
    if not text:
        raise Refused("Write something in the note.")
    if kept := _just_now(_locked(case), CaseEvent.Kind.NOTE, text, actor=by):
        return kept
    event = case.events.create(kind=CaseEvent.Kind.NOTE, actor=by, text=text)
    audit.record(by, "case.noted", case.reference)
    return event


@transaction.atomic
def keep_letter(case: Case, letter: registry.Letter, by, text: str) -> CaseEvent:
    """Keeps a letter as it goes out: the sender reads it with number and code. The same one again, as by a second click, is that which
    is there. The step that is made by this letter is made. Raises Refused for one without words, or not filled in, or not for the case
    as it stands."""
    text = without_controls(text).strip()
    if not text:
        raise Refused("The letter has no text.")
    case, now = _locked(case), timezone.now()
    if kept := _just_now(case, CaseEvent.Kind.LETTER, text, reason=letter.label):
        return kept
    if registry.TO_FILL_IN in text:
        raise Refused(f"Something is not filled in yet: look for {registry.TO_FILL_IN} in the letter.")
    kind = registry.get(case.kind)
    if letter.key not in {offered.key for offered in kind.letters_for(case)}:
        raise Refused(f"The case stands at “{kind.workflow.stages[case.stage].label}” by now: this letter does not fit any more.")
    event = case.events.create(
        kind=CaseEvent.Kind.LETTER, actor=by, reason=letter.label, text=text, language=kind.language_of(letter, case), at=now
    )
    audit.record(by, "letter.written", case.reference, {"letter": letter.key})
    _mail(case, letter.mails, event)
    clocks.meet(case, letter.key, now)
    _set_deadline(case)
    if transition := kind.workflow.by_letter(case.stage, letter.key):
        _move(case, transition, by, letter.label)
    return event


@transaction.atomic
def set_urgency(case: Case, by, reason: str, *, is_urgent: bool) -> Case:
    """Finds a case to be urgent, from now on, or not to be. Raises Refused."""
    reason = _reason(reason, "the case is urgent" if is_urgent else "the case is not urgent")
    case, now = _locked(case), timezone.now()
    if not registry.get(case.kind).knows_urgency or case.closed_at:
        raise Refused("This case cannot be made urgent." if is_urgent else "This case is not urgent.")
    if bool(case.urgent_at) == is_urgent:
        raise Refused("The case is urgent already." if is_urgent else "The case is not urgent.")
    case.urgent_at = now if is_urgent else None
    case.save(update_fields=["urgent_at"])
    text = "urgent" if is_urgent else "not urgent"
    case.events.create(kind=CaseEvent.Kind.URGENCY, actor=by, reason=reason, text=text, at=now)
    audit.record(by, "case.urgent" if is_urgent else "case.not_urgent", case.reference)
    _count_anew(case, now)
    return case


@transaction.atomic
def set_track(case: Case, by, track: str) -> Case:
    """Says whose limits hold for a case, from its receipt on."""
    case = _locked(case)
    case.track = track
    case.save(update_fields=["track"])
    audit.record(by, "case.track", case.reference)
    if not case.closed_at:
        _count_anew(case, timezone.now())
    return case


@transaction.atomic
def extend(case: Case, key: str, by, reason: str) -> Case:
    """Gives the clock of that key the time that its rule allows to add. Raises Refused."""
    reason = _reason(reason, "more time is needed")
    case, now = _locked(case), timezone.now()
    clock = next((clock for clock, _limit in clocks.extendable(case) if clock.key == key), None)
    if clock is None:
        raise Refused("No more time can be taken for this.")
    case.clocks.filter(key=key).update(extended_at=now)
    case.events.create(kind=CaseEvent.Kind.EXTENDED, actor=by, reason=reason, text=clock.label, at=now)
    audit.record(by, "case.extended", case.reference, {"clock": key})
    _count_anew(case, now)
    return case


def mail_key(event: CaseEvent) -> str:
    """Under which the mail to the sender on an event stands in the outbox."""
    return f"event-{event.pk}"


def hold(case: Case, by, reason: str) -> Case:
    """Keeps the case, whatever its time of retention. Raises Refused without a reason."""
    return _set_hold(case, by, reason, is_held=True)


def release(case: Case, by, reason: str) -> Case:
    return _set_hold(case, by, reason, is_held=False)


def purge_due() -> int:
    """Deletes the closed cases whose time is over, each in a transaction of its own; returns how many. Never one under legal hold.

    Where one cannot be deleted, the others are all the same, and the errors are raised together in the end.
    """
    return transactions.each_alone(list(_to_purge().values_list("pk", flat=True)), _purge, "Cases could not be purged")


@transaction.atomic
def _purge(key: int) -> bool:
    case = _to_purge().filter(pk=key).select_for_update().first()
    if case is None:
        return False  # held meanwhile
    attachments.purge(case)
    if hook := registry.get(case.kind).purge:
        hook(case)
    Tombstone.objects.create(
        reference=case.reference,
        kind=case.kind,
        received_on=timezone.localdate(case.received_at),
        closed_on=timezone.localdate(case.closed_at),
        purged_on=timezone.localdate(),
        outcome=case.stage,
        in_time={row.key: clocks.standing(row) for row in case.clocks.all()},
        facets=_chosen(case),
    )
    audit.record(None, "case.purged", case.reference, {"kind": case.kind})
    case.delete()
    return True


def _chosen(case: Case) -> dict:
    """What the case counts under: values of the lists of its kind's facets, and nothing else."""
    kind = registry.get(case.kind)
    facets = kind.counted_by
    values = kind.cases().filter(pk=case.pk).values_list(*(facet.lookup for facet in facets)).get() if facets else ()
    return {facet.key: value for facet, value in zip(facets, values, strict=True) if value in dict(facet.choices())}


def _to_purge():
    return Case.objects.filter(retention_until__lt=timezone.localdate(), legal_hold=False)


@transaction.atomic
def _set_hold(case: Case, by, reason: str, *, is_held: bool) -> Case:
    reason = _reason(reason, "the case is held" if is_held else "the hold ends")
    case = _locked(case)
    if case.legal_hold == is_held:
        raise Refused("The case is under legal hold already." if is_held else "The case is not under legal hold.")
    case.legal_hold, case.hold_reason = is_held, reason if is_held else None
    case.save(update_fields=["legal_hold", "hold_reason"])
    case.events.create(kind=CaseEvent.Kind.HOLD, actor=by, reason=reason, text="held" if is_held else "released")
    audit.record(by, "case.held" if is_held else "case.released", case.reference)
    return case


def _just_now(case: Case, kind: str, text: str, **others) -> CaseEvent | None:
    """What a second click brings again: no query can ask for texts, which are sealed."""
    events = case.events.filter(kind=kind, at__gt=timezone.now() - SECOND_CLICK)
    alike = {"text": text} | others
    return next((event for event in events if all(getattr(event, name) == value for name, value in alike.items())), None)


def _reason(typed: str, what: str) -> str:
    reason = without_controls(typed).strip()
    if not reason:
        raise Refused(f"Give the reason why {what}.")
    return reason


def _count_anew(case: Case, now: datetime) -> None:
    """What the clocks run by has changed."""
    clocks.count_anew(case, now)
    _set_deadline(case)
    escalation.warn(case, now)


def _set_deadline(case: Case) -> None:
    """Of a case that stays where it stands."""
    entered_at = case.events.filter(to_stage__gt="").last().at
    case.due_at = deadlines.of_stage(case, registry.get(case.kind).workflow.stages[case.stage], entered_at)
    case.save(update_fields=["due_at"])


def _mail(case: Case, template: str, event: CaseEvent) -> None:
    """Tells the sender by mail, without its content, of what has happened."""
    if template and case.contact_email:
        context = {"reference": case.reference, "kind": case.kind}
        outbox.write(template, case.contact_email, context, case.language, key=mail_key(event))
        case.events.create(kind=CaseEvent.Kind.MAIL, text=template, at=event.at)


def _tell_staff(case: Case, transition: Transition, event: CaseEvent) -> None:
    """Tells whoever has the case, or the mailbox of all, what its sender has done."""
    worker = selectors.in_charge(case)
    to = worker.email if worker else registry.get(case.kind).mailbox
    outbox.write("case_moved", to, {"case": case, "what": transition.label}, DEFAULT, f"moved-{event.pk}")


def _locked(case: Case) -> Case:
    if (found := Case.objects.select_for_update().filter(pk=case.pk).first()) is None:
        raise Refused("This case is no longer there.")  # its time was over meanwhile
    return found
