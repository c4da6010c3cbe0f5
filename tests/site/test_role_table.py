"""Which role opens which part of the admin: a committed table, role by route, each route with a real object.

A difference fails. If it is meant, WRITE_ROLE_TABLE=1 in the environment of this test writes the table anew, and the change is seen in
the commit. yes = opened; no = refused; on = sent on to another page; post = takes POST alone; none = there is no such thing.
"""

import csv
import os
import uuid
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.backends.django import Template
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Site, Workflow
from wagtail.snippets.models import get_snippet_models

from compliance.models import SealedFile
from lacare_site.casework import registry, services
from lacare_site.casework.models import Case, CaseEvent
from lacare_site.intake import uploads
from lacare_site.security import roles
from members.copy_request.models import CopyRequest
from pages.models import DeclaredEmergency, PageReport, PlanDocument
from providers.models import ApplicationPeriod, TopicRoute
from tests.casework.conftest import send_inquiry
from tests.casework.sample.kind import INQUIRY, WORKFLOW
from tests.compliance.officers import file_report, officer
from tests.harness.accounts import StaffClient
from tests.members.grievances import MARK, sent
from tests.members.test_copy_request import PAPER
from tests.pages.tree import page

TABLE = Path(__file__).with_name("role_table.csv")
COLUMNS = [role.groups[0] for role in roles.ROLES] + ["Administrators"]
OPENED, REFUSED, NONE = "yes", "no", "none"
OUTCOMES = {200: OPENED, 302: "on", 400: OPENED, 409: OPENED, 403: REFUSED, 404: NONE, 405: "post"}
SENDER = "Palm Medical Group"
ON_TRANSLATIONS = ("translation_changes", "translation_versions", "translation_version")
# What ends the names of the rows of a desk that shows a case of that kind, and none of the intake's; who works there.
OTHER_DESKS = {
    " grievance": {roles.GRIEVANCE_REVIEWER.group, roles.GRIEVANCE_SUPERVISOR.group},
    " copy_request": {roles.PAGE_MAILER.group},
}
GRIEVANCES, COPY_REQUESTS = OTHER_DESKS
LEFT_OUT = {"wagtailadmin_error_test"}  # it is there to fail


def named_routes(patterns, namespaces=(), names=()):
    """(name with its namespaces, names of its arguments) of every named route."""
    for pattern in patterns:
        arguments = (*names, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield ":".join([*namespaces, pattern.name]), arguments
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from named_routes(pattern.url_patterns, inner, arguments)


@pytest.fixture
def value(db, settings, tmp_path):
    """For each argument of a route a real object's: `value("wagtailsites:edit", "pk")`; 1 where there is none to show."""
    settings.PRIVATE_ROOT = tmp_path
    case, shown, document = send_inquiry(SENDER), page("/members/id-card"), PlanDocument.objects.first()
    file = uploads.receive(SimpleUploadedFile("roster.csv", b"npi,name\r\n"), case)
    user = get_user_model().objects.create_user("somebody")
    letter = services.keep_letter(case, INQUIRY.letters[0], user, SENDER)
    ApplicationPeriod.objects.create(closed_from="2030-01-01")
    TopicRoute.objects.create(topic="join", mailbox="join@example.org")
    collection = Collection.get_first_root_node().add_child(name="Forms")
    emergency = DeclaredEmergency.objects.create(name="Fire", declared_at=timezone.now())
    keys = {
        f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}": model.objects.first()
        for model in get_snippet_models()
    }
    keys |= {
        "wagtailadmin_collections": collection,
        "wagtailadmin_workflows": Workflow.objects.first(),
        "wagtailsites": Site.objects.first(),
        "wagtailusers_groups": Group.objects.get(name="Editors"),
        "wagtailusers_users": get_user_model().objects.create_user("nobody"),  # who wrote a letter cannot be deleted
        "reset_second_step": user,
        "case_document": file,
        "emergency_filing": emergency,
        "emergency_filing_text": emergency,
        "page_report_read": PageReport.objects.create(page=shown.sitepage_ptr, language="en", subject="other"),
        **dict.fromkeys(ON_TRANSLATIONS, shown),
    }
    values = dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "page_pk"), shown.pk)
    values |= {"destination_id": shown.get_parent().pk, "revision_id": shown.latest_revision_id}
    values |= {"revision_id_a": "earliest", "revision_id_b": "latest"}
    values |= {"content_type_app_name": "pages", "content_type_model_name": shown.specific_class._meta.model_name}
    values |= {"app_label": "pages", "model_name": "notice", "code": "es"}
    values |= {"kind": case.kind, "reference": case.reference, "key": "inquiry_decision"}
    values["case_kept_letter event"] = letter.pk
    _ana, grievance = sent()
    kept = grievance.events.create(kind=CaseEvent.Kind.LETTER, actor=user, text=MARK)
    keys[f"case_document{GRIEVANCES}"] = uploads.receive(SimpleUploadedFile("knee.csv", b"npi,name\r\n"), grievance)
    values |= {f"kind{GRIEVANCES}": "grievance", f"reference{GRIEVANCES}": grievance.reference}
    values |= {f"key{GRIEVANCES}": "grievance_acknowledgement", f"event{GRIEVANCES}": kept.pk}
    with transaction.atomic():
        asked, _is_new = services.open_case("copy_request", "en", uuid.uuid4())
        CopyRequest.objects.create(case=asked, values=PAPER | {"wanted": MARK, "path": ""})
    kept = asked.events.create(kind=CaseEvent.Kind.LETTER, actor=user, text=MARK)
    keys[f"case_document{COPY_REQUESTS}"] = uploads.receive(SimpleUploadedFile("page.csv", b"npi,name\r\n"), asked)
    values |= {f"kind{COPY_REQUESTS}": "copy_request", f"reference{COPY_REQUESTS}": asked.reference}
    values[f"event{COPY_REQUESTS}"] = kept.pk
    values |= {"document_id": document.pk, "doc_id": document.pk, "collection_id": collection.pk}
    values |= {"redirect_id": Redirect.objects.create(old_path="/old", redirect_link="/members").pk}

    values |= {f"{route} kind": "pages" for route in ON_TRANSLATIONS}
    values["version"] = shown.latest_revision_id
    officer("olga")
    report, _receipt = file_report()
    keys["compliance_file"] = SealedFile.objects.get()
    values |= {f"compliance_{name} reference": report.reference for name in ("report", "export")}

    def value(route: str, argument: str):
        known = keys.get(route.partition(":")[0])
        desk = desk_of(route)
        own = f"{argument}{desk}" if desk else f"{route} {argument}"
        return known.pk if known and argument == "pk" else values.get(own, values.get(argument, 1))

    return value


