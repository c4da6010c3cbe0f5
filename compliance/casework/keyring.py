"""Officers' key pairs, from enrolment to retirement, and the recovery key. A private half is never stored but wrapped."""

import contextlib
import hashlib
import unicodedata
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from compliance import sealing, thread
from compliance.casework.officers import Refused
from compliance.models import RecipientKey, Report, SealedKey, UnlockedKey
from compliance.officers import officers
from lacare_site.casework import audit

LONGEST = 500
KEY_GROUP = 8  # how the recovery key is written: 64 hexadecimal digits in groups


def of(user) -> RecipientKey | None:
    """The officer's key in use."""
    return RecipientKey.objects.filter(officer=user, retired_on=None).first()


def recovery_key() -> RecipientKey | None:
    return RecipientKey.objects.filter(officer=None, retired_on=None).first()


def fingerprint(key: RecipientKey) -> str:
    """By which two people on the telephone know that they see the same key."""
    digest = hashlib.sha256(bytes(key.public)).hexdigest()[:32]
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


@sensitive_variables()
def plain(passphrase: str) -> str:
    """As it is meant, whatever keyboard it was typed on."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


@sensitive_variables()
def opens(key: RecipientKey, passphrase: str) -> bool:
    try:
        return bool(sealing.unwrap(key.wrapped, plain(passphrase)))
    except sealing.Unopened:
        return False


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """A transaction in which nobody else changes keys or seals anything to one. What it records comes last: whoever writes into a report
    holds the report and waits for the log."""
    with transaction.atomic():
        thread.hold_keys(alone=True)
        yield


def _as_it_is(key: RecipientKey) -> RecipientKey:
    """The key as it stands now. Raises Refused where it is out of use."""
    if (found := RecipientKey.objects.filter(pk=key.pk, retired_on=None).first()) is None:
        raise Refused("This key is no longer in use.")
    return found


@sensitive_variables()
def enrol(user, passphrase: str) -> RecipientKey:
    """The first key of an officer. Raises Refused where there is one in use.

    The very first officer's is confirmed, each later one by somebody who could read before: nobody gets in by a role alone.
    """
    pair, wrapped = _fresh(passphrase)
    with _alone():
        if of(user):
            raise Refused("You have a key already.")
        is_first = not RecipientKey.objects.filter(officer__isnull=False).exists()
        key = RecipientKey.objects.create(officer=user, public=pair.public, wrapped=wrapped, confirmed=is_first)
        _record(key, "compliance.key.made")
    return key


def confirm(key: RecipientKey, by) -> None:
    """Has reports to come sealed to this key, too. `by` is None for the console."""
    if not key.confirmed:
        key.confirmed = True
        key.save(update_fields=["confirmed"])
        audit.record(by, "compliance.key.confirmed", key.officer.get_username(), {"fingerprint": fingerprint(key)})


@sensitive_variables()
def replace_lost(user, passphrase: str) -> RecipientKey:
    """A fresh key in place of one whose passphrase is lost: what was sealed to the old one, another officer has to share anew."""
    pair, wrapped = _fresh(passphrase)
    with _alone():
        if key := of(user):
            _retire(key)
        fresh = RecipientKey.objects.create(officer=user, public=pair.public, wrapped=wrapped, confirmed=False)
        _record(fresh, "compliance.key.lost")
    return fresh


@sensitive_variables()
def change_passphrase(key: RecipientKey, private: bytes, passphrase: str) -> None:
    """Raises Refused where the key has been taken out of use meanwhile."""
    wrapped = sealing.wrap(private, plain(passphrase))
    with _alone():
        key = _as_it_is(key)
        key.wrapped = wrapped
        key.save(update_fields=["wrapped"])
        audit.record(key.officer, "compliance.passphrase.changed", "own key")


@sensitive_variables()
def rotate(key: RecipientKey, private: bytes, passphrase: str) -> RecipientKey:
    """A fresh key that opens all that the old one opened, and takes its place. What it opens is to be encrypted anew.

    Raises Refused where the old one has been taken out of use meanwhile.
    """
    pair, wrapped = _fresh(passphrase)
    with _alone():
        key = _as_it_is(key)
        sealed = list(key.sealed_keys.all())
        _want_new_keys(key)
        _retire(key)
        fresh = RecipientKey.objects.create(officer=key.officer, public=pair.public, wrapped=wrapped, confirmed=key.confirmed)
        SealedKey.objects.bulk_create(
            SealedKey(
                report_id=row.report_id,
                scope=row.scope,
                recipient=fresh,
                sealed=sealing.seal(fresh.public, sealing.unseal(private, row.sealed)),
            )
            for row in sealed
        )
        _record(fresh, "compliance.key.rotated")
    return fresh


def retire(key: RecipientKey, by) -> None:
    """Takes the key of an officer who leaves out of use, with all that is sealed to it. `by` is None for the system.

    Raises Refused while some report opens with this key alone: it would be lost; and where the key is out of use already.
    """
    with _alone():
        key = _as_it_is(key)
        if only_with(key).exists():
            raise Refused("Some reports open with this key alone. They are shared first, or would be lost.")
        _want_new_keys(key)
        _retire(key)
        audit.record(by, "compliance.key.retired", key.officer.get_username(), {"fingerprint": fingerprint(key)})


def retire_departed() -> int:
    """Retires the keys of accounts that are officers no longer, however that came about. For the worker's housekeeping."""
    departed = RecipientKey.objects.filter(retired_on=None, officer__isnull=False).exclude(officer__in=officers().values("pk"))
    retired = 0
    for key in departed:
        # What they alone could open waits until they are officers again: a tick that was taken by mistake must not cost reports.
        with contextlib.suppress(Refused):
            retire(key, None)
            retired += 1
    return retired


