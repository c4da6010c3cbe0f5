"""The desk of grievances: through all states by a clock that is moved, in the member's language, seen by nobody else."""

import html
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from lacare_site.casework import business_days, digest, escalation, figures, services
from lacare_site.casework.models import AuditEntry, Case
from lacare_site.casework.registry import TO_FILL_IN
from lacare_site.outbox.models import Message
from lacare_site.security import roles
from lacare_site.worker import housekeeping
from members.grievance.desk import CASE_KIND, WORKFLOW
from members.selectors import languages_of_help
from pages.translations import catalogues
from pages.translations.models import CatalogueReview
from tests.harness.accounts import StaffClient
from tests.harness.xlsx import cells
from tests.members.grievances import BASE, MARK, assert_sealed, sent, write

pytestmark = pytest.mark.django_db
DESK = "/admin/cases/grievance/"
STATEMENT, HEARING = "is responsible for regulating health care service plans", "State Hearing"


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


def staff(name: str, *held: roles.Role):
    user = get_user_model().objects.create_user(name, email=f"{name.replace(' ', '')}@example.org")
    user.groups.add(*Group.objects.filter(name__in=[role.group for role in held]))
    return user


@pytest.fixture
def greta():
    return staff("greta", roles.GRIEVANCE_REVIEWER)


@pytest.fixture
def sven():
    return staff("sven", roles.GRIEVANCE_SUPERVISOR)


def browser(user) -> StaffClient:
    client = StaffClient()
    client.force_login(user)
    return client


@pytest.fixture
def after(monkeypatch):
    """Moves the clock: `after(case, days=3)` is three days after it was received."""

    def move(case: Case, **span):
        now = case.received_at + timedelta(**span)
        monkeypatch.setattr(timezone, "now", lambda: now)

    return move


def move(case: Case, key: str, by, reason: str = "because") -> Case:
    return services.move(case, WORKFLOW.transitions[key], by, reason)


def address(case: Case, rest: str = "") -> str:
    return reverse("case", args=["grievance", case.reference]) + rest


def letter(case: Case, key: str, by) -> str:
    """What a letter's template makes of the case."""
    return browser(by).get(address(case, f"letters/grievance_{key}/")).text.partition("<textarea")[2].partition("</textarea>")[0]


def test_what_is_written_of_a_grievance_stands_sealed(greta, sven):
    _ana, case = sent()
    services.note(case, greta, f"Called {MARK}")
    services.hold(case, sven, f"A suit over the {MARK}")
    assert_sealed("SELECT * FROM casework_case")
    assert_sealed("SELECT * FROM casework_caseevent")
    assert f"Legal hold:</strong> A suit over the {MARK}<" in browser(sven).get(address(case)).text


def test_what_is_urgent_reaches_the_supervisor_at_once_and_stands_first(greta, sven, after):
    _ana, slow = sent()
    _eva, urgent = sent(is_urgent="yes")
    told = Message.objects.get(kind="case_escalated")
    assert told.to == sven.email and urgent.reference in told.subject and "urgent" in told.subject
    assert MARK not in told.body and "knee" not in told.body
    shown = browser(greta).get(DESK).text
    assert shown.index(urgent.reference) < shown.index(slow.reference) and "Urgent</span>" in shown
    assert urgent.due_at == urgent.received_at + timedelta(hours=72)
    after(urgent, hours=37)
    assert escalation.run() == 1, "half of its time is over"
    after(urgent, hours=73)
    assert "Overdue" in browser(greta).get(address(urgent)).text


def test_a_deadline_that_comes_near_is_told_before_it_is_missed(greta, sven, after, settings):
    settings.GRIEVANCE_MAILBOX = "grievances@example.org"
    _ana, case = sent()
    after(case, days=4)
    housekeeping.once()
    assert Message.objects.get(kind="case_escalated").to == sven.email
    assert "Escalated</span>" in browser(greta).get(DESK).text
    while not digest.send() and not Message.objects.filter(kind="case_digest").exists():
        after(case, seconds=(timezone.now() - case.received_at).total_seconds() + 3600)  # until a morning of work
    told = Message.objects.filter(kind="case_digest").first()
    assert told.to == "grievances@example.org" and case.reference in told.body, (
        "nobody has it: the mailbox of this desk, not of all"
    )
    assert MARK not in told.body and "knee" not in told.body
    write(case, "acknowledgement", greta)
    assert "Escalated</span>" not in browser(greta).get(DESK).text


