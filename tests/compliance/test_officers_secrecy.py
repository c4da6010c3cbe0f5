"""Who is no officer reads nothing of a report: not at the desk, not in the admin, not in the database with all settings at hand."""

import io

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection, models
from django.urls import reverse
from django.views.debug import ExceptionReporter

from compliance import models as compliance_models
from compliance import sealing
from compliance.casework import keyring, services
from compliance.models import RecipientKey, Report, SealedFile, UnlockedKey
from lacare_site.casework.models import AuditEntry
from lacare_site.security import roles
from tests.compliance.officers import MARKER, PASSPHRASE, act, address, desk, file_report, officer
from tests.harness.accounts import StaffClient

pytestmark = pytest.mark.django_db
OFFICERS = (roles.COMPLIANCE_OFFICER, roles.HEAD_COMPLIANCE_OFFICER)
OTHERS = [group for role in roles.ROLES if role not in OFFICERS for group in role.groups]
WORDS = f"What officers think {MARKER}"

# Every field of every model, by what it may hold. A field that is on no list fails: say what it is, or seal it.
SEALED = {
    "UnlockedKey.wrapped",
    "RecipientKey.wrapped",
    "Filing.sealed",
    "FilingFile.sealed_facts",
    "FilingFile.sealed",
    "SealedKey.sealed",
    "Entry.sealed",
    "SealedFile.sealed_facts",
    "SealedFile.sealed",
}
NO_CONTENT = {
    "RecipientKey": "id officer public made_on retired_on confirmed",
    "UnlockedKey": "id recipient token_hash ends_at",
    "Filing": "id token_hash ends_in",
    "FilingFile": "id filing",
    "Report": "id reference category stage outcome language is_named received_on due_on assigned_to receipt_lookup reporter_key "
    "submission_key reporter_wrote_on officers_wrote_on closed_on retention_until legal_hold needs_new_keys",
    "SealedKey": "id report scope recipient",
    "Recusal": "id report officer by_reporter on",
    "Entry": "id report number kind scope author on",
    "SealedFile": "id entry",
    "ReportTombstone": "id reference category received_on closed_on purged_on outcome",
}
# The one time of day: of officers' own work, never of a reporter's.
TIMES = {"UnlockedKey.ends_at"}


def test_every_field_of_a_report_is_sealed_or_known_to_hold_no_content():
    found = {
        f"{model.__name__}.{field.name}": field
        for model in apps.get_app_config("compliance").get_models()
        for field in model._meta.local_fields
    }
    known = {f"{model}.{name}" for model, names in NO_CONTENT.items() for name in names.split()}
    assert set(found) == known | SEALED
    assert all(isinstance(found[name], models.BinaryField) for name in SEALED)
    # What holds no content is short, or a number, a day, or one of a list: nobody could write a report into it.
    for name in known:
        field = found[name]
        assert not isinstance(field, models.TextField | models.JSONField | models.FileField), name
        assert not isinstance(field, models.CharField | models.BinaryField) or field.max_length <= 64, name
        assert name in TIMES or not isinstance(field, models.DateTimeField | models.TimeField), name


def test_the_numbers_of_rows_tell_neither_an_order_nor_that_others_are_missing():
    """Between two rows of officers, whose times the audit log has, a number that counts would tell when a reporter wrote."""
    officer("olga"), officer("omar")
    for _report in range(4):
        file_report()
    by_reporters = (Report, compliance_models.SealedKey, compliance_models.Entry, SealedFile)
    for model in (*by_reporters, compliance_models.Filing, compliance_models.FilingFile, compliance_models.Recusal):
        assert not isinstance(model._meta.pk, models.AutoField), model
    for model in by_reporters:
        numbers = list(model.objects.values_list("pk", flat=True))
        assert len(numbers) >= 4 and max(numbers) - min(numbers) > 10**9, model


def test_nothing_of_it_is_in_the_search_the_references_or_the_queue():
    for model in apps.get_app_config("compliance").get_models():
        assert model.wagtail_reference_index_ignore, model
        assert not hasattr(model, "search_fields"), model
        assert not model._meta.default_permissions, model
    with_content()
    from django_tasks_db.models import DBTaskResult
    from wagtail.models import ModelLogEntry, ReferenceIndex

    assert not [task for task in DBTaskResult.objects.all() if "compliance" in str(task.args_kwargs)]
    labels = {"compliance"}
    assert not ReferenceIndex.objects.filter(base_content_type__app_label__in=labels).exists()
    assert not ModelLogEntry.objects.filter(content_type__app_label__in=labels).exists()


