"""The grievance form: filed by a member or for one, at once or urgent, by plan; corrected, sent once, read again with number and code."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from lacare_site.casework import services
from lacare_site.casework.models import Case, CaseEvent
from lacare_site.intake import drafts
from lacare_site.intake.models import Draft
from lacare_site.outbox.models import Message
from lacare_site.security import roles
from members.grievance.desk import WORKFLOW
from members.grievance.models import Grievance
from tests.harness.accounts import StaffClient
from tests.intake import sample_files
from tests.intake.conftest import Visitor
from tests.members.grievances import (
    BASE,
    BY_EMAIL,
    FOR_ANOTHER,
    MARK,
    STEPS,
    attach,
    begun,
    confirm,
    fill,
    save,
    sent,
    write,
)

pytestmark = pytest.mark.django_db
LINES = {
    "medi-cal": "1-888-839-9909",
    "covered": "1-855-270-2327",
    "medicare-plus": "1-833-522-3767",
    "pasc-seiu": "1-844-854-7272",
}
DMHC_STATEMENT = "is responsible for regulating health care service plans"
STATE_HEARING, MEDICARE = "right to a State Hearing", "Medicare’s own ways"


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def greta():
    user = get_user_model().objects.create_user("greta", email="greta@example.org")
    user.groups.add(Group.objects.get(name=roles.GRIEVANCE_REVIEWER.group))
    return user


def move(case: Case, key: str, user, reason: str = "") -> Case:
    return services.move(case, WORKFLOW.transitions[key], user, reason)


def main(answer) -> str:
    """What a page itself says, without the frame and the lines beside it."""
    return answer.text.partition("<main")[2].partition("<aside")[0]


def test_the_home_page_and_the_page_on_grievances_lead_to_the_form(client):
    home = client.get("/").text
    assert f'href="{BASE}"' in home.partition("<main")[2].partition("</main>")[0]
    assert re.search(rf'<a[^>]*href="{BASE}"[^>]*>(?:\s|<[^>]*>)*Grievance Form\s*<', home), "as HSC 1368.015 names it"
    page = main(client.get("/members/file-grievance"))
    assert f'href="{BASE}"' in page and 'href="tel:+18888399909"' in page
    form = client.get(BASE)
    assert "Start now" in form.text and DMHC_STATEMENT in form.text and not form.cookies
    assert "no-store" in form.headers["Cache-Control"], "its token is nobody else's"


@pytest.mark.parametrize("filer", ["member", "parent", "representative"])
def test_a_grievance_is_sent_with_all_that_was_typed(filer):
    ana = begun()
    about = FOR_ANOTHER.get(filer, {})
    fill(ana, **about)
    review = main(ana.get(f"{BASE}/review"))
    for words in ("in my knee", "On March 3, 2024", "91234567A", "Medi-Cal", "Look at the"):
        assert words in review
    assert confirm(ana).headers["Location"] == f"{BASE}/receipt"
    case = Case.objects.get(kind="grievance")
    kept = case.grievance
    assert (kept.filer, kept.plan, kept.kind, kept.is_urgent, kept.way) == (filer, "medi-cal", "grievance", False, "post")
    assert kept.wants_large_print and case.language == "es" and case.contact_email == ""
    assert (kept.member_name, kept.filer_name) == (f"Ana {MARK}", about.get("filer_name", f"Ana {MARK}"))
    assert kept.values["events"]["what"] == STEPS["events"]["what"] and not Draft.objects.exists()
    assert case.attachments.filter(item="proof").count() == (filer == "representative")


def test_who_has_kept_the_code_goes_on_to_the_first_question_and_later_to_all_steps():
    ana = begun()
    assert f'class="button" href="{BASE}/draft/urgency"' in ana.get(f"{BASE}/code").text
    save(ana, "urgency")
    assert f'class="button" href="{BASE}/draft"' in ana.get(f"{BASE}/code").text


def test_the_language_of_the_page_is_proposed_for_the_answer_until_another_is_chosen():
    ana = begun()
    assert '<option value="km" selected>' in ana.get(f"/km{BASE}/draft/answer").text
    save(ana, "answer", answer_language="es")
    assert '<option value="es" selected>' in ana.get(f"/km{BASE}/draft/answer").text


def test_who_files_for_somebody_else_says_who_they_are():
    ana = begun()
    answer = save(ana, "people", filer="parent", filer_name="")
    assert answer.status_code == 200 and 'href="#id_filer_name"' in answer.text and MARK in answer.text


@pytest.mark.parametrize("has_proof", [True, False])
def test_a_representative_is_asked_for_proof_and_sends_without_it_too(greta, has_proof):
    ana, desk = begun(), StaffClient()
    desk.force_login(greta)
    fill(ana)
    assert "Proof that you may act" not in ana.get(f"{BASE}/documents").text
    save(ana, "people", version="1", **FOR_ANOTHER["representative"])
    assert "Proof that you may act" in ana.get(f"{BASE}/documents").text
    if has_proof:
        attach(ana, "proof")
    assert confirm(ana).headers["Location"] == f"{BASE}/receipt"
    assert ("ask for the permission in writing" in ana.get(f"{BASE}/receipt").text) == (not has_proof)
    case = desk.get(reverse("case", args=["grievance", Case.objects.get(kind="grievance").reference])).text
    assert ("Without proof" in case) == (not has_proof) and "born <bdi>May 3, 1950" in case


def test_proof_that_comes_with_an_answer_is_asked_for_no_more(greta):
    ana, desk = begun(), StaffClient()
    desk.force_login(greta)
    fill(ana)
    save(ana, "people", version="1", **FOR_ANOTHER["representative"])
    confirm(ana)
    case = Case.objects.get(kind="grievance")
    for step in ("take-up", "ask"):
        case = services.move(case, WORKFLOW.transitions[step], greta, "Send us the permission.")
    at = f"{BASE}/status/answer/{case.deficiencies.get().pk}"
    ana.post(at, {"answer": "Here.", "version": "0"})
    assert "ask for the permission in writing" in ana.get(f"{BASE}/receipt").text
    ana.post(at, {"answer": "Here.", "version": "1", "file": SimpleUploadedFile("proof.pdf", sample_files.PDF)})
    assert "ask for the permission in writing" not in ana.get(f"{BASE}/receipt").text
    shown = desk.get(reverse("case", args=["grievance", case.reference])).text
    assert "Without proof" not in shown and "Came without proof" in shown


def test_proof_that_is_not_asked_for_any_more_can_still_be_taken_out():
    ana = begun()
    fill(ana, **FOR_ANOTHER["representative"])
    save(ana, "people", version="1")
    file = Draft.objects.get().attachments.get()
    assert f'name="remove" value="{file.pk}"' in ana.get(f"{BASE}/documents").text
    ana.post(f"{BASE}/documents", {"remove": file.pk})
    assert "Proof that you may act" not in ana.get(f"{BASE}/documents").text


@pytest.mark.parametrize("plan", [*LINES, "not-sure"])
def test_who_is_in_danger_reads_on_the_next_page_whom_to_call(plan):
    ana = begun()
    answer = save(ana, "urgency", plan=plan, is_urgent="yes")
    page = main(ana.get(answer.headers["Location"]))
    assert "Call 911" in page and page.index("Call now") < page.index("<form")
    assert re.search(r'<section class="[^"]*urgent" role="alert" tabindex="-1" autofocus', page), "where the page opens"
    assert "autofocus" not in main(ana.get(f"{BASE}/draft/events")), "once is enough"
    assert main(save(ana, "people", member_name="")).count("autofocus") == 1, "then the page opens at the faults"
    assert "Call 911" in main(ana.get(f"{BASE}/draft/urgency")).partition('name="is_urgent"')[0].rpartition("health in danger")[2]
    assert {key for key, number in LINES.items() if number in page} == ({plan} if plan in LINES else set(LINES))
    assert ("1-888-466-2219" in page) == (plan != "medicare-plus"), "the DMHC does not regulate Medicare"
    for later in ("draft", "code", "documents", "review"):
        assert "Call now" in ana.get(f"{BASE}/{later}").text


def test_who_is_in_no_danger_is_not_frightened():
    ana, case = sent()
    for page in ("receipt", "status"):
        assert "Call now" not in ana.get(f"{BASE}/{page}").text
    assert not case.grievance.is_urgent
    assert "URGENT" not in Message.objects.get(kind="grievance_new").subject


def test_what_is_urgent_is_marked_so_and_told_to_the_grievance_desk(settings):
    settings.GRIEVANCE_MAILBOX = "grievances@example.org"
    ana, case = sent(is_urgent="yes")
    told = Message.objects.get(kind="grievance_new")
    assert case.grievance.is_urgent and told.to == "grievances@example.org" and told.subject.startswith("URGENT")
    receipt = main(ana.get(f"{BASE}/receipt"))
    by = timezone.localtime(case.received_at + timedelta(hours=72))
    assert (
        "do not wait for our answer" in receipt
        and "send this form" not in receipt
        and date_format(by, "DATETIME_FORMAT") in receipt
    )
    assert "tell you that we have it, by" not in receipt


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("medi-cal", {DMHC_STATEMENT, STATE_HEARING}),
        ("covered", {DMHC_STATEMENT}),
        ("pasc-seiu", {DMHC_STATEMENT}),
        ("medicare-plus", {MEDICARE}),
        ("not-sure", {DMHC_STATEMENT, STATE_HEARING, MEDICARE}),
    ],
)
def test_who_else_helps_depends_on_the_plan(plan, expected):
    ana = begun()
    fill(ana, plan=plan)
    pages = [main(ana.get(f"{BASE}/review"))]
    confirm(ana)
    pages += [main(ana.get(f"{BASE}/{name}")) for name in ("receipt", "status")]
    pages.append(ana.post(f"{BASE}/receipt", {"download": "1"}).text)
    for page in pages:
        assert {words for words in (DMHC_STATEMENT, STATE_HEARING, MEDICARE) if words in page} == expected


@pytest.mark.parametrize("kind", ["discrimination", "privacy", "grievance"])
def test_the_office_for_civil_rights_is_named_where_it_helps(kind):
    ana = begun()
    fill(ana, kind=kind)
    pages = [main(ana.get(f"{BASE}/review"))]
    confirm(ana)
    pages += [main(ana.get(f"{BASE}/{name}")) for name in ("receipt", "status")]
    for page in pages:
        assert {words in page for words in ("Office for Civil Rights", "hhs.gov/ocr")} == {kind != "grievance"}
        for about, notice in (("discrimination", "/nondiscrimination-notice"), ("privacy", "/privacy")):
            assert (f'<p><a href="{notice}">' in page) == (kind == about)


@pytest.mark.parametrize(("plan", "others"), [("medi-cal", {"medicare-plus"}), ("medicare-plus", {"medi-cal", "dmhc"})])
def test_once_the_plan_is_known_nobody_is_sent_to_the_lines_of_another(plan, others):
    ana = begun()
    fill(ana, plan=plan)
    pages = [ana.get(f"{BASE}/draft/people").text.partition("<main")[2].partition("</main>")[0]]
    confirm(ana)
    pages += [ana.get(f"{BASE}/{name}").text.partition("<main")[2].partition("</main>")[0] for name in ("receipt", "status")]
    pages.append(ana.post(f"{BASE}/receipt", {"download": "1"}).text)
    numbers = LINES | {"dmhc": "1-888-466-2219"}
    for page in pages:
        assert numbers[plan] in page.replace(DMHC_STATEMENT, "") and not {key for key in others if numbers[key] in page}


def test_who_has_not_begun_reads_which_way_is_whose(client):
    for place in (BASE, "/members/file-grievance"):
        page = main(client.get(place))
        assert page.index("State Hearing") < page.index(DMHC_STATEMENT)
        assert "Medi-Cal, L.A. Care Covered, PASC-SEIU Plan:" in page and "Medicare has its own ways" in page


def test_the_receipt_says_by_which_day_what_happens():
    ana, case = sent()
    received = timezone.localdate(case.received_at)
    receipt = main(ana.get(f"{BASE}/receipt"))
    assert case.reference in receipt and ana.code in receipt
    lines = dict(re.findall(r"<dt>([^<]*)</dt><dd><strong>([^<]*)</strong>", receipt))
    assert lines["You get our decision by"] == date_format(received + timedelta(days=30))
    assert lines["We plan to tell you that we have it, by"] == date_format(received + timedelta(days=5)), "from memory: no duty"
    saved = ana.post(f"{BASE}/receipt", {"download": "1"})
    assert case.reference in saved.headers["Content-Disposition"] and lines["You get our decision by"] in saved.text
    large = ana.post(f"{BASE}/receipt", {"text_size": "150"})
    assert case.reference in large.text and 'class="text-150' in large.text


def test_a_step_with_a_fault_keeps_what_was_typed_and_says_where_it_is():
    ana = begun()
    answer = save(ana, "events", kind="")
    assert answer.status_code == 200 and 'href="#id_kind_0"' in answer.text and "in my knee" in answer.text
    assert "in my knee" in ana.get(f"{BASE}/draft/events").text, "what is wrong is kept, too"
    assert f"{BASE}/draft/events?check=1" in ana.get(f"{BASE}/review").text


@pytest.mark.parametrize(
    ("step", "changed", "field"),
    [
        ("urgency", {"plan": "<script>"}, "id_plan_0"),
        ("urgency", {"is_urgent": ""}, "id_is_urgent_0"),
        ("people", {"member_name": "x" * 200 + "\0"}, "id_member_name"),
        ("events", {"what": "y" * 7000}, "id_what"),
        ("answer", {"telephone": "call me", "answer_language": "xx"}, "id_telephone"),
    ],
)
def test_bad_input_is_a_fault_at_its_place_and_nothing_is_lost(step, changed, field):
    ana = begun()
    answer = save(ana, step, **changed)
    assert answer.status_code == 200 and f'href="#{field}"' in answer.text
    typed = {name: value.replace("\0", " ") for name, value in (STEPS[step] | changed).items()}
    assert Draft.objects.get().steps.get().data["fields"].items() >= typed.items(), "right or wrong, it is kept"
    assert confirm(ana).status_code == 200 and not Grievance.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"way": "post", "address": ""}, "address"),
        ({"way": "telephone", "telephone": ""}, "telephone"),
        ({"way": "email", "email": ""}, "email"),
        ({"way": "email", "email": "ana@example.org"}, "consent_email"),
        (BY_EMAIL | {"email": "a" * 250 + "@example.org"}, "email"),
    ],
)
def test_a_way_to_answer_needs_what_it_takes(changed, field):
    answer = save(begun(), "answer", **changed)
    assert (
        answer.status_code == 200
        and f'href="#id_{field}"' in answer.text
        and f"1 {MARK} Street" in answer.text
        or field == "address"
    )


def test_a_step_that_was_opened_from_the_review_leads_back_there():
    ana = begun()
    fill(ana)
    link = re.search(rf'href="({BASE}/draft/events[^"]*)"', ana.get(f"{BASE}/review").text)[1]
    step = ana.get(link).text
    assert 'name="from_review"' in step
    changed = save(ana, "events", what="It was the other knee.", version="1", from_review="1")
    assert changed.headers["Location"] == f"{BASE}/review"
    assert "It was the other knee." in ana.get(f"{BASE}/review").text


def test_sent_twice_it_is_one_grievance():
    ana = begun()
    fill(ana)
    first, second = confirm(ana), confirm(ana)
    assert first.headers["Location"] == second.headers["Location"] == f"{BASE}/receipt"
    assert Grievance.objects.count() == 1 and Message.objects.filter(kind="grievance_new").count() == 1


def test_another_day_the_code_leads_back_to_what_was_typed():
    ana = begun()
    save(ana, "events")
    elsewhere = Visitor()
    assert elsewhere.get(f"{BASE}/draft").headers["Location"] == f"{BASE}/resume"
    assert elsewhere.post(f"{BASE}/resume", {"code": "0000"}).status_code == 200
    back = elsewhere.post(f"{BASE}/resume", {"code": ana.code.lower().replace("-", " ")})
    assert back.headers["Location"] == f"{BASE}/draft" and "in my knee" in elsewhere.get(f"{BASE}/draft/events").text


def test_questions_are_answered_with_number_and_code_and_it_can_be_taken_back(greta):
    ana, case = sent(**BY_EMAIL)
    move(case, "take-up", greta)
    move(case, "ask", greta, "What is your member number and date of birth?")
    elsewhere = Visitor()
    elsewhere.post(f"{BASE}/status", {"reference": case.reference, "code": ana.code})
    assert "Waiting for you" in elsewhere.get(f"{BASE}/status").text
    asked = case.deficiencies.get()
    answered = elsewhere.post(f"{BASE}/status/answer/{asked.pk}", {"answer": "91234567A, born May 5, 1980"})
    assert answered.status_code == 302, "what we ask for is not refused"
    elsewhere.post(f"{BASE}/status", {"send_answers": "1"})
    case.refresh_from_db()
    assert case.stage == "in-work" and case.events.filter(kind=CaseEvent.Kind.ANSWER).count() == 1
    elsewhere.post(f"{BASE}/status", {"withdraw": "1"})
    elsewhere.post(f"{BASE}/status", {"withdraw": "1", "confirm": "1"})
    case.refresh_from_db()
    assert case.stage == "withdrawn" and "You took this back" in ana.get(f"{BASE}/status").text


def test_a_decision_is_read_with_number_and_code_and_by_mail_only_that_there_is_one(greta):
    ana, case = sent(**BY_EMAIL)
    move(write(case, "acknowledgement", greta), "take-up", greta)
    write(case, "overturned", greta, "We pay the bill.")
    assert "Decided" in ana.get(f"{BASE}/status").text
    assert set(Message.objects.filter(to="ana@example.org").values_list("kind", flat=True)) == {
        "grievance_received",
        "grievance_news",
    }
    assert all(mail.language == "es" for mail in Message.objects.filter(to="ana@example.org"))


def test_no_one_is_mailed_who_did_not_ask_for_it(greta):
    _ana, case = sent(email="ana@example.org")
    write(case, "acknowledgement", greta)
    assert not Message.objects.filter(to="ana@example.org").exists()


def test_a_new_secret_opens_what_an_old_one_sealed(settings):
    _ana, case = sent()
    settings.FIELD_SECRETS = ["a new secret", *settings.FIELD_SECRETS]
    assert Grievance.objects.get(case=case).member_name == f"Ana {MARK}"
    settings.FIELD_SECRETS = settings.FIELD_SECRETS[:1]
    with pytest.raises(Exception, match="[Dd]ecrypt"):
        Grievance.objects.get(case=case)


def test_a_draft_that_nobody_comes_back_to_is_gone():
    ana = begun()
    save(ana, "events")
    Draft.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert drafts.purge_expired() == 1 and not Draft.objects.exists()
    assert ana.get(f"{BASE}/draft").headers["Location"] == f"{BASE}/resume"