def test_staff_of_other_desks_see_nothing_of_it(greta):
    _ana, case = sent()
    services.note(case, greta, f"Called {MARK}")
    for role in (roles.INTAKE_REVIEWER, roles.PAGE_MAILER):  # of all others the table of roles tells
        client = browser(staff(role.group, role))
        for place in (DESK, f"{DESK}export/", f"{DESK}statistics/", f"{DESK}statistics/export/", address(case)):
            answer = client.get(place, follow=True)
            assert answer.redirect_chain or answer.status_code == 403
            assert case.reference not in answer.text and MARK not in answer.text
        assert DESK not in client.get("/admin/").text
        assert client.get(address(case, "letters/grievance_acknowledgement/")).status_code in (302, 403)


def test_a_reviewer_works_a_supervisor_holds_and_an_auditor_reads(greta, sven):
    _ana, case = sent()
    otto = staff("otto", roles.AUDITOR)
    for user in (greta, sven, otto):
        shown = browser(user).get(address(case)).text
        assert "in my knee" in shown and MARK in shown, "it is opened for whoever has a role here"
    assert AuditEntry.objects.filter(action="case.viewed", subject=case.reference).count() == 3
    assert browser(otto).post(address(case), {"action": "note", "text": "x"}).status_code == 409
    assert browser(greta).post(address(case), {"action": "hold", "text": "x"}).status_code == 409
    assert browser(sven).post(address(case), {"action": "hold", "text": "A suit"}).status_code == 302


def test_more_time_is_taken_where_federal_law_alone_holds(greta, sven):
    _ana, state = sent()
    _eva, federal = sent(plan="medicare-plus")
    for case, found in ((state, 409), (federal, 302)):
        assert ("Take more time" in browser(sven).get(address(case)).text) == (found == 302)
        assert browser(sven).post(address(case), {"action": "extend:decide", "text": "A record is missing"}).status_code == found
        assert (">More time</a>" in browser(greta).get(address(case)).text) == (found == 302)
    day = timezone.localdate(federal.received_at) + timedelta(days=44)
    assert date_format(day) in letter(federal, "more_time", greta) and "A record is missing" in letter(
        federal, "more_time", greta
    )


def test_a_plan_or_kind_that_was_chosen_wrongly_is_corrected_with_its_deadlines(greta):
    _ana, case = sent(plan="not-sure")
    client = browser(greta)
    assert client.post(address(case), {"action": "classify", "plan": "x", "kind_of": "appeal"}).status_code == 409
    assert client.post(address(case), {"action": "classify", "plan": "medicare-plus", "kind_of": "appeal"}).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert (case.track, case.grievance.plan, case.grievance.kind) == ("medicare-plus", "medicare-plus", "appeal")
    assert "42 CFR 422.630" in client.get(address(case)).text


@pytest.fixture
def spanish_is_signed():
    CatalogueReview.objects.update_or_create(
        language="es",
        defaults={
            "text_hash": catalogues.text_hash("es"),
            "reviewed_at": timezone.now(),
            "reviewer_name": "R",
            "qualification": "Q",
        },
    )