def desk_of(route: str) -> str:
    """Which of the other desks the row is of, "" for none."""
    return next((desk for desk in OTHER_DESKS if route.endswith(desk)), "")


def address_of(route: str, arguments: tuple[str, ...], value) -> str:
    values, name = {argument: value(route, argument) for argument in arguments}, route.removesuffix(desk_of(route))
    try:
        return reverse(name, kwargs=values)
    except NoReverseMatch:
        return reverse(name, kwargs={key: "x" if entry == 1 else entry for key, entry in values.items()})


def account(column: str):
    if column == "Administrators":
        return get_user_model().objects.get(is_superuser=True)
    user = get_user_model().objects.create_user(column, first_name=column)
    user.groups.add(Group.objects.get(name=column))
    return user


def outcome(client, address: str) -> str:
    response = client.get(address)
    address = response.headers.get("Location", "")
    assert not address.startswith("/admin/login/?next"), "signed out"
    return REFUSED if address == "/admin/" else OUTCOMES[response.status_code]


@pytest.fixture
def addresses(value) -> dict[str, str]:
    """An address of each route of the admin."""
    admin = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "admin/"]
    found = dict(named_routes(admin))
    desks = {route for route, arguments in found.items() if "kind" in arguments and route.startswith("case")} | {"case_document"}
    found |= {f"{route}{desk}": found[route] for route in desks for desk in OTHER_DESKS}
    return {route: address_of(route, arguments, value) for route, arguments in sorted(found.items()) if route not in LEFT_OUT}


def committed() -> dict[str, dict[str, str]]:
    """Route to role to outcome."""
    with TABLE.open(newline="") as file:
        return {row.pop("route"): row for row in csv.DictReader(file)}


@pytest.fixture
def asked(monkeypatch):
    """What each role meets at each of these addresses, by route."""
    # What a page shows is not asked here, and takes nearly all of the time.
    monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")

    def asked(addresses: dict[str, str]) -> list[tuple[str, ...]]:
        columns = []
        for column in COLUMNS:
            client, user = StaffClient(), account(column)
            client.force_login(user)
            # Nothing that is asked changes an account: its rights are read once, and not with each address.
            monkeypatch.setattr(ModelBackend, "get_user", lambda *args, user=user: user)
            columns.append([outcome(client, address) for address in addresses.values()])
        return list(zip(addresses, *columns, strict=True))

    return asked