def only_with(key: RecipientKey):
    """The reports that no other officer's key and no recovery key in use opens."""
    others = RecipientKey.objects.filter(Q(officer=None) | Q(officer__in=officers().values("pk")), retired_on=None)
    return Report.objects.filter(keys__recipient=key).exclude(keys__recipient__in=others.exclude(pk=key.pk)).distinct()


@sensitive_variables()
def make_recovery_key() -> str:
    """Makes a recovery key, and gives its private half in the form in which it is written down. An older one opens what it opened."""
    pair = sealing.new_pair()
    with _alone():
        RecipientKey.objects.filter(officer=None, retired_on=None).update(retired_on=timezone.localdate())
        RecipientKey.objects.create(public=pair.public)
        audit.record(None, "compliance.recovery_key.made", "recovery key")
    digits = pair.private.hex()
    return " ".join(digits[start : start + KEY_GROUP] for start in range(0, len(digits), KEY_GROUP))


def withdraw_recovery_keys() -> int:
    """Takes all earlier recovery keys out of use, such as a stolen one, with all that is sealed to them; gives how many.

    Raises Refused while one of them opens what the present one does not.
    """
    with _alone():
        opened_now = SealedKey.objects.filter(recipient=recovery_key()).values("report")
        earlier = RecipientKey.objects.filter(officer=None, retired_on__isnull=False, sealed_keys__isnull=False).distinct()
        if left := Report.objects.filter(keys__recipient__in=earlier).exclude(pk__in=opened_now).distinct().count():
            raise Refused(
                f"{left} report{'' if left == 1 else 's'} would be lost to recovery. Share with the present recovery key first."
            )
        keys = list(earlier)
        for key in keys:
            _want_new_keys(key)
            _forget(key)
        for key in keys:
            audit.record(None, "compliance.recovery_key.withdrawn", "recovery key", {"fingerprint": fingerprint(key)})
    return len(keys)


@sensitive_variables()
def read_recovery_key(written: str) -> tuple[RecipientKey, bytes]:
    """The recovery key that somebody typed, in use or not, with its private half. Raises Refused for anything else."""
    try:
        private = bytes.fromhex(written.replace("-", " "))
        public = sealing.public_of(private)
    except ValueError:
        raise Refused("A recovery key has 64 figures and letters from 0 to f.") from None
    key = RecipientKey.objects.filter(officer=None, public=public).first()
    if key is None:
        raise Refused("This is no recovery key of this site.")
    return key, private


@sensitive_variables()
def _fresh(passphrase: str) -> tuple[sealing.Pair, bytes]:
    """A pair, and its private half under the passphrase: slow, and so never while others wait."""
    pair = sealing.new_pair()
    return pair, sealing.wrap(pair.private, plain(passphrase))


def _record(key: RecipientKey, action: str) -> None:
    audit.record(key.officer, action, "own key", {"fingerprint": fingerprint(key)})


def _want_new_keys(key: RecipientKey) -> None:
    Report.objects.filter(pk__in=SealedKey.objects.filter(recipient=key).values("report")).update(needs_new_keys=True)


def _retire(key: RecipientKey) -> None:
    key.retired_on = timezone.localdate()
    key.save(update_fields=["retired_on"])
    _forget(key)


def _forget(key: RecipientKey) -> None:
    """What was sealed to a key that is out of use, and the private half itself."""
    SealedKey.objects.filter(recipient=key).delete()
    UnlockedKey.objects.filter(recipient=key).delete()
    RecipientKey.objects.filter(pk=key.pk).update(wrapped=b"")
