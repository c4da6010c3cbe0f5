"""Officers with keys, and reports for them to read."""

import hashlib
import uuid

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from compliance import sealing, thread
from compliance.casework import keyring, services, unlocking
from compliance.models import Report
from tests.harness.accounts import StaffClient
from tests.intake import sample_codes

PASSPHRASE = "seven apples on the roof"
PASSWORD = "the one to sign in with"
MARKER = "zebra-marker-7731"
CONTENT = b"%PDF-1.7 zebra-marker-7731 bill"


def officer(name: str, *, head: bool = False, has_key: bool = True):
    user = get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD, first_name=name.title())
    user.groups.add(Group.objects.get(name="Head compliance officers" if head else "Compliance officers"))
    if has_key:
        keyring.confirm(keyring.enrol(user, PASSPHRASE), None)
    return user


def desk(user, passphrase: str = PASSPHRASE) -> StaffClient:
    """The officer's browser, with the key unlocked unless `passphrase` is ""."""
    client = StaffClient()
    client.force_login(user)
    if passphrase:
        assert client.post("/admin/compliance/unlock/", {"passphrase": passphrase}).status_code == 302
    return client


def unlocked(user, passphrase: str = PASSPHRASE) -> unlocking.Unlocked:
    key, private = unlocking.private_key(user, passphrase)
    return unlocking.Unlocked(key, private, None)


def file_report(names=(), category: str = "fraud", **fields) -> tuple[Report, str]:
    """A report that names the officers `names`, who so get no key to it; and its receipt."""
    receipt = sample_codes.new()
    keys = sealing.receipt_keys(receipt)
    with transaction.atomic():
        report = Report.objects.create(
            reference=f"RPT-{uuid.uuid4().hex[:8].upper()}",
            category=category,
            language="es",
            is_named=True,
            receipt_lookup=keys.lookup,
            reporter_key=keys.pair.public,
            submission_key=uuid.uuid4().hex,
            **fields,
        )
        for user in names:
            report.recusals.create(officer=user, by_reporter=True)
        opened = thread.give_keys(report, thread.recipients(without=[user.pk for user in names]))
        facts = {"name": f"{MARKER}.pdf", "type": "application/pdf", "size": len(CONTENT)}
        facts["sha256"] = hashlib.sha256(CONTENT).hexdigest()
        values = {"what": f"Bills for nobody {MARKER}", "named": {"name": f"Rosa {MARKER}", "contact": "by mail"}}
        thread.write(report, "report", thread.THREAD, opened[thread.THREAD], values, files=[thread.File(facts, CONTENT)])
    return report, receipt


def address(report: Report, more: str = "") -> str:
    return f"/admin/compliance/reports/{report.reference}/{more}"


def as_reporter(report: Report, receipt: str) -> list[thread.OpenEntry]:
    """What the reporter reads with the receipt."""
    return thread.read(report, thread.THREAD, thread.key_for(report, thread.THREAD, sealing.receipt_keys(receipt).pair.private))


def act(client, report: Report, action: str, **fields):
    """Sends a form of the report's page, opened just before."""
    seen = services.state(Report.objects.get(pk=report.pk))
    return client.post(address(report), {"action": action, "seen": seen, **fields})