def with_content() -> Report:
    """A report that has been read, answered, noted, decided, exported, shared and handed over."""
    olga, hana = officer("olga"), officer("hana", head=True)
    report, _receipt = file_report()
    client, head = desk(olga), desk(hana)
    client.get(address(report))
    for fields in (
        {"action": "answer", "text": WORDS},
        {"action": "note", "text": WORDS},
        {"action": "begin"},
        {"action": "decide", "outcome": "referred", "text": WORDS, "corrective_action": WORDS},
        {"action": "nonsense", "text": WORDS},
    ):
        act(client, report, **fields)
    for fields in ({"action": "hold", "text": WORDS}, {"action": "assign", "to": olga.pk}, {"action": "close"}):
        act(head, report, **fields)
    client.post(address(report, "export/"), {"new": "ten quinces beside a well", "again": "ten quinces beside a well"})
    client.get(f"/admin/compliance/files/{SealedFile.objects.get().pk}/")
    head.post(address(report), {"action": "recuse", "to": officer("omar").pk})
    return report


def whole_database() -> bytes:
    """Every table, as bytes; binary columns both as they are and in hexadecimal."""
    out = io.BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor:
                for value in row:
                    out.write(bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode())
                    out.write(b"\0")
    return out.getvalue()


def test_the_database_and_all_settings_open_nothing(caplog, capsys):
    with_content()
    dump = whole_database()
    assert b"Harm to members" not in dump and b"fraud" in dump  # the search does search
    output = "".join(capsys.readouterr()) + caplog.text + str(mail.outbox)
    private = [keyring.of(user) for user in get_user_model().objects.filter(groups__name__contains="ompliance officers")]
    assert len(private) == 3
    for secret in (MARKER, "Bills for nobody", "Rosa", WORDS, PASSPHRASE, "ten quinces beside a well", "%PDF-1.7"):
        assert secret.encode() not in dump, secret
        assert secret.encode().hex() not in dump.decode(errors="ignore"), secret
        assert secret not in output, secret
    # Whatever lies in the database or the settings, tried as a key: as it is, hashed, in hexadecimal.
    candidates = [settings.SECRET_KEY.encode(), *(bytes(value) for key in private for value in (key.public, key.wrapped))]
    candidates += [bytes(row.wrapped) for row in UnlockedKey.objects.all()]
    candidates += [bytes.fromhex(row.token_hash) for row in UnlockedKey.objects.all()]
    candidates += [bytes(report.receipt_lookup) for report in Report.objects.all()]
    candidates += [bytes(report.reporter_key) for report in Report.objects.all()]
    for candidate in candidates:
        for key in {candidate[:32].ljust(32, b"\0"), candidate[-32:].ljust(32, b"\0")}:
            for row in compliance_models.SealedKey.objects.all():
                with pytest.raises(sealing.Unopened):
                    sealing.unseal(key, row.sealed)
            for entry in compliance_models.Entry.objects.all():
                with pytest.raises(sealing.Unopened):
                    sealing.decrypt(key, entry.sealed)


def test_the_audit_log_names_what_officers_did_and_no_content():
    report = with_content()
    entries = list(AuditEntry.objects.filter(action__startswith="compliance."))
    done = {entry.action.removeprefix("compliance.") for entry in entries}
    assert done >= set("unlocked read answered noted decided exported file_read held assigned closed recused".split())
    for entry in entries:
        text = f"{entry.subject} {entry.details}"
        assert MARKER not in text and "What officers" not in text
        assert entry.actor in ("olga", "hana", "omar", "system")
    assert {entry.subject for entry in entries} <= {report.reference, "own key", "reports", "hana", "omar"}


