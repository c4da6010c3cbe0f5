"""What officers do with a report, each in one transaction with its entry in the audit log, which tells nothing of the content."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from compliance import sealing, thread
from compliance.casework import deadlines, sharing
from compliance.casework.officers import Refused, acts_as_head, is_officer
from compliance.casework.unlocking import Unlocked
from compliance.models import Entry, Report
from lacare_site.casework import audit, retention

LONGEST = 20_000  # characters


@sensitive_variables()
@transaction.atomic
def answer(report: Report, unlocked: Unlocked, text: str) -> None:
    """Writes to the reporter."""
    by, text = unlocked.recipient.officer, _checked(text, "Write something to the reporter.")
    report = _locked(report, unlocked)
    _write(report, unlocked, Entry.Kind.MESSAGE, thread.THREAD, {"text": text})
    is_first, report.officers_wrote_on = report.officers_wrote_on is None, timezone.localdate()
    if is_first:
        report.due_on = deadlines.due_on(report)
    report.save(update_fields=["officers_wrote_on", "due_on"])
    audit.record(by, "compliance.answered", report.reference)


@sensitive_variables()
@transaction.atomic
def note(report: Report, unlocked: Unlocked, text: str) -> None:
    report, text = _locked(report, unlocked), _checked(text, "Write something in the note.")
    _write(report, unlocked, Entry.Kind.NOTE, thread.INTERNAL, {"text": text})
    audit.record(unlocked.recipient.officer, "compliance.noted", report.reference)


@transaction.atomic
def begin(report: Report, unlocked: Unlocked) -> None:
    """Begins the inquiry."""
    report = _locked(report, unlocked, Report.Stage.RECEIVED)
    _move(report, Report.Stage.INQUIRY)
    audit.record(unlocked.recipient.officer, "compliance.inquiry_begun", report.reference)


@sensitive_variables()
@transaction.atomic
def decide(report: Report, unlocked: Unlocked, outcome: str, text: str, corrective_action: str) -> None:
    """Ends the inquiry with an outcome; what was found and what follows from it is sealed."""
    report = _locked(report, unlocked, Report.Stage.INQUIRY)
    if outcome not in Report.Outcome.values:
        raise Refused("Choose an outcome.")
    values = {
        "text": _checked(text, "Say what the inquiry found."),
        "corrective_action": _checked(corrective_action, "Say what is done about it, or that nothing is needed."),
    }
    _write(report, unlocked, Entry.Kind.OUTCOME, thread.INTERNAL, values)
    report.outcome = outcome
    report.due_on = max(filter(None, (report.due_on, deadlines.due_on(report))))
    report.save(update_fields=["outcome", "due_on"])
    audit.record(unlocked.recipient.officer, "compliance.decided", report.reference, {"outcome": outcome})


@transaction.atomic
def close(report: Report, unlocked: Unlocked) -> None:
    report, by = _locked(report, unlocked, Report.Stage.INQUIRY), unlocked.recipient.officer
    _require_head(by, report)
    if not report.outcome:
        raise Refused("Decide on an outcome first.")
    today = timezone.localdate()
    report.closed_on, report.retention_until = today, retention.until(today, settings.COMPLIANCE_RULES["retention_years"])
    _move(report, Report.Stage.CLOSED)
    audit.record(by, "compliance.closed", report.reference, {"outcome": report.outcome})


@transaction.atomic
def reopen(report: Report, unlocked: Unlocked) -> None:
    """Takes the inquiry up again; the outcome is to be decided anew, and the earlier one stays to be read."""
    report, by = _locked(report, unlocked, Report.Stage.CLOSED), unlocked.recipient.officer
    _require_head(by, report)
    report.outcome, report.closed_on, report.retention_until = "", None, None
    _move(report, Report.Stage.INQUIRY)
    report.due_on = deadlines.due_after_reopening()
    report.save(update_fields=["due_on"])
    audit.record(by, "compliance.reopened", report.reference)


@transaction.atomic
def assign(report: Report, unlocked: Unlocked, to) -> None:
    """Assigns the report to an officer, or to nobody (None)."""
    report, by = _locked(report, unlocked), unlocked.recipient.officer
    _require_head(by, report)
    if to and to not in readers(report):
        raise Refused("That account cannot read this report.")
    report.assigned_to = to
    report.save(update_fields=["assigned_to"])
    audit.record(by, "compliance.assigned", report.reference, {"to": to.get_username() if to else ""})


@sensitive_variables()
@transaction.atomic
def set_hold(report: Report, unlocked: Unlocked, reason: str, *, is_held: bool) -> None:
    """Puts the report under legal hold, or ends that. The reason is content, and kept as a note."""
    report, by = _locked(report, unlocked), unlocked.recipient.officer
    _require_head(by, report)
    if report.legal_hold == is_held:
        raise Refused("The report is under legal hold already." if is_held else "The report is not under legal hold.")
    words = "Legal hold: " if is_held else "End of the legal hold: "
    text = words + _checked(reason, "Give the reason.")
    _write(report, unlocked, Entry.Kind.NOTE, thread.INTERNAL, {"text": text})
    report.legal_hold = is_held
    report.save(update_fields=["legal_hold"])
    audit.record(by, "compliance.held" if is_held else "compliance.released", report.reference)


@transaction.atomic
def recuse(report: Report, unlocked: Unlocked, officer) -> None:
    by = unlocked.recipient.officer
    _require_head(by, report)
    sharing.recuse(report, officer, by, unlocked)


def state(report: Report) -> str:
    """Differs once somebody has written in the report or moved it: a form says by it what its officer saw."""
    seen = (report.entries.count(), report.stage, report.outcome, report.assigned_to_id, report.legal_hold)
    return "-".join(map(str, seen))


def has_changed(report: Report, seen: str) -> bool:
    """Since its `state` was that; afterwards it does not change before the caller's transaction ends."""
    return state(_found(report)) != seen