def as_table(rows) -> dict[str, dict[str, str]]:
    return {route: dict(zip(COLUMNS, outcomes, strict=True)) for route, *outcomes in rows}


def test_every_role_opens_what_the_table_says_of_our_own_views(addresses, asked):
    table = committed()
    assert list(table) == list(addresses)
    # One row stands for the desk that is like another, which the audit reads whole.
    left_to_audit = {route for route in addresses if route.endswith(COPY_REQUESTS)} - {f"case{COPY_REQUESTS}"}
    ours = {
        route: address
        for route, address in addresses.items()
        if (not route.startswith("wagtail") or route.startswith("wagtailsnippets_")) and route not in left_to_audit
    }
    assert len(ours) > 100
    assert as_table(asked(ours)) == {route: table[route] for route in ours}


@pytest.mark.audit
def test_every_role_opens_what_the_table_says(addresses, asked):
    assert len(addresses) > 200
    rows = asked(addresses)
    if os.environ.get("WRITE_ROLE_TABLE"):
        with TABLE.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([["route", *COLUMNS], *rows])
    assert as_table(rows) == committed()


def test_a_desk_is_opened_by_its_own_roles_and_by_auditors():
    desks = {"": {roles.INTAKE_REVIEWER.group, roles.INTAKE_DECISION_MAKER.group}} | OTHER_DESKS
    for route, row in committed().items():
        own = desk_of(route)
        if own or f"{route}{GRIEVANCES}" in committed():
            shut_out = {column for desk, columns in desks.items() if desk != own for column in columns}
            assert {row[column] for column in shut_out} == {REFUSED}, route
            # Requests for a page have no letters to write.
            expected = {NONE} if route == f"case_letter{COPY_REQUESTS}" else {OPENED}
            assert {row[column] for column in desks[own]} == expected, route


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("application", {"legal_name": SENDER, "values": {}}),
        ("information_request", {"who": "group", "name": SENDER, "way": "email", "topic": "join", "answer_language": "en"}),
    ],
)
def test_what_providers_send_is_opened_by_whom_the_table_says(value, asked, kind, what):
    made = registry.get(kind)
    with transaction.atomic():
        case, _is_new = services.open_case(kind, "en", uuid.uuid4())
        made.model.objects.create(case=case, **what)
    user = get_user_model().objects.get(username="somebody")
    letter = next(iter(made.letters), None)  # answers to questions have none
    values = {"kind": kind, "reference": case.reference}
    if letter:
        values |= {"key": letter.key, "event": services.keep_letter(case, letter, user, SENDER).pk}
    values["pk"] = uploads.receive(SimpleUploadedFile("roster.csv", b"npi,name\r\n"), case).pk
    arguments = {route: names for route, names in named_routes(get_resolver().url_patterns) if values.keys() >= set(names)}
    table = {route: row for route, row in committed().items() if route.startswith("case") and route in arguments}
    assert len(table) >= 8
    addresses = {route: reverse(route, kwargs={name: values[name] for name in arguments[route]}) for route in table}
    assert as_table(asked(addresses)) == table


def test_only_roles_on_cases_open_cases():
    on_cases = {name for role in roles.ROLES if role.on_cases for name in role.groups}
    desks = {route: row for route, row in committed().items() if route.startswith("case") and route != "case_outbox"}
    assert len(desks) >= 18
    for route, row in desks.items():
        assert not {column for column in COLUMNS if row[column] != REFUSED} - on_cases, route
        assert any(row[column] != REFUSED for column in on_cases), route


@pytest.mark.parametrize(
    "column", [*(pytest.param(role.group, marks=pytest.mark.audit) for role in (roles.EDITOR, roles.MODERATOR)), "Administrators"]
)
def test_nobody_else_reads_of_a_case_anywhere_in_the_admin(addresses, value, column):
    """Neither in lists and their search, nor in reports, nor in the history: every page that opens is read."""
    case = Case.objects.get(reference=value("case", "reference"))
    grievance, reviewer = value(f"case{GRIEVANCES}", "reference"), account(roles.INTAKE_REVIEWER.group)
    services.move(case, WORKFLOW.transitions["take"], reviewer)
    services.note(case, reviewer, f"Called {SENDER}")
    client, opened = StaffClient(), 0
    client.force_login(account(column))
    for route, address in addresses.items():
        if committed()[route][column] == OPENED:
            response = client.get(address, {"q": "Palm", "search": "Palm"})
            text = "" if response.streaming else response.text
            opened += response.status_code == 200
            assert not any(words in text for words in (SENDER, MARK, case.reference, grievance)), address
    assert opened > 90