def test_a_restored_database_without_the_keys_shows_no_content():
    report = with_content()
    dump = whole_database()
    sealed = [bytes(entry.sealed) for entry in compliance_models.Entry.objects.all()]
    RecipientKey.objects.exclude(officer__username="olga").delete()
    RecipientKey.objects.update(wrapped=b"")
    UnlockedKey.objects.all().delete()
    assert MARKER.encode() not in dump and report.reference.encode() in dump
    client = desk(get_user_model().objects.get(username="olga"), "")
    assert "not the passphrase" in client.post("/admin/compliance/unlock/", {"passphrase": PASSPHRASE}).text
    assert client.get(address(report)).status_code == 302
    assert [bytes(entry.sealed) for entry in compliance_models.Entry.objects.all()] == sealed


def places(report: Report) -> list[str]:
    number = SealedFile.objects.first().pk
    named = ("desk", "statistics", "keys", "enrol", "passphrase", "fresh_key", "lost", "unlock")
    return [
        *(reverse(f"compliance_{name}") for name in named),
        reverse("compliance_report", args=[report.reference]),
        reverse("compliance_export", args=[report.reference]),
        reverse("compliance_file", args=[number]),
    ]


# Of the groups of one role, which differ by their language, the first stands for all in every run.
FIRST = {role.groups[0] for role in roles.ROLES}


@pytest.mark.parametrize(
    "group",
    [*(group if group in FIRST else pytest.param(group, marks=pytest.mark.audit) for group in OTHERS), "Administrators", None],
)
def test_no_other_role_opens_any_page_of_the_desk(group):
    officer("olga")
    report, _receipt = file_report()
    user = get_user_model().objects.create_user("else", is_superuser=group == "Administrators", is_staff=True)
    if group in OTHERS:
        user.groups.add(Group.objects.get(name=group))
    client = StaffClient()
    client.force_login(user)
    for place in places(report):
        for answer in (client.get(place), client.post(place, {"action": "note", "text": "x", "passphrase": PASSPHRASE})):
            assert answer.status_code in (302, 403), place
            if answer.status_code == 302:
                assert answer["Location"] in ("/admin/", f"/admin/login/?next={place}"), place
    home = client.get("/admin/", follow=True).text
    assert "/admin/compliance/" not in home
    assert not RecipientKey.objects.filter(officer=user).exists()


@pytest.mark.parametrize(
    ("broken", "place", "posted"),
    [
        ("compliance.thread.read", "", None),
        ("compliance.thread.write", "", {"action": "answer", "text": WORDS}),
        (
            "compliance.casework.services.decide",
            "",
            {"action": "decide", "outcome": "referred", "text": WORDS, "corrective_action": WORDS},
        ),
        ("compliance.thread.read_file", "file", None),
        ("compliance.sealing.wrap", "export/", {"new": WORDS, "again": WORDS}),
        ("compliance.sealing.unwrap", "unlock", {"passphrase": PASSPHRASE}),
    ],
)
def test_a_fault_at_the_desk_quotes_nothing(broken, place, posted, monkeypatch, caplog):
    olga = officer("olga")
    report, _receipt = file_report()
    client = desk(olga)
    client.raise_request_exception = False
    places = {"unlock": "/admin/compliance/unlock/", "file": f"/admin/compliance/files/{SealedFile.objects.get().pk}/"}

    def fail(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(broken, fail)
    posted = posted and {"seen": services.state(report)} | posted
    path = places.get(place) or address(report, place)
    answer = client.post(path, posted) if posted else client.get(path)
    assert answer.status_code == 500
    (record,) = [record for record in caplog.records if record.exc_info]
    told = caplog.text + answer.text
    for way in (
        ExceptionReporter.get_traceback_text,
        ExceptionReporter.get_traceback_html,
    ):  # as a mail of the fault would have it
        told += way(ExceptionReporter(record.request, *record.exc_info))
    assert "broken" in told
    for secret in (MARKER, "Bills for nobody", "Rosa", WORDS, PASSPHRASE, client.cookies["compliance_key"].value):
        assert secret not in told, secret


def test_an_officer_has_the_desk_in_the_menu_and_nobody_signed_out_gets_in(client):
    report, olga = None, officer("olga")
    report, _receipt = file_report()
    assert "/admin/compliance/" in desk(olga, "").get("/admin/").text
    for place in places(report):
        assert client.get(place)["Location"].startswith("/admin/login/")
