"""The Duals PPG Application, from the first click to the decision."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.formats import date_format as date

from lacare_site.casework import rights, selectors, services
from lacare_site.casework.models import Case
from lacare_site.intake.models import Draft
from lacare_site.outbox.models import Message
from providers.application.kinds import CASE_KIND
from providers.models import Application, ApplicationPeriod
from tests.intake import sample_files
from tests.intake.conftest import Visitor
from tests.providers.test_application_forms import ORGANISATION
from tests.providers.test_roster import HEADINGS, csv_file, row

pytestmark = pytest.mark.django_db
BASE = "/providers/cal-mediconnect/ppg-application"
NEXT_YEAR = timezone.localdate().replace(month=1, day=1, year=timezone.localdate().year + 1).isoformat()
STEPS = {
    "organization": ORGANISATION
    | {"contacts-rows": "1", "contacts-0-function": "compliance", "contacts-0-name": "Ana Peña"}
    | {"contacts-0-email": "ana@example.org", "contacts-0-phone": "213-555-0101"}
    | {"signatory_name": "Ben Ode", "signatory_title": "President", "signatory_email": "ben@example.org"},
    "business": {"lines": ["medi-cal"], "members": "1200", "risk_model": "shared", "is_registered_rbo": "no"},
    "service-area": {"whole_county": "no", "zip_codes": "90017 90001", "hospitals-rows": "1"}
    | {"hospitals-0-name": "Example Hospital", "hospitals-0-city": "Los Angeles", "hospitals-0-has_privileges": "yes"},
    "clinicians": {"primary_care": "3", "specialists": "2", "languages": "en, es", "accessible_share": "80"},
    "delegation": {"functions": ["claims"]},
    "finances": {"period_end": "2025-12-31", "is_audited": "yes", "current_assets": "200", "current_liabilities": "100"}
    | {"tangible_net_equity": "1", "ibnr_documented": "yes", "ibnr": "10", "cash": "60", "unpaid_claims": "100"}
    | {"claims_in_time": "96"},
    "ownership": {"has_large_owners": "yes", "owners-rows": "1", "owners-0-name": "Ana Peña", "owners-0-share": "60"}
    | {"owners-0-is_person": "person"},
    "insurance": {"policies-rows": "1", "policies-0-kind": "professional", "policies-0-insurer": "Example Insurer"}
    | {"policies-0-each_claim": "1000000", "policies-0-in_all": "3000000", "policies-0-expires_on": NEXT_YEAR},
    "attestations": dict.fromkeys(
        "code_of_conduct exclusion_checks non_retaliation disciplinary_standards reporting monitoring training".split(), "on"
    ),
}
REQUIRED = ("financial-statements", "w9", "insurance", "organization-chart", "disciplinary-standards")
SIGNATURE = {"is_true": "on", "may_sign": "on", "signature": "Ben Ode"}


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def ana():
    """Somebody who has begun an application."""
    ana = Visitor()
    assert ana.begin(BASE, "application").headers["Location"] == f"{BASE}/code"
    return ana


def save(who, step: str, **changed):
    return who.post(f"{BASE}/draft/{step}", STEPS[step] | {"version": "0"} | changed)


def attach(who, item: str, name: str, content: bytes, **further):
    return who.post(
        f"{BASE}/documents", {"item": item, f"file-{further.get('replaces', item)}": SimpleUploadedFile(name, content), **further}
    )


def fill(who, roster: bytes = b"") -> None:
    for step in STEPS:
        answer = save(who, step)
        assert answer.status_code == 302, answer.text
    for item in REQUIRED:
        assert attach(who, item, "file.pdf", sample_files.PDF).status_code == 302
    assert attach(who, "roster", "roster.csv", roster or csv_file(HEADINGS, row()).getvalue()).status_code == 302


def send(who) -> Case:
    answer = who.post(f"{BASE}/review", SIGNATURE)
    assert answer.status_code == 302, answer.text
    return Case.objects.get(kind="application")


def test_the_page_offers_the_application_and_sets_no_cookie(client):
    page = client.get(BASE)
    assert "Start now" in page.text and f'action="{BASE}/start"' in page.text
    assert not page.cookies and "no-store" in page.headers["Cache-Control"], "its token is nobody else's"


def test_closed_the_page_says_so_and_what_was_begun_can_be_sent(ana):
    fill(ana)
    ApplicationPeriod.objects.create(closed_from=timezone.localdate())
    page = Visitor().get(BASE)
    assert f"Since {date(timezone.localdate())} we take no new applications" in page.text and "Start now" not in page.text
    late = Visitor().begin(BASE, "application")
    assert "we take no new applications" in late.text and not late.cookies
    assert send(ana)


def test_closed_with_an_end_the_page_says_from_when_on_it_is_open(client):
    today = timezone.localdate()
    for first, last in ((-9, -1), (-2, 3), (2, 7), (8, 9), (11, 12)):
        days = [today + timedelta(days=number) for number in (first, last)]
        ApplicationPeriod.objects.create(closed_from=days[0], closed_until=days[1])
    page = client.get(BASE).text
    assert f"We take no new applications before {date(today + timedelta(days=10))}" in page and "Start now" not in page
    ApplicationPeriod.objects.filter(closed_from__lte=today).delete()
    assert "Start now" in client.get(BASE).text


def test_an_application_is_sent_with_all_that_was_typed(ana):
    fill(ana)
    assert "Ready to send" in ana.get(f"{BASE}/draft").text
    review = ana.get(f"{BASE}/review").text
    assert "Example Medical Group" in review and "90001" in review and "roster.csv" in review
    case = send(ana)
    sent = Application.objects.get(case=case)
    assert (sent.legal_name, sent.npi, sent.signed_by) == ("Example Medical Group", "1234567893", "Ben Ode")
    assert json.loads(json.dumps(sent.values))["owners" if "owners" in sent.values else "ownership"]["owners"][0]["share"] == "60"
    assert not Draft.objects.exists()
    receipt = ana.get(f"{BASE}/receipt").text
    assert case.reference in receipt and case.attachments.get(item="roster").sha256 in receipt
    for page in (review, receipt, ana.post(f"{BASE}/receipt", {"download": "1"}).text, ana.get(f"{BASE}/status").text):
        files = page.partition('class="files"')[2].partition("</ul>")[0]
        assert files.count("file.pdf") == 5 and "IRS form W-9" in files and "Certificates of insurance" in files
    mails = {mail.to: mail for mail in Message.objects.all()}
    assert mails["ben@example.org"].subject.endswith(case.reference)
    new = next(mail for to, mail in mails.items() if to != "ben@example.org")
    assert new.subject == f"Duals PPG Application: {case.reference}"
    assert not any("Example Medical" in mail.body for mail in mails.values())


def test_the_figures_say_which_criteria_they_meet(ana):
    save(ana, "finances")
    page = ana.get(f"{BASE}/draft/finances").text
    assert page.count("state--complete") == 4 and page.count("Not met") == 1
    assert "We are still checking these thresholds" in page


def test_owners_are_asked_for_where_there_are_any(ana):
    answer = save(ana, "ownership", **{"owners-rows": "0"})
    assert answer.status_code == 200 and "please fill in at least 1" in answer.text
    assert save(ana, "ownership", **{"has_large_owners": "no", "owners-rows": "0", "version": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("has_large_owners", "shares", "words"),
    [
        ("yes", ["0", "90"], "id_owners-0-share"),
        ("yes", ["4.99"], "id_owners-0-share"),
        ("yes", ["90", "90"], "more than 100 percent"),
        ("no", ["60"], "nobody owns 5 percent or more. Answer yes"),
        ("yes", ["60", "40"], ""),
    ],
)
def test_owners_who_cannot_be_right_are_not_taken(ana, has_large_owners, shares, words):
    rows = {f"owners-{place}-share": share for place, share in enumerate(shares)}
    rows |= {
        f"owners-{place}-{name}": value
        for place in range(len(shares))
        for name, value in (("name", "Ana"), ("is_person", "person"))
    }
    answer = save(ana, "ownership", has_large_owners=has_large_owners, **{"owners-rows": str(len(shares))}, **rows)
    assert answer.status_code == (200 if words else 302)
    faults = answer.text.partition('id="faults-title"')[2].partition("</ul>")[0]
    assert words in faults


def test_a_name_that_nobody_can_see_is_none(ana):
    answer = save(ana, "organization", legal_name="\u202e\u200b \u3164")
    assert answer.status_code == 200 and 'href="#id_legal_name"' in answer.text
    assert save(ana, "organization", version="1", legal_name="می\u200cخواهم").status_code == 302


def test_a_roster_with_faults_is_shown_given_back_and_not_sent(ana):
    fill(ana, csv_file(HEADINGS, row(), row(npi="1234567890", zip="92618")).getvalue())
    check = ana.get(f"{BASE}/roster").text
    assert "1 of 2 rows has faults" in check
    assert f'href="{BASE}/roster/row/3"' in check and "not a ZIP code in Los Angeles County" in check
    file = ana.post(f"{BASE}/roster", {"download": "1"})
    assert "roster-checked.xlsx" in file.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))["Roster"]
    assert "ZIP code: " in sheet.cell(3, 14).value
    assert "The roster has faults" in ana.get(f"{BASE}/review").text
    assert ana.post(f"{BASE}/review", SIGNATURE).status_code == 200
    assert not Case.objects.filter(kind="application").exists()
    old = Draft.objects.get().attachments.get(item="roster")
    attach(ana, "roster", "roster.csv", csv_file(HEADINGS, row()).getvalue(), replaces=old.pk)
    assert "1 row, and no faults" in ana.get(f"{BASE}/roster").text
    assert send(ana)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("roster.pdf", sample_files.PDF, "A roster is a CSV or XLSX file."),
        ("roster.csv", b"a,b\n1,2\n", "These are missing: Last name"),
    ],
)
def test_a_roster_that_is_none_is_refused_with_the_reason(ana, name, content, words):
    fill(ana)
    roster = Draft.objects.get().attachments.get(item="roster")
    attach(ana, "roster", name, content, replaces=roster.pk)
    assert words in ana.get(f"{BASE}/roster").text
    assert ana.post(f"{BASE}/roster", {"download": "1"}).status_code == 404
    assert ana.post(f"{BASE}/review", SIGNATURE).status_code == 200


def test_the_template_can_be_had_by_everybody(client):
    answer = client.get(f"{BASE}/roster-template.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["Roster"].cell(1, 3).value == "NPI"


def test_without_the_code_there_is_no_roster(client):
    assert client.get(f"{BASE}/roster").headers["Location"] == f"{BASE}/resume"


def test_from_deficient_to_approved_by_two_people(ana, staff):
    fill(ana)
    case = send(ana)
    ina, bo, dora = staff("ina", "reviewer"), staff("bo", "reviewer", "decider"), staff("dora", "decider")

    def move(key: str, user, reason: str = "because"):
        return services.move(case, CASE_KIND.workflow.transitions[key], user, reason)

    move("take-up", ina)
    move("ask", ina, "Send the W-9 of this year\nWho is your medical director?")
    assert "stands still" in ana.get(f"{BASE}/receipt").text
    shown = ana.get(f"{BASE}/status").text
    assert "Waiting for you" in shown and "stands still" in shown
    for asked in case.deficiencies.all():
        answered = ana.post(f"{BASE}/status/answer/{asked.pk}", {"answer": "Here it is."})
        assert answered.status_code == 302, answered.text
    ana.post(f"{BASE}/status", {"send_answers": "1"})
    case.refresh_from_db()
    assert case.stage == "completeness"
    move("complete", ina)
    move("present", bo, "All criteria but one are met.")
    case.refresh_from_db()
    may, why = rights.allowed(case, CASE_KIND.workflow.transitions["approve"], bo)
    assert not may and "Two people" in why
    move("approve", dora, "The committee agrees.")
    assert "Approved" in ana.get(f"{BASE}/status").text
    assert Message.objects.filter(kind="application_news", to="ben@example.org").count() == 2


def test_a_group_that_never_answers_does_not_hold_up_the_desk(ana, staff):
    fill(ana)
    case, ina, dora = send(ana), staff("ina", "reviewer"), staff("dora", "decider")

    def move(key: str, reason: str = "because", by=ina):
        return services.move(case, CASE_KIND.workflow.transitions[key], by, reason)

    move("take-up"), move("ask", "Who is your medical director?")
    assert "Waits for your answer" in ana.get(f"{BASE}/status").text
    with pytest.raises(services.Refused):
        move("go-on", "")
    assert move("go-on", "They did not answer three calls.").stage == "completeness"
    page = ana.get(f"{BASE}/status").text
    assert "Who is your medical director?" in page and "Waits for your answer" not in page, "nobody takes one now"
    with pytest.raises(services.Refused):
        move("note-withdrawal", "Nobody may end a case alone who could not decide it.")
    assert move("note-withdrawal", "Their letter of May 3", dora).stage == "withdrawn"
    assert Message.objects.filter(kind="application_news", to="ben@example.org").count() == 3, "each step is told"
    assert "You took this back" in ana.get(f"{BASE}/status").text


def test_what_staff_went_on_without_does_not_hold_up_the_next_answers(ana, staff):
    fill(ana)
    case, ina = send(ana), staff("ina", "reviewer")

    def move(key: str, reason: str):
        services.move(case, CASE_KIND.workflow.transitions[key], ina, reason)

    move("take-up", ""), move("ask", "Who is your medical director?"), move("go-on", "We know her.")
    move("ask", "Send the W-9 of this year")
    early, late = case.deficiencies.all()
    page = ana.get(f"{BASE}/status").text
    assert f"answer/{late.pk}" in page and f"answer/{early.pk}" not in page and page.count("Waits for your answer") == 1
    assert ana.post(f"{BASE}/status/answer/{late.pk}", {"answer": "Here it is."}).status_code == 302
    assert ana.post(f"{BASE}/status", {"send_answers": "1"}).status_code == 302
    case.refresh_from_db()
    assert case.stage == "completeness"


def test_staff_find_it_by_whatever_a_caller_knows(ana, staff):
    save(ana, "organization", dba="Palm Doctors")
    for step in [*STEPS][1:]:
        save(ana, step)
    for item in REQUIRED:
        attach(ana, item, "file.pdf", sample_files.PDF)
    attach(ana, "roster", "roster.csv", csv_file(HEADINGS, row()).getvalue())
    case, ina = send(ana), staff("ina", "reviewer")
    for words in (
        case.reference.lower(),
        "example medical",
        "palm doctors",
        "ode ben",
        "12-3456789",
        "1234567893",
        "BEN@example",
    ):
        assert list(selectors.find(CASE_KIND, selectors.Filters(q=words), ina)) == [case], words
    assert not selectors.find(CASE_KIND, selectors.Filters(q="oak"), ina).exists()


def test_staff_read_all_of_it_in_english(ana, staff, client):
    fill(ana)
    case = send(ana)
    from django.template.loader import render_to_string

    page = render_to_string("providers/admin/application.html", {"subject": case.application, "case": case})
    assert "Example Hospital" in page and "Shared risk for hospital services" in page and "90001, 90017" in page
    assert '<dd dir="auto">3,000,000</dd>' in page and "December 31, 2025" in page and ">1,200<" in page
    assert page.count("<strong>met</strong>") == 4 and page.count("<strong>not met</strong>") == 1
    assert page.count("28 CCR 1300.75.4.2 as of") == page.count("not confirmed") == 5
