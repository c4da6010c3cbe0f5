"""What officers do with a report: find, read, answer, note, decide, close, assign, shut out."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from compliance import sealing, thread
from compliance.casework import keyring, services
from compliance.models import Entry, Report, SealedFile, SealedKey
from lacare_site.casework.models import AuditEntry
from tests.compliance.officers import CONTENT, MARKER, PASSPHRASE, act, address, as_reporter, desk, file_report, officer, unlocked

pytestmark = pytest.mark.django_db
LIST = "/admin/compliance/"


def test_the_list_holds_no_content_and_needs_no_key():
    olga = officer("olga")
    report, _receipt = file_report(category="harm")
    page = desk(olga, "").get(LIST).text
    assert report.reference in page and "Harm to members" in page and "Due in 5 business days" in page
    assert "Waiting for an officer" in page
    assert MARKER not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "late fresh"),
        ("state=closed", "old"),
        ("state=all", "late fresh old"),
        ("category=harm", "late"),
        ("due=overdue", "late"),
        ("assigned=me", "fresh"),
        ("assigned=nobody", "late"),
        ("assigned=999999999999999", "late fresh"),
        ("waiting=yes&state=all", "late fresh old"),
        ("state=%00&category=%00&due=x", "late fresh"),
    ],
)
def test_the_list_is_filtered(query, found):
    olga = officer("olga")
    reports = {
        "late": file_report(category="harm", due_on=date(2020, 1, 2))[0],
        "fresh": file_report(assigned_to=olga)[0],
        "old": file_report(stage="closed", due_on=None, closed_on=timezone.localdate())[0],
    }
    page = desk(olga, "").get(f"{LIST}?{query}").text
    assert {name for name, report in reports.items() if report.reference in page} == set(found.split())


def test_a_report_is_read_only_unlocked_and_each_reading_is_in_the_log():
    olga = officer("olga")
    report, _receipt = file_report()
    assert desk(olga, "").get(address(report))["Location"] == f"/admin/compliance/unlock/?next={quote(address(report), safe='')}"
    assert not AuditEntry.objects.filter(action="compliance.read").exists()
    client = desk(olga)
    page = client.get(address(report))
    assert f"Bills for nobody {MARKER}" in page.text and f"Rosa {MARKER}" in page.text and "Spanish" in page.text
    assert "no-store" in page["Cache-Control"]
    assert AuditEntry.objects.get(action="compliance.read").subject == report.reference
    assert client.get(address(report).replace("RPT-", "RPT-X")).status_code == 404
    page = act(client, report, "nonsense")
    assert page.status_code == 409 and MARKER in page.text
    assert AuditEntry.objects.filter(action="compliance.read").count() == 2


def test_after_unlocking_one_is_where_one_wanted_to_go_but_never_elsewhere():
    olga = officer("olga")
    report, _receipt = file_report()
    for wanted, place in (
        (address(report), address(report)),
        ("https://evil.example/", LIST),
        ("//evil.example/admin/compliance/", LIST),
        ("/admin/users/", LIST),
        ("", LIST),
    ):
        answer = desk(olga, "").post("/admin/compliance/unlock/", {"passphrase": PASSPHRASE, "next": wanted})
        assert answer["Location"] == place


def test_the_reporter_reads_the_answer_and_not_the_note():
    olga = officer("olga")
    report, receipt = file_report()
    client = desk(olga)
    assert act(client, report, "answer", text="Which month was that?").status_code == 302
    assert act(client, report, "note", text="Ask the bank").status_code == 302
    page = client.get(address(report)).text
    assert "Which month was that?" in page and "Ask the bank" in page
    assert [entry.values.get("text") for entry in as_reporter(report, receipt)] == [None, "Which month was that?"]
    report.refresh_from_db()
    assert report.officers_wrote_on == timezone.localdate()
    listed = client.get(LIST).text
    assert "Waiting for an officer</span>" not in listed
    assert "Due in 45 business days" in listed  # the next deadline


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
def test_a_text_that_cannot_be_kept_is_refused_and_shown_again(text):
    olga = officer("olga")
    report, _receipt = file_report()
    page = act(desk(olga), report, "answer", text=text)
    assert page.status_code == 409 and 'role="alert"' in page.text
    assert text in page.text
    assert not Entry.objects.filter(kind="message").exists()


@pytest.mark.parametrize("text", ["é" * 20_000, "\0\ud7ff \u202e<script>alert(1)</script>"])
def test_odd_and_long_texts_are_kept_as_they_were_written(text):
    olga = officer("olga")
    report, receipt = file_report()
    assert act(desk(olga), report, "answer", text=text).status_code == 302
    assert as_reporter(report, receipt)[-1].values["text"] == text
    assert "<script>alert(1)" not in desk(olga).get(address(report)).text


def test_what_was_written_when_the_key_had_locked_is_not_lost():
    olga = officer("olga")
    report, receipt = file_report()
    client = desk(olga, "")
    page = act(client, report, "answer", text="A long answer")
    assert page.status_code == 409 and "A long answer" in page.text and MARKER not in page.text
    page = client.post(
        "/admin/compliance/unlock/",
        {"passphrase": PASSPHRASE, "next": address(report), "action": "answer", "text": "A long answer"},
    )
    assert "A long answer" in page.text and "not sent yet" in page.text
    act(client, report, "answer", text="A long answer")
    assert as_reporter(report, receipt)[-1].values["text"] == "A long answer"


def test_of_two_officers_the_second_sees_what_the_first_did_before_anything_is_overwritten():
    olga, hana = officer("olga"), officer("hana", head=True)
    report, receipt = file_report()
    client, head = desk(olga), desk(hana)
    assert act(client, report, "begin").status_code == 302
    seen = re.search(r'name="seen" value="([^"]+)"', head.get(address(report)).text)[1]
    decided = {"outcome": "substantiated", "text": "They did it", "corrective_action": "Training"}
    assert act(client, report, "decide", **decided).status_code == 302
    for action, fields in (
        ("decide", decided | {"outcome": "unsubstantiated"}),
        ("answer", {"text": "We found nothing"}),
        ("close", {}),
    ):
        page = act(head, report, action, seen=seen, **fields)
        assert page.status_code == 409 and "since you opened it" in page.text and "They did it" in page.text
        assert fields.get("text", "") in page.text
    report.refresh_from_db()
    assert (report.stage, report.outcome) == ("inquiry", "substantiated") and len(as_reporter(report, receipt)) == 1
    assert act(head, report, "close").status_code == 302


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("answer", {"text": " Which month was that? "}),
        ("note", {"text": "Ask the bank"}),
        ("decide", {"outcome": "referred", "text": "x", "corrective_action": "y"}),
    ],
)
def test_two_clicks_write_once(action, fields):
    client = desk(officer("olga"))
    report, _receipt = file_report(stage="inquiry")
    seen = services.state(report)
    for _click in range(2):
        assert act(client, report, action, seen=seen, **fields).status_code == 302
    assert report.entries.count() == 2
    assert act(client, report, action, **fields).status_code == 302 and report.entries.count() == 3  # it was meant


def test_from_inquiry_to_closing_and_back():
    olga, hana = officer("olga"), officer("hana", head=True)
    report, receipt = file_report()
    client, head = desk(olga), desk(hana)
    assert act(client, report, "decide", outcome="substantiated", text="x", corrective_action="y").status_code == 409
    assert act(client, report, "begin").status_code == 302
    assert act(client, report, "begin").status_code == 409
    assert act(head, report, "close").status_code == 409  # no outcome yet
    for wrong in ({"outcome": "nonsense"}, {"text": ""}, {"corrective_action": " "}):
        decided = {"outcome": "substantiated", "text": "They did it", "corrective_action": "Training"} | wrong
        assert act(client, report, "decide", **decided).status_code == 409
    assert (
        act(client, report, "decide", outcome="substantiated", text="They did it", corrective_action="Training").status_code
        == 302
    )
    page = client.get(address(report)).text
    assert "They did it" in page and "Training" in page and "Closing," in page
    assert act(client, report, "close").status_code == 409  # for the head alone
    assert act(head, report, "close").status_code == 302
    report.refresh_from_db()
    today = timezone.localdate()
    assert (report.stage, report.due_on, report.closed_on) == ("closed", None, today)
    assert report.retention_until.year == today.year + 10
    assert all("They did it" not in str(entry.values) for entry in as_reporter(report, receipt))
    assert act(client, report, "reopen").status_code == 409
    assert act(head, report, "reopen").status_code == 302
    report.refresh_from_db()
    assert (report.stage, report.outcome, report.retention_until) == ("inquiry", "", None)
    assert report.due_on > today
    assert act(client, report, "nonsense").status_code == 409


def test_the_head_assigns_to_whoever_can_read():
    olga, hana, newcomer = officer("olga"), officer("hana", head=True), officer("nora", has_key=False)
    report, _receipt = file_report()
    assert act(desk(olga), report, "assign", to=olga.pk).status_code == 409
    for nobody in (newcomer.pk, "x", "99999999999", hana.pk + 9999):
        assert act(desk(hana), report, "assign", to=nobody).status_code == 409
    act(desk(hana), report, "assign", to=olga.pk)
    assert Report.objects.get().assigned_to == olga
    act(desk(hana), report, "assign", to="")
    assert Report.objects.get().assigned_to is None


def test_who_the_reporter_names_finds_no_trace_of_the_report():
    olga, omar = officer("olga"), officer("omar")
    report, _receipt = file_report([omar])
    number = SealedFile.objects.get().pk
    client = desk(omar)
    assert not SealedKey.objects.filter(recipient__officer=omar).exists()
    for place in (address(report), address(report, "export/"), f"/admin/compliance/files/{number}/"):
        assert client.get(place).status_code == 404
    assert act(client, report, "answer", text="Hello").status_code == 404
    assert report.reference not in client.get(f"{LIST}?state=all").text
    assert "<dt>Received</dt><dd>0</dd>" in client.get(f"{LIST}statistics/").text
    assert "<dt>Received</dt><dd>1</dd>" in desk(olga).get(f"{LIST}statistics/").text
    key, private = unlocked(omar).recipient, unlocked(omar).private
    for row in SealedKey.objects.all():
        with pytest.raises(sealing.Unopened):
            sealing.unseal(private, row.sealed)
    assert key.sealed_keys.count() == 0


def test_an_officer_who_is_an_auditor_too_does_not_find_the_report_in_the_audit_log():
    olga, omar = officer("olga"), officer("omar")
    auditors = Group.objects.get(name="Auditors")
    omar.groups.add(auditors)
    report, _receipt = file_report([omar])
    desk(olga).get(address(report))
    page = desk(omar, "").get("/admin/cases/audit-log/", follow=True)
    assert report.reference not in page.text
    auditor = get_user_model().objects.create_user("ada")
    auditor.groups.add(auditors)
    assert report.reference in desk(auditor, "").get("/admin/cases/audit-log/").text


def test_who_the_head_shuts_out_cannot_open_it_any_more():
    olga, omar, hana = officer("olga"), officer("omar"), officer("hana", head=True)
    report, receipt = file_report(assigned_to=omar)
    omars = unlocked(omar)
    old = {scope: thread.key_for(report, scope, omars.private, omars.recipient) for scope in ("thread", "internal")}
    act(desk(omar), report, "note", text="What I think")
    assert "cannot undo what they have already read" in desk(hana).get(address(report)).text
    assert act(desk(olga), report, "recuse", to=omar.pk).status_code == 409
    assert act(desk(hana), report, "recuse", to=omar.pk).status_code == 302
    assert act(desk(hana), report, "recuse", to=omar.pk).status_code == 409
    report.refresh_from_db()
    assert report.assigned_to is None
    for scope in ("thread", "internal"):
        with pytest.raises(sealing.Unopened):
            thread.read(report, scope, old[scope])
        with pytest.raises(sealing.Unopened):
            thread.key_for(report, scope, omars.private, omars.recipient)
    assert desk(omar).get(address(report)).status_code == 404
    page = desk(olga).get(address(report)).text
    assert MARKER in page and "What I think" in page and "Omar (by the head officer" in page
    assert MARKER in str(as_reporter(report, receipt)[0].values)


def test_shutting_out_the_last_who_can_read_is_refused():
    hana = officer("hana", head=True)
    report, _receipt = file_report()
    page = act(desk(hana), report, "recuse", to=hana.pk)
    assert page.status_code == 409 and "No other officer can open this report" in page.text
    assert not report.recusals.exists()


def test_a_head_may_shut_themselves_out_and_then_the_others_do_what_is_the_heads():
    olga, hana = officer("olga"), officer("hana", head=True)
    report, _receipt = file_report()
    other, _receipt = file_report()
    assert act(desk(hana), report, "recuse", to=hana.pk)["Location"] == LIST
    assert desk(hana).get(address(report)).status_code == 404
    assert act(desk(olga), report, "assign", to=olga.pk).status_code == 302
    assert act(desk(olga), other, "assign", to=olga.pk).status_code == 409


def test_a_file_is_given_out_whole_and_only_to_be_stored():
    olga = officer("olga")
    report, _receipt = file_report()
    place = f"/admin/compliance/files/{SealedFile.objects.get().pk}/"
    assert desk(olga, "").get(place).status_code == 302
    answer = desk(olga).get(place)
    assert b"".join(answer.streaming_content) == CONTENT
    assert answer["Content-Disposition"] == f'attachment; filename="{MARKER}.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert AuditEntry.objects.get(action="compliance.file_read").subject == report.reference
    for number in (999999, 10**30):
        assert desk(olga).get(f"/admin/compliance/files/{number}/").status_code == 404


def test_whoever_gets_a_file_reads_that_nothing_has_scanned_it():
    olga = officer("olga")
    report, _receipt = file_report()
    act(desk(olga), report, "note", text="Ask the bank")
    shown = desk(olga).get(address(report)).text
    assert shown.count("No virus scanner has seen these files") == 1  # of the two entries, one has files
    warned = re.search(r"No virus scanner.*?</p>.*?</ul>", shown, re.DOTALL)[0]
    assert "a machine that is kept apart" in warned and f"/admin/compliance/files/{SealedFile.objects.get().pk}/" in warned


def test_a_report_that_only_the_leaver_could_read_says_who_can_help():
    lena, olga = officer("lena"), officer("olga", has_key=False)
    keyring.make_recovery_key()
    report, _receipt = file_report()
    lena.groups.clear()
    keyring.enrol(olga, PASSPHRASE)
    keyring.retire_departed()
    client = desk(olga)
    assert "does not open this report" in client.get(address(report)).text
    assert "Not shared with you" in client.get(LIST).text
    assert act(client, report, "answer", text="Hello").status_code == 409
    assert client.get(f"/admin/compliance/files/{SealedFile.objects.get().pk}/")["Location"] == address(report)
    assert "1 more your key does not open" in client.get("/admin/compliance/keys/").text
