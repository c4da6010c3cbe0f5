"""Who can open a report: it is shared with newcomers, and gets new keys when somebody is shut out of it or has left."""

import time

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from compliance import sealing, thread
from compliance.casework import keyring
from compliance.casework.officers import Refused, is_officer
from compliance.casework.unlocking import Unlocked
from compliance.models import Entry, RecipientKey, Recusal, Report, SealedFile, SealedKey
from compliance.officers import officers
from lacare_site.casework import audit

SCOPES = tuple(SealedKey.Scope)


def readable(key: RecipientKey):
    """The reports that this key opens."""
    return Report.objects.filter(keys__recipient=key, keys__scope=SealedKey.Scope.INTERNAL)


def to_share(giver: RecipientKey, taker: RecipientKey):
    """The reports that one key opens and the other does not, and from which its officer is not shut out."""
    found = readable(giver).exclude(pk__in=readable(taker).values("pk"))
    return found.exclude(recusals__officer=taker.officer_id) if taker.officer_id else found


@sensitive_variables()
def share(giver: RecipientKey, private: bytes, taker: RecipientKey, by) -> int:
    """Confirms the taker's key, and seals all those reports to it, too; gives how many. `by` is None for the console."""
    if taker.retired_on or (taker.officer_id and not is_officer(taker.officer)):
        raise Refused("This key is no longer in use.")
    if not giver.confirmed:
        raise Refused("Your own key is not confirmed yet.")
    with transaction.atomic():
        keyring.confirm(taker, by)
    count = 0
    for number in to_share(giver, taker).values_list("pk", flat=True):
        with transaction.atomic():
            thread.hold_keys()
            report = Report.objects.select_for_update().filter(pk=number).first()
            # Meanwhile it may have been purged, they were shut out of it, or their key was taken out of use.
            if (
                report
                and RecipientKey.objects.filter(pk=taker.pk, retired_on=None).exists()
                and to_share(giver, taker).filter(pk=number).exists()
            ):
                for row in report.keys.filter(recipient=giver):
                    key = sealing.unseal(private, row.sealed)
                    SealedKey.objects.create(
                        report=report, scope=row.scope, recipient=taker, sealed=sealing.seal(taker.public, key)
                    )
                count += 1
    name = taker.officer.get_username() if taker.officer else "recovery key"
    audit.record(by, "compliance.shared", name, {"reports": count})
    return count


@sensitive_variables()
@transaction.atomic
def recuse(report: Report, officer, by, unlocked: Unlocked) -> None:
    """Shuts an officer out of a report, which gets new keys. Raises Refused where they are, or where no officer would be left."""
    thread.hold_keys()
    if (report := Report.objects.select_for_update().filter(pk=report.pk).first()) is None:
        raise Refused("This report is no longer there.")
    if report.recusals.filter(officer=officer).exists():
        raise Refused("This officer is shut out already.")
    left = officers().exclude(pk=officer.pk).filter(recipient_keys__sealed_keys__report=report, recipient_keys__retired_on=None)
    if not left.exists():
        raise Refused("No other officer can open this report. Share it with one first.")
    Recusal.objects.create(report=report, officer=officer, by_reporter=False)
    if report.assigned_to_id == officer.pk:
        report.assigned_to = None
        report.save(update_fields=["assigned_to"])
    _renew(report, unlocked)
    audit.record(by, "compliance.recused", report.reference, {"officer": officer.get_username()})


def waiting(key: RecipientKey):
    """The reports that need new keys and that this key opens."""
    return readable(key).filter(needs_new_keys=True)


@sensitive_variables()
def renew_waiting(unlocked: Unlocked, by, seconds: float) -> int:
    """Gives such reports new keys, each in a transaction of its own, until the time is over; gives how many."""
    until, count = time.monotonic() + seconds, 0
    for number in list(waiting(unlocked.recipient).values_list("pk", flat=True)):
        with transaction.atomic():
            thread.hold_keys()
            report = waiting(unlocked.recipient).filter(pk=number).select_for_update(of=("self",)).first()
            if report:
                _renew(report, unlocked)
                audit.record(by, "compliance.new_keys", report.reference)
                count += 1
        if time.monotonic() > until:
            break
    return count


@sensitive_variables()
def _renew(report: Report, unlocked: Unlocked) -> None:
    """Encrypts all of a report anew, for those who can open it now but are not shut out, and for its reporter.

    In a transaction that holds the keys and has locked the report: whoever writes into it waits, and then finds the new keys.
    """
    old = {scope: thread.key_for(report, scope, unlocked.private, unlocked.recipient) for scope in SCOPES}
    shut_out = report.recusals.values("officer")
    of_officers = RecipientKey.objects.filter(retired_on=None, officer__in=officers().values("pk"), sealed_keys__report=report)
    recovery = RecipientKey.objects.filter(officer=None, sealed_keys__report=report)
    # An earlier one until the present one has been given the report.
    recovery = recovery.filter(retired_on=None).distinct() or recovery.distinct()
    kept = [*of_officers.exclude(officer__in=shut_out).distinct(), *recovery]
    report.keys.all().delete()
    new = thread.give_keys(report, kept)
    for entry in Entry.objects.filter(report=report).select_for_update():
        entry.sealed = _anew(entry.sealed, old[entry.scope], new[entry.scope])
        entry.save(update_fields=["sealed"])
        # One at a time: all files of a report together may be large.
        for number in entry.files.values_list("pk", flat=True):
            file = SealedFile.objects.get(pk=number)
            file.sealed_facts = _anew(file.sealed_facts, old[entry.scope], new[entry.scope])
            file.sealed = _anew(file.sealed, old[entry.scope], new[entry.scope])
            file.save(update_fields=["sealed_facts", "sealed"])
    report.needs_new_keys = False
    report.save(update_fields=["needs_new_keys"])


@sensitive_variables()
def _anew(sealed: bytes, old: bytes, new: bytes) -> bytes:
    return sealing.encrypt(new, sealing.decrypt(old, sealed))