def test_a_letter_whose_words_nobody_has_signed_goes_in_english_with_a_word_on_help(greta, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    _ana, case = sent()
    text = letter(case, "acknowledgement", greta)
    assert "We have what you sent us." in text and "Llame" in text and 'lang="en"' in text
    event = services.keep_letter(case, CASE_KIND.letters[0], greta, "Dear Ana")
    assert event.language == "en"
    printed = html.unescape(browser(greta).get(address(case, f"kept-letters/{event.pk}/")).text)
    assert '<html lang="en"' in printed
    taglines = printed.partition("letter-taglines")[2]
    offered = languages_of_help()
    assert len(offered) == 16, "English and the fifteen that are spoken most (45 CFR 92.11)"
    for tongue in offered:
        said = taglines.partition(f'lang="{tongue.code}" dir="{tongue.direction}"')[2].partition("</p>")[0]
        assert tongue.notice in said and "1-888-839-9909" in said and tongue.unreviewed_note in said, tongue.code


def test_the_moment_of_an_urgent_decision_ends_its_sentence_once(greta):
    _ana, case = sent(is_urgent="yes")
    assert re.search(r"You get our decision by [^\n]+[ap]\.m\.\n", letter(case, "acknowledgement", greta))


def test_a_letter_whose_words_are_signed_goes_in_the_members_language(greta, settings, spanish_is_signed):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    _ana, case = sent()
    text = letter(case, "acknowledgement", greta)
    assert 'lang="es"' in text and " de 20" in text and "machine" not in text and "traducción automática" not in text


def test_where_unsigned_words_are_shown_a_letter_carries_the_warning(greta, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    _ana, case = sent()
    text = letter(case, "acknowledgement", greta)
    assert 'lang="es"' in text and "Esta es una traducción automática" in text


@pytest.mark.parametrize(
    ("plan", "kind", "expected"),
    [
        ("medi-cal", "appeal", {STATEMENT, HEARING}),
        ("medi-cal", "grievance", {STATEMENT}),
        ("covered", "appeal", {STATEMENT}),
        ("medicare-plus", "appeal", {"Medicare has ways to go further"}),
    ],
)
def test_a_decision_says_how_to_go_further_by_plan(greta, plan, kind, expected):
    _ana, case = sent(plan=plan, kind=kind, answer_language="en")
    move(case, "take-up", greta)
    text = letter(case, "upheld", greta)
    assert {words for words in (STATEMENT, HEARING, "Medicare has ways to go further") if words in text} == expected
    assert "We do not decide in your favor." in text and TO_FILL_IN in text
    answer = browser(greta).post(address(case, "letters/grievance_upheld/"), {"text": f"The reasons: {TO_FILL_IN}"})
    assert answer.status_code == 409 and "not filled in" in answer.text and case.events.filter(kind="letter").count() == 0


def test_what_is_asked_stands_in_a_letter_for_whoever_does_not_read_the_site(greta):
    _ana, case = sent(answer_language="en")
    case = move(move(case, "take-up", greta), "ask", greta, "Which knee?\nWhich day?")
    text = letter(case, "question", greta)
    assert "- Which knee?" in text and "- Which day?" in text and date_format(business_days.add(timezone.localdate(), 10)) in text


def test_nobody_is_asked_to_answer_by_a_day_that_is_the_plans_or_is_over(greta, after):
    ana, case = sent(answer_language="en")
    after(case, days=7)
    case = move(move(case, "take-up", greta), "ask", greta, "Which knee?")
    assert case.due_at < timezone.now(), "nobody has acknowledged it in time"
    asked = timezone.localdate()
    status = ana.get(f"{BASE}/status").text
    for text in (letter(case, "question", greta), status):
        assert f"by {date_format(business_days.add(asked, 10))}" in text
        assert date_format(timezone.localdate(case.due_at)) not in text.replace(date_format(asked), "")
    assert f"You get our decision by <strong>{date_format(timezone.localdate(case.received_at) + timedelta(days=30))}" in status
    after(case, days=27)
    assert "as soon as you can" in letter(case, "question", greta) and "Please answer by" not in ana.get(f"{BASE}/status").text
    after(case, days=31)
    assert "You should have our answer by now" in ana.get(f"{BASE}/status").text


def test_nothing_is_decided_before_it_is_known_whose_plan_it_is(greta):
    _ana, case = sent(plan="not-sure", kind="appeal", answer_language="en")
    move(case, "take-up", greta)
    answer = browser(greta).post(address(case, "letters/grievance_upheld/"), {"text": "A long letter"})
    assert answer.status_code == 409 and "Say first whose plan it is" in answer.text and not case.events.filter(kind="letter")
    assert "Say first whose plan it is" in browser(greta).get(address(case)).text
    browser(greta).post(address(case), {"action": "classify", "plan": "medi-cal", "kind_of": "appeal"})
    assert HEARING in letter(case, "upheld", greta)
    assert write(case, "upheld", greta).stage == "upheld"


@pytest.mark.parametrize("kind", ["discrimination", "privacy"])
def test_what_the_office_for_civil_rights_takes_is_decided_without_a_plan(greta, kind):
    _ana, case = sent(plan="not-sure", kind=kind, answer_language="en")
    move(case, "take-up", greta)
    assert "hhs.gov/ocr" in letter(case, "upheld", greta)
    assert write(case, "upheld", greta).stage == "upheld"


def test_what_is_about_no_member_is_closed_as_that_and_can_be_opened_again(greta, sven):
    ana, case = sent(plan="not-sure")
    client = browser(greta)
    assert client.post(address(case), {"action": "move:not-ours", "text": " "}).status_code == 409
    client.post(address(case), {"action": "move:not-ours", "text": f"{MARK} is with another plan"})
    case = Case.objects.get(pk=case.pk)
    assert (case.stage, {row.is_void for row in case.clocks.all()}) == ("not-ours", {True}), "neither in time nor late"
    status = ana.get(f"{BASE}/status").text
    assert "no member of ours" in status and "another plan" not in status
    assert move(case, "reopen", sven).stage == "in-work"


def test_a_letter_on_discrimination_names_the_office_for_civil_rights(greta):
    _ana, case = sent(kind="discrimination", answer_language="en")
    _eva, other = sent(answer_language="en")
    assert "hhs.gov/ocr" in letter(case, "acknowledgement", greta) and "hhs.gov/ocr" not in letter(
        other, "acknowledgement", greta
    )


def test_who_supervises_and_is_no_reviewer_does_not_decide(sven, greta):
    _ana, case = sent(answer_language="en")
    move(case, "take-up", greta)
    answer = browser(sven).post(address(case, "letters/grievance_upheld/"), {"text": "A long letter"})
    assert answer.status_code == 409 and "for grievance reviewers" in answer.text and ">A long letter</textarea>" in answer.text
    assert not case.events.filter(kind="letter").exists()


def test_a_letter_holds_nothing_of_another_case(greta):
    _eva, other = sent(member_name="Eva Othername", address="9 Other Street", answer_language="en")
    _ana, case = sent(answer_language="en")
    move(case, "take-up", greta)
    for each in ("acknowledgement", "overturned", "partly", "upheld"):
        text = letter(case, each, greta)
        assert f"Ana {MARK}" in text and f"1 {MARK} Street" in text and case.reference in text
        assert not any(words in text for words in (other.reference, "Othername", "Other Street"))


def test_the_list_is_narrowed_down_by_kind_plan_language_and_urgency(greta):
    _ana, first = sent(kind="appeal")
    _eva, second = sent(plan="covered", answer_language="ar", is_urgent="yes")
    client = browser(greta)
    for query, found in (
        ("kind_of=appeal", {first}),
        ("plan=covered", {second}),
        ("language=ar", {second}),
        ("urgent=yes", {second}),
        ("urgent=no", {first}),
        ("plan=x", {first, second}),
    ):
        shown = client.get(f"{DESK}?{query}").text
        assert {case for case in (first, second) if case.reference in shown} == found, query


def table(answer, sheet: str = "sheet1") -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        assert "<f>" not in book.read(f"xl/worksheets/{sheet}.xml").decode()
        return cells(book, sheet)


def test_the_list_leaves_as_a_spreadsheet_without_what_happened_and_without_formulas(greta):
    _ana, case = sent(is_urgent="yes")
    greta.first_name = "=1+1"
    greta.save()
    services.assign(case, greta, greta)
    headings, row = table(browser(greta).get(f"{DESK}export/"))
    found = dict(zip(headings, row, strict=False))
    assert (found["Kind"], found["Plan"], found["Urgent"], found["Language"]) == ("Grievance", "Medi-Cal", "yes", "es")
    assert found["Assigned to"] == "=1+1" and MARK not in "".join(row)


def test_the_figures_say_by_kind_plan_and_language_what_was_in_time(greta, after):
    _ana, first = sent()
    _eva, second = sent(plan="covered", kind="appeal", answer_language="ar")
    write(first, "acknowledgement", greta)
    after(second, days=6)
    otto = browser(staff("otto", roles.AUDITOR))
    year = timezone.localdate(second.received_at).year
    shown = otto.get(f"{DESK}statistics/?year={year}").text
    assert "By plan" in shown and "By kind" in shown and "By language" in shown and "50 %" in shown
    month, kind, plan, language, urgency = (
        table(otto.get(f"{DESK}statistics/export/?year={year}"), f"sheet{number}") for number in range(1, 6)
    )
    assert plan[0] == ["Plan", "Received", "Ended", *(f"{c.label}: {w}" for c in CASE_KIND.clocks for w in figures.MET)]
    assert plan[1:] == [
        ["Medi-Cal", "1", "0", "1", *8 * ["0"]],
        ["L.A. Care Covered", "1", "0", "0", "1", *7 * ["0"]],
    ]
    assert [row[0] for row in kind[1:]] == ["Grievance", "Appeal"] and [row[0] for row in language[1:]] == ["Spanish", "Arabic"]
    assert month[-1][:2] == ["In all", "2"] and [row[:2] for row in urgency[1:]] == [["Not urgent", "2"]]
    quarter = (timezone.localdate(second.received_at).month - 1) // 3 + 1
    assert f"quarter={quarter}" in otto.get(f"{DESK}statistics/?year={year}&quarter={quarter}").text
    assert otto.get(f"{DESK}statistics/?year=x&quarter=9").status_code == 200
