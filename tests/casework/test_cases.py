"""What is done to cases: each step once, by whom it may be done, with its trace."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from lacare_site.casework import business_days, clocks, figures, registry, services
from lacare_site.casework.desk.cases import contents
from lacare_site.casework.models import VOID, AuditEntry, Case, CaseEvent, Tombstone
from lacare_site.casework.registry import Letter
from lacare_site.casework.workflow import ANSWER
from lacare_site.outbox.models import Message
from lacare_site.page_cache import triggers
from lacare_site.worker import housekeeping
from tests.casework.conftest import send_inquiry
from tests.casework.sample.kind import WORKFLOW
from tests.casework.sample.models import Inquiry

STEPS = WORKFLOW.transitions


@pytest.fixture
def presented(open_inquiry, staff):
    """A case before the committee, and who brought it there."""
    case, ina = open_inquiry(contact_email="sender@example.org"), staff("ina", "reviewer", "decider")
    case = services.move(case, STEPS["take"], ina)
    return services.move(case, STEPS["present"], ina), ina


def test_the_same_form_sent_twice_is_one_case(open_inquiry):
    key = uuid.uuid4()
    first, second = open_inquiry(submission_key=key), open_inquiry(submission_key=key)
    assert first == second
    assert Inquiry.objects.count() == first.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_is_one_case():
    keys = [uuid.uuid4() for _ in range(5)]

    def send(key):
        try:
            return send_inquiry(submission_key=key).reference
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        references = list(pool.map(send, keys * 6))
    assert len(set(references)) == Case.objects.count() == Inquiry.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_case_is_not_opened_without_what_was_sent():
    with pytest.raises(TransactionManagementError):
        services.open_case("inquiry", "en", uuid.uuid4())


def test_references_do_not_count_up(open_inquiry):
    references = [open_inquiry().reference for _ in range(20)]
    assert len(set(references)) == 20
    assert all(reference.startswith("INQ-") and len(reference) == 13 for reference in references)
    assert references != sorted(references)


def test_an_approval_by_two_people(presented, staff):
    case, _ = presented
    case = services.move(case, STEPS["approve"], staff("dora", "decider"))
    assert (case.stage, case.due_at) == ("approved", None)
    assert case.retention_until.year == timezone.localdate().year + 10
    assert list(case.events.values_list("kind", "to_stage")) == [
        ("received", "received"),
        ("stage", "review"),
        ("stage", "committee"),
        ("stage", "approved"),
        ("mail", ""),
    ]
    assert AuditEntry.objects.filter(action="case.approve", actor="dora", subject=case.reference).count() == 1
    mail = Message.objects.get(to="sender@example.org")
    assert case.reference in mail.body and "Palm" not in mail.subject + mail.body


def test_who_brought_a_case_to_the_decision_does_not_decide(presented):
    case, ina = presented
    with pytest.raises(services.Refused, match="Two people decide"):
        services.move(case, STEPS["approve"], ina)
    case.refresh_from_db()
    assert case.stage == "committee"


def test_reviewers_do_not_decide(presented, staff):
    with pytest.raises(services.Refused, match="for intake decision makers"):
        services.move(presented[0], STEPS["approve"], staff("rita", "reviewer"))


@pytest.mark.parametrize("held", [(), ("auditor",)])
def test_who_has_no_role_moves_nothing(open_inquiry, staff, held):
    with pytest.raises(services.Refused):
        services.move(open_inquiry(), STEPS["take"], staff("otto", *held))


def test_staff_do_not_answer_for_the_sender_nor_the_sender_for_staff(open_inquiry, staff):
    case, ina = open_inquiry(), staff("ina", "reviewer")
    with pytest.raises(services.Refused):
        services.move(case, STEPS["withdraw"], ina)
    with pytest.raises(services.Refused):
        services.move(case, STEPS["take"], None)
    assert services.move(case, STEPS["withdraw"], None).stage == "withdrawn"


def test_a_step_that_needs_a_reason_is_not_made_without(open_inquiry, staff):
    ina = staff("ina", "reviewer")
    case = services.move(open_inquiry(), STEPS["take"], ina)
    with pytest.raises(services.Refused, match="reason"):
        services.move(case, STEPS["lack"], ina, "  ")
    assert services.move(case, STEPS["lack"], ina, "The roster").events.last().reason == "The roster"


def test_a_reopened_case_has_a_deadline_again_and_no_end(presented, staff):
    case, ina = presented
    case = services.move(case, STEPS["decline"], staff("dora", "decider"), "Too few clinicians")
    case = services.move(case, STEPS["reopen"], ina, "New facts")
    assert case.due_at and not case.closed_at and not case.retention_until


def test_a_stage_begins_its_own_deadline(open_inquiry, staff):
    case, ina = open_inquiry(), staff("ina", "reviewer")
    assert 15 + 4 <= (case.due_at - case.received_at).days <= 15 + 12
    case = services.move(case, STEPS["take"], ina)
    assert 10 + 2 <= (case.due_at - case.received_at).days <= 10 + 8


def test_no_deadline_is_later_than_what_was_promised_but_waiting_for_the_sender_does_not_count(open_inquiry, staff, monkeypatch):
    ina, day = staff("ina", "reviewer"), datetime(2026, 3, 2, 12, tzinfo=UTC)

    def after(count: int):
        monkeypatch.setattr(timezone, "now", lambda: datetime.combine(business_days.add(day.date(), count), time(20), UTC))

    after(0)
    case = open_inquiry()
    for count, step, due in [(12, "take", 15), (13, "lack", 13 + 20), (20, "answer", 15 + 7), (21, "present", 15 + 7)]:
        after(count)
        case = services.move(case, STEPS[step], None if step == "answer" else ina, "because")
        assert timezone.localdate(case.due_at) == business_days.add(day.date(), due), step
    assert timezone.localdate(clocks.promised(case, ANSWER)) == business_days.add(day.date(), 22)


def test_what_ends_while_it_waits_for_its_sender_is_not_late(open_inquiry, staff, monkeypatch):
    ina = staff("ina", "reviewer")
    case = services.move(services.move(open_inquiry(), STEPS["take"], ina), STEPS["lack"], ina, "because")
    later = timezone.now() + timedelta(days=90)
    monkeypatch.setattr(timezone, "now", lambda: later)
    line = figures.of(registry.get("inquiry"), figures.Period(timezone.localdate(case.received_at).year)).total
    assert (line.received, line.late) == (1, [0]), "its time stands still"
    assert not any(standing is False for *_row, standing in contents(registry.get("inquiry"), case)["clocks"]), "nor on its page"
    services.move(case, STEPS["withdraw"], None)
    assert case.clocks.get().is_in_time == VOID


def test_the_figures_do_not_count_the_wait_for_the_sender_before_nor_after_the_case_is_deleted(open_inquiry, staff, monkeypatch):
    ina, day = staff("ina", "reviewer", "decider"), datetime(2026, 3, 2, 12, tzinfo=UTC)

    def go(case, *steps: tuple[int, str]):
        for count, step in steps:
            now = datetime.combine(business_days.add(day.date(), count), time(20), UTC)
            monkeypatch.setattr(timezone, "now", lambda now=now: now)
            case = services.move(case, STEPS[step], None if step in ("answer", "withdraw") else ina, "because")

    monkeypatch.setattr(timezone, "now", lambda: day)
    waited, late = open_inquiry(), open_inquiry()
    go(waited, (5, "take"), (10, "lack"), (20, "answer"), (24, "withdraw"))  # 24 days, of which ten are the sender's
    go(late, (16, "withdraw"))
    for _look in range(2):
        found = figures.of(registry.get("inquiry"), figures.Period(2026))
        assert (found.total.in_time, found.total.late, found.total.void) == ([0], [1], [1])
        assert [share for _label, share in found.shares] == [0], "what is withdrawn in time says nothing of the plan's own pace"
        assert (found.median_days, found.months[3].closed, found.total.received) == (20, 1, 2)
        monkeypatch.setattr(timezone, "now", lambda: day.replace(year=2040))
        services.purge_due()
    assert Tombstone.objects.count() == 2 and not Case.objects.exists()


def test_what_the_sender_does_is_told_to_who_has_the_case_or_to_the_mailbox_of_all(open_inquiry, staff, settings):
    settings.STAFF_MAILBOX = "all@example.org"
    ina, case, other = staff("ina", "reviewer"), open_inquiry(), open_inquiry()
    services.assign(case, ina, ina)
    for one in (case, other):
        services.move(one, STEPS["withdraw"], None)
    told = Message.objects.filter(kind="case_moved").order_by("pk")
    assert [(mail.to, mail.subject) for mail in told] == [
        (ina.email, f"{case.reference}: Withdraw"),
        ("all@example.org", f"{other.reference}: Withdraw"),
    ]
    assert case.reference in told[0].body and "Palm" not in told[0].body


@pytest.mark.django_db(transaction=True)
def test_two_clicks_keep_one_letter_with_one_mail_and_one_note(staff):
    case, ina = send_inquiry(contact_email="sender@example.org"), staff("ina", "reviewer")
    letter, all_there = Letter("inquiry_decision", "Decision", mails="inquiry_news"), threading.Barrier(4)

    def click(number: int) -> tuple[bool, int]:
        all_there.wait(30)
        try:
            keep = services.note(case, ina, "Called.") if number % 2 else services.keep_letter(case, letter, ina, "Dear Ana")
            return number % 2, keep.pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 2
    assert Message.objects.filter(to="sender@example.org").count() == 1
    services.keep_letter(case, letter, ina, "Dear Ana, once more")
    services.note(case, ina, "Called again.")
    kinds = list(case.events.values_list("kind", flat=True))
    assert (kinds.count("letter"), kinds.count("note")) == (2, 2), "another one is kept"


@pytest.mark.django_db(transaction=True)
def test_of_two_steps_at_once_one_is_made(staff):
    case = send_inquiry()
    people = [staff(f"reviewer{number}", "reviewer") for number in range(6)]

    def take(user):
        try:
            services.move(case, STEPS["take"], user, seen_stage="received")
            return True
        except services.Refused as refusal:
            assert "meanwhile" in str(refusal)
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(take, people)) == 1
    assert case.events.filter(kind=CaseEvent.Kind.STAGE).count() == 1


def test_assignment_only_to_who_works_there(open_inquiry, staff):
    case, ina, otto = open_inquiry(), staff("ina", "reviewer"), staff("otto", "auditor")
    assert services.assign(case, ina, ina).assigned_to == ina
    with pytest.raises(services.Refused):
        services.assign(case, otto, ina)
    services.assign(case, ina, ina)
    assert case.events.filter(kind=CaseEvent.Kind.ASSIGNED).count() == 1


def close_long_ago(case) -> Case:
    long_ago = timezone.now() - timedelta(days=4000)
    changes = {"stage": "withdrawn", "closed_at": long_ago, "due_at": None}
    Case.objects.filter(pk=case.pk).update(**changes, retention_until=timezone.localdate() - timedelta(days=1))
    return case


def test_a_case_whose_time_is_over_leaves_a_tombstone_and_nothing_else(open_inquiry):
    case, kept = close_long_ago(open_inquiry()), open_inquiry()
    housekeeping.once()
    assert list(Case.objects.all()) == [kept]
    assert not Inquiry.objects.filter(case_id=case.pk).exists() and not CaseEvent.objects.filter(case_id=case.pk).exists()
    stone = Tombstone.objects.get()
    assert (stone.reference, stone.kind, stone.outcome) == (case.reference, "inquiry", "withdrawn")
    assert AuditEntry.objects.filter(action="case.purged", actor="system", subject=case.reference).exists()


def test_a_legal_hold_keeps_a_case_until_it_is_released(open_inquiry, staff):
    case, dora = open_inquiry(), staff("dora", "decider")
    with pytest.raises(services.Refused):
        services.hold(case, dora, " ")
    services.hold(close_long_ago(case), dora, "A suit")
    assert services.purge_due() == 0
    services.release(case, dora, "The suit has ended")
    assert services.purge_due() == 1


def test_a_case_that_cannot_be_purged_does_not_keep_the_others(open_inquiry, monkeypatch):
    stuck, other = close_long_ago(open_inquiry()), close_long_ago(open_inquiry())

    def fail(case):
        if case == stuck:
            raise OSError("disk")

    monkeypatch.setattr("lacare_site.casework.attachments.purge", fail)
    with pytest.raises(ExceptionGroup):
        services.purge_due()
    assert list(Case.objects.all()) == [stuck]
    assert Tombstone.objects.get().reference == other.reference


def test_the_history_of_a_case_does_not_change(open_inquiry):
    event = open_inquiry().events.get()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CaseEvent.objects.filter(pk=event.pk).update(text="otherwise")


def test_the_database_refuses_a_hold_without_reason(open_inquiry):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=open_inquiry().pk).update(legal_hold=True)


def test_what_is_written_of_a_case_stands_sealed_in_the_database(open_inquiry, staff):
    case, ina = open_inquiry(), staff("ina", "reviewer")
    services.note(case, ina, "A marker of health")
    case = services.move(case, STEPS["take"], ina)
    services.move(case, STEPS["lack"], ina, "A marker of health")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, reason FROM casework_caseevent")
        kept = b"".join(bytes(part) for row in cursor.fetchall() for part in row)
    assert kept and b"marker" not in kept
    assert "A marker of health" in {event.text for event in case.events.all()}


@pytest.mark.parametrize("lacking", ["answer_within", "retention_years", "draft_days"])
def test_a_kind_without_its_rules_fails_the_check(settings, lacking):
    assert registry.check_rules() == []
    rules = {name: value for name, value in settings.CASE_RULES["inquiry"].items() if name != lacking}
    settings.CASE_RULES = settings.CASE_RULES | {"inquiry": rules}
    (error,) = registry.check_rules()
    assert lacking in error.msg


def test_what_people_send_in_does_not_empty_the_kept_pages():
    assert not {kind.model for kind in registry.kinds() if kind.model != Inquiry} & set(triggers.loud_models())


def test_the_tests_run_on_postgresql(db):
    assert connection.vendor == "postgresql"