@sensitive_variables()
def is_written(report: Report, unlocked: Unlocked, kind: str, values: dict) -> bool:
    """Whether this is the last entry of that kind, by this officer: a second click. Raises Unopened."""
    entry = report.entries.filter(kind=kind).last()
    if entry is None or entry.author_id != unlocked.recipient.officer_id:
        return False
    key = thread.key_for(report, entry.scope, unlocked.private, unlocked.recipient)
    return sealing.decrypt_values(key, entry.sealed) == values


def readers(report: Report) -> list:
    """The officers who can open a report, and so can be given it."""
    keys = report.keys.filter(scope=thread.INTERNAL, recipient__officer__isnull=False, recipient__retired_on=None)
    return [key.recipient.officer for key in keys.select_related("recipient__officer") if is_officer(key.recipient.officer)]


@sensitive_variables()
def _write(report: Report, unlocked: Unlocked, kind: str, scope: str, values: dict) -> None:
    key = thread.key_for(report, scope, unlocked.private, unlocked.recipient)
    thread.write(report, kind, scope, key, values, author=unlocked.recipient.officer)


def _move(report: Report, stage: str) -> None:
    report.stage = stage
    report.due_on = deadlines.due_on(report)
    report.save(update_fields=["stage", "due_on", "outcome", "closed_on", "retention_until"])


def _require_head(user, report: Report) -> None:
    if not acts_as_head(user, report):
        raise Refused("This step is for the head compliance officer.")


def _found(report: Report) -> Report:
    if (found := Report.objects.select_for_update().filter(pk=report.pk).first()) is None:
        raise Refused("This report is no longer there.")
    return found


def _locked(report: Report, unlocked: Unlocked, *stages: str) -> Report:
    """As it stands now, until the transaction ends. Raises Unopened for whoever cannot open it: they change nothing of it, either."""
    found = _found(report)
    thread.key_for(found, thread.INTERNAL, unlocked.private, unlocked.recipient)
    if stages and found.stage not in stages:
        raise Refused(f"The report stands at “{found.get_stage_display()}” by now.")
    return found


@sensitive_variables()
def _checked(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(missing)
    if len(text) > LONGEST:
        raise Refused(f"The text has {len(text):,} characters; take at most {LONGEST:,}.")
    return text
