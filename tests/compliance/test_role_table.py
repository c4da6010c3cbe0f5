"""Who opens what of the officers' desk: a committed table, person by address and object. Beside the table of the whole admin
(tests/site/role_table.csv), which knows roles, this one knows keys, and who is shut out.

A difference fails. If it is meant, WRITE_ROLE_TABLE=1 in the environment of this test writes the table anew.
yes = opened; locked, no key = sent to unlock or make a key; closed = the key does not open it; none = there is no such thing;
no = refused; the head's = refused to whoever is not the head; unconfirmed = refused to a key that is not; away, sign in = sent there;
done = it was done, and is undone for the next one.
"""

import csv
import os
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from compliance.casework import keyring, services, sharing
from compliance.models import Report
from tests.compliance.officers import PASSPHRASE, address, desk, file_report, officer, unlocked
from tests.harness.accounts import StaffClient

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("role_table.csv")
PLAIN = ("desk", "statistics", "keys", "unlock", "enrol", "passphrase", "fresh_key", "lost")
DECIDED = {"stage": "inquiry", "outcome": "substantiated"}
# What is done with a report: the state that it needs, and what is posted.
STEPS = {
    "note": ({}, {"text": "x"}),
    "answer": ({}, {"text": "x"}),
    "begin": ({}, {}),
    "decide": (DECIDED, {"outcome": "referred", "text": "x", "corrective_action": "y"}),
    "close": (DECIDED, {}),
    "reopen": (DECIDED | {"stage": "closed"}, {}),
    "assign": ({}, {"to": "olga"}),
    "hold": ({}, {"text": "x"}),
    "recuse": ({}, {"to": "olga"}),
}
REFUSALS = {
    "does not open this report": "closed",
    "for the head compliance officer.": "the head's",
    "not confirmed yet.</p>": "unconfirmed",
    "Unlock your key first.</p>": "locked",
}
SENT_TO = {"/admin/compliance/unlock/": "locked", "/admin/compliance/keys/new/": "no key", "/admin/login/": "sign in"}


@pytest.fixture
def reports() -> dict[str, Report]:
    """One that everybody may know of, and one that names Nora, from which the head has shut Rita out."""
    hana = officer("hana", head=True)
    for name in ("olga", "nora", "rita", "lars"):
        officer(name)
    open_to_all, about = file_report()[0], file_report([get_user_model().objects.get(username="nora")])[0]
    sharing.recuse(about, get_user_model().objects.get(username="rita"), hana, unlocked(hana))
    keyring.enrol(officer("ulla", has_key=False), PASSPHRASE)
    keyring.enrol(officer("heidi", head=True, has_key=False), PASSPHRASE)
    officer("karl", has_key=False)
    return {"a report": open_to_all, "one that names Nora, and not for Rita": about}


@pytest.fixture
def people(reports) -> dict[str, StaffClient]:
    def account(name: str, group: str = "", **options):
        user = get_user_model().objects.create_user(name, is_staff=True, **options)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return desk(user, "")

    def of(name: str, passphrase: str = PASSPHRASE):
        return desk(get_user_model().objects.get(username=name), passphrase)

    found = {
        "officer": of("olga"),
        "officer, locked": of("olga", ""),
        "head": of("hana"),
        "named by the reporter": of("nora"),
        "shut out by the head": of("rita"),
        "without a key": of("karl", ""),
        "key not confirmed": of("ulla"),
        "head, key not confirmed": of("heidi"),
        "officer no longer": of("lars"),
        "auditor": account("ada", "Auditors"),
        "administrator": account("root", is_superuser=True),
        "nobody": StaffClient(),
    }
    get_user_model().objects.get(username="lars").groups.clear()
    return found


def outcome(answer) -> str:
    place = answer.headers.get("Location", "")
    for start, word in SENT_TO.items():
        if place.startswith(start):
            return word
    if place:
        return "away" if place == "/admin/" else "done" if answer.wsgi_request.method == "POST" else "on"
    if answer.status_code == 409:
        (alert,) = re.findall(r'role="alert">.*?</p>', answer.text) or [""]
        return next((word for text, word in REFUSALS.items() if text in alert + answer.text * (not alert)), "locked")
    if "does not open this report" in ("" if answer.streaming else answer.text):
        return "closed"
    return {200: "yes", 403: "no", 404: "none"}[answer.status_code]


def rows(reports, people):
    asked = [(name, "", reverse(f"compliance_{name}")) for name in PLAIN]
    for named, report in reports.items():
        asked += [("report", named, address(report)), ("export", named, address(report, "export/"))]
        file = report.entries.first().files.get()
        asked.append(("file", named, reverse("compliance_file", args=[file.pk])))
    for name, named, place in asked:
        yield [name, named, *(outcome(client.get(place)) for client in people.values())]
    for named, report in reports.items():
        for step, (state, posted) in STEPS.items():
            if "to" in posted:
                posted = {"to": get_user_model().objects.get(username=posted["to"]).pk}
            yield [
                f"report, {step}",
                named,
                *(tried(client, report, state, {"action": step} | posted) for client in people.values()),
            ]
    for action, name in (("share", "ulla"), ("retire", "rita")):
        key = keyring.of(get_user_model().objects.get(username=name)).pk
        posted = {"action": f"{action}:{key}", "compared": "on"}
        yield [f"keys, {action}", name.title(), *(tried(client, None, {}, posted) for client in people.values())]


def tried(client, report: Report | None, state: dict, posted: dict) -> str:
    """What came of it; whatever was done is undone."""
    with transaction.atomic():
        if report:
            Report.objects.filter(pk=report.pk).update(**state)
            posted = posted | {"seen": services.state(Report.objects.get(pk=report.pk))}
        try:
            return outcome(client.post(address(report) if report else "/admin/compliance/keys/", posted))
        finally:
            transaction.set_rollback(True)


def test_everybody_opens_what_the_table_says(reports, people):
    found = [["page", "object", *people], *rows(reports, people)]
    if os.environ.get("WRITE_ROLE_TABLE"):
        with TABLE.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(found)
    with TABLE.open(newline="") as file:
        assert list(csv.reader(file)) == found
