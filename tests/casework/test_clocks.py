"""Several clocks run against a case; whoever supervises hears of them before a deadline is missed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from lacare_site.casework import digest, escalation, figures, registry, selectors, services
from lacare_site.casework.limits import Limit, Unit, find
from lacare_site.casework.models import AuditEntry, Case, Tombstone
from lacare_site.casework.selectors import Filters
from lacare_site.casework.workflow import SENDER
from lacare_site.outbox.models import Message
from lacare_site.worker import housekeeping
from tests.casework.conftest import send_inquiry
from tests.casework.sample.kind import COMPLAINT

HERE = ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 3, 2, 12, tzinfo=HERE)
STEPS = COMPLAINT.workflow.transitions
RECEIPT, DECISION = COMPLAINT.letters


@pytest.fixture
def after(monkeypatch):
    """Moves the clock: `after(days=3)` is three days after the complaint was sent."""

    def move(**span):
        now = MONDAY + timedelta(**span)
        monkeypatch.setattr(timezone, "now", lambda: now)

    move()
    return move


@pytest.fixture
def complain(db, after):
    return lambda **options: send_inquiry(kind="complaint", **options)


@pytest.fixture
def ina(staff):
    return staff("ina", "reviewer")


@pytest.fixture
def dora(staff):
    return staff("dora", "decider")


def due(case: Case) -> dict[str, str]:
    """By clock that runs."""
    return {row.key: f"{timezone.localtime(row.due_at):%m-%d %H:%M}" for row in case.clocks.filter(met_at=None)}


def next_due(case: Case) -> str:
    case.refresh_from_db()
    return f"{timezone.localtime(case.due_at):%m-%d %H:%M}" if case.due_at else ""


@pytest.mark.parametrize(
    ("options", "clocks", "first"),
    [
        ({}, {"acknowledge": "03-07 23:59", "decide": "04-01 23:59"}, "03-07 23:59"),
        ({"is_urgent": True}, {"decide": "03-05 12:00"}, "03-05 12:00"),
        ({"track": "special"}, {"acknowledge": "03-07 23:59", "decide": "03-30 23:59"}, "03-07 23:59"),
        ({"track": "other"}, {"acknowledge": "03-07 23:59", "decide": "04-01 23:59"}, "03-07 23:59"),
    ],
)
def test_each_case_has_the_clocks_of_its_kind_its_track_and_its_urgency(complain, options, clocks, first):
    case = complain(**options)
    assert (due(case), next_due(case)) == (clocks, first)


def test_hours_pass_a_change_of_the_clock_and_days_end_by_it():
    before_summer_time = datetime(2026, 3, 7, 20, tzinfo=HERE)
    hours = Limit(clock="a", count=72, unit=Unit.HOURS).after(before_summer_time)
    days = Limit(clock="a", count=3, unit=Unit.CALENDAR_DAYS).after(before_summer_time)
    assert f"{timezone.localtime(hours):%m-%d %H:%M}" == "03-10 21:00"
    assert f"{timezone.localtime(days):%m-%d %H:%M}" == "03-10 23:59"


def test_of_two_limits_the_newer_one_holds_from_its_day_on():
    limits = [
        Limit(clock="a", count=30, unit=Unit.CALENDAR_DAYS),
        Limit(clock="a", count=20, unit=Unit.CALENDAR_DAYS, since=MONDAY.date()),
    ]
    counts = [find(limits, "a", MONDAY.date() + timedelta(days=days), "", is_urgent=False).count for days in (-1, 0)]
    assert counts == [30, 20]


def test_a_letter_meets_a_clock_and_makes_its_step(complain, ina, after):
    case = complain()
    with pytest.raises(services.Refused, match="made by its letter"):
        services.move(case, STEPS["acknowledge"], ina)
    after(days=2)
    letter = services.keep_letter(case, RECEIPT, ina, "We have it.")
    assert services.keep_letter(case, RECEIPT, ina, "We have it.") == letter, "a second click"
    case.refresh_from_db()
    assert (case.stage, due(case), next_due(case)) == ("acknowledged", {"decide": "04-01 23:59"}, "04-01 23:59")
    assert case.clocks.get(key="acknowledge").is_in_time
    with pytest.raises(services.Refused, match="does not fit any more"):
        services.keep_letter(case, RECEIPT, ina, "We have it once more.")


def test_a_letter_that_makes_no_step_meets_its_clock_all_the_same(complain, ina):
    case = services.move(complain(), STEPS["take"], ina)
    services.keep_letter(case, RECEIPT, ina, "We have it.")
    case.refresh_from_db()
    assert (case.stage, due(case), next_due(case)) == ("work", {"decide": "04-01 23:59"}, "04-01 23:59")


def test_a_letter_that_is_not_filled_in_is_not_kept(complain, ina):
    case = complain()
    with pytest.raises(services.Refused, match="not filled in"):
        services.keep_letter(case, RECEIPT, ina, f"We have it. {registry.TO_FILL_IN}")
    assert case.clocks.filter(met_at=None).count() == 2


def test_the_end_stops_all_clocks_and_reopening_starts_them_again(complain, ina, dora, after):
    case = services.move(complain(), STEPS["take"], ina)
    after(days=31)
    services.keep_letter(case, DECISION, ina, "We decided.")
    case.refresh_from_db()
    assert (case.stage, due(case), next_due(case)) == ("decided", {}, "")
    assert [row.is_in_time for row in case.clocks.all()] == [False, False]
    services.move(case, STEPS["reopen"], dora)
    assert due(case) == {"acknowledge": "03-07 23:59", "decide": "04-01 23:59"}
    assert next_due(case) == "03-07 23:59"


def test_who_supervises_is_warned_of_a_case_that_is_open_again(complain, ina, dora, after):
    case = services.move(complain(), STEPS["take"], ina)
    services.keep_letter(case, RECEIPT, ina, "We have it.")
    after(days=5)
    services.keep_letter(case, DECISION, ina, "We decided.")
    after(days=6)
    case.refresh_from_db()
    services.move(case, STEPS["reopen"], dora)
    after(days=16)
    assert escalation.run() == 1


def test_what_the_law_counts_does_not_stand_still_while_the_sender_is_asked(complain, ina, after):
    case = services.move(complain(), STEPS["take"], ina)
    services.keep_letter(case, RECEIPT, ina, "We have it.")
    after(days=28)
    case = services.move(case, STEPS["ask"], ina)
    assert next_due(case) == "04-01 23:59", "and not five business days from now"
    after(days=29)
    assert next_due(services.move(case, STEPS["answer"], None)) == "04-01 23:59"


def test_a_case_that_is_found_urgent_has_its_hours_from_then(complain, ina, after):
    case = complain()
    after(days=1)
    with pytest.raises(services.Refused, match="reason"):
        services.set_urgency(case, ina, " ", is_urgent=True)
    services.set_urgency(case, ina, "Severe pain", is_urgent=True)
    assert due(case) == {"acknowledge": "03-07 23:59", "decide": "03-06 12:00"}
    assert next_due(case) == "03-06 12:00"
    with pytest.raises(services.Refused, match="already"):
        services.set_urgency(case, ina, "Severe pain", is_urgent=True)
    services.set_urgency(case, ina, "A bill", is_urgent=False)
    assert due(case) == {"acknowledge": "03-07 23:59", "decide": "04-01 23:59"}


def test_what_is_found_not_to_be_urgent_is_acknowledged_as_the_others(complain, ina):
    case = complain(is_urgent=True)
    services.set_urgency(case, ina, "A bill", is_urgent=False)
    assert due(case) == {"acknowledge": "03-07 23:59", "decide": "04-01 23:59"}


def test_what_was_acknowledged_while_it_was_urgent_is_not_acknowledged_again(complain, ina, after):
    case = complain(is_urgent=True)
    services.keep_letter(case, RECEIPT, ina, "We have it.")
    after(days=1)
    services.set_urgency(case, ina, "A bill", is_urgent=False)
    assert due(case) == {"decide": "04-01 23:59"}
    assert case.clocks.get(key="acknowledge").is_in_time


def test_more_time_is_given_once_and_only_where_a_rule_allows_it(complain, dora):
    with pytest.raises(services.Refused, match="No more time"):
        services.extend(complain(), "decide", dora, "A record is missing")
    case = complain(track="special")
    services.extend(case, "decide", dora, "A record is missing")
    assert due(case)["decide"] == "04-13 23:59"
    with pytest.raises(services.Refused, match="No more time"):
        services.extend(case, "decide", dora, "Another record is missing")
    assert case.events.get(kind="extended").reason == "A record is missing"


def escalated() -> list[Case]:
    return list(selectors.find(COMPLAINT, Filters(due="escalated"), None))


def test_whoever_decides_is_told_before_a_deadline_is_missed_and_once_each_time(complain, ina, dora, after):
    first, other = complain(organisation="Palm Medical Group"), complain(organisation="Oak")
    services.keep_letter(other, RECEIPT, ina, "We have it.")
    for days, count in ((2, 0), (4, 1), (5, 0)):
        after(days=days)
        assert escalation.run() == count, days
    assert escalated() == [first]
    assert list(selectors.find(COMPLAINT, Filters(), None)) == [first, other]
    (mail,) = Message.objects.filter(kind="case_escalated")
    assert mail.to == dora.email and first.reference in mail.subject
    assert "Palm" not in mail.subject + mail.body and "Acknowledgement" not in mail.subject + mail.body
    assert AuditEntry.objects.filter(action="case.escalated", actor="system", subject=first.reference).count() == 1
    services.keep_letter(first, RECEIPT, ina, "We have it.")
    assert escalated() == []
    after(days=16)
    assert escalation.run() == 2, "half of the time of the decision is over"
    after(days=28)
    housekeeping.once()
    assert Message.objects.filter(kind="case_escalated").count() == 5


def test_a_case_that_cannot_be_warned_of_does_not_keep_the_others(complain, dora, after, monkeypatch):
    stuck, other = complain(), complain()
    after(days=4)
    mail = escalation._mail
    monkeypatch.setattr(escalation, "_mail", lambda case, *rest: 1 / 0 if case == stuck else mail(case, *rest))
    with pytest.raises(ExceptionGroup):
        escalation.run()
    assert escalated() == [other]
    assert other.reference in Message.objects.get(kind="case_escalated").subject


def test_an_urgent_case_is_told_at_once_and_stands_first(complain, dora, after):
    complain()
    after(hours=1)
    urgent = complain(is_urgent=True)
    mail = Message.objects.get(kind="case_escalated")
    assert (mail.to, mail.subject) == (dora.email, f"{urgent.reference}: urgent")
    assert selectors.find(COMPLAINT, Filters(), None).first() == urgent
    assert list(selectors.find(COMPLAINT, Filters(urgent="yes"), None)) == [urgent]


def test_without_anybody_who_decides_the_mailbox_of_all_is_told(complain, settings):
    settings.STAFF_MAILBOX = "all@example.org"
    complain(is_urgent=True)
    assert Message.objects.get(kind="case_escalated").to == "all@example.org"


def test_the_digest_names_what_is_escalated_though_it_is_not_due_yet(complain, ina, after):
    case = complain(organisation="Palm Medical Group")
    services.keep_letter(case, RECEIPT, ina, "We have it.")
    services.assign(case, ina, ina)
    after(days=17)
    escalation.run()
    assert digest.send() == 1
    mail = Message.objects.get(kind="case_digest")
    assert mail.to == ina.email and f"- {case.reference}, due Apr 1, 2026" in mail.body
    assert "0 overdue, 0 due today" in mail.body and "Palm" not in mail.body


def test_what_is_due_on_a_weekend_stands_in_the_digest_of_friday(complain, after):
    complain()  # to be acknowledged by Saturday
    after(days=4)
    assert digest.send() == 1
    assert "1 due today" in Message.objects.get(kind="case_digest").subject


@pytest.mark.parametrize(
    ("options", "span", "words"),
    [
        ({}, {"days": 1}, "Due in 3 business days"),
        ({}, {"days": 4}, "Due before the next business day"),
        ({}, {"days": 7}, "Overdue by 2 days"),
        ({"is_urgent": True}, {"days": 1}, "Due in 2 business days, 12:00 PM"),
        ({"is_urgent": True}, {"days": 2, "hours": 20}, "Due today, 12:00 PM"),
        ({"is_urgent": True}, {"days": 3, "hours": 1}, "Overdue since 12:00 PM"),
    ],
)
def test_the_desk_says_when_the_next_clock_ends(client, complain, ina, after, options, span, words):
    complain(**options)
    after(**span)
    client.force_login(ina)
    shown = client.get("/admin/cases/complaint/").text
    assert words in shown
    assert ("Urgent</span>" in shown) == bool(options)


def test_the_page_of_a_case_says_how_each_clock_stands_and_changes_them(client, complain, ina, dora, after):
    case = complain(track="special")
    address = reverse("case", args=["complaint", case.reference])
    client.force_login(ina)
    shown = client.get(address).text
    assert "by Sat, Mar 7, 2026, 11:59 PM" in shown and "Take more time" not in shown
    assert f'{address}letters/inquiry_receipt/">Acknowledge: write the letter' in shown
    assert "The case then stands at “Acknowledged”." in client.get(f"{address}letters/inquiry_receipt/").text
    assert client.post(address, {"action": "extend:decide", "text": "x"}).status_code == 409
    assert client.post(address, {"action": "urgent", "text": "Severe pain"}).status_code == 302
    shown = client.get(address).text
    assert "by Thu, Mar 5, 2026, 12:00 PM" in shown and "Severe pain" in shown and "The case is not urgent" in shown
    assert client.post(address, {"action": "not-urgent", "text": "A bill"}).status_code == 302
    client.force_login(dora)
    assert "14 calendar days more, once" in client.get(address).text
    assert client.post(address, {"action": "extend:decide", "text": "Records"}).status_code == 302
    assert "Extended" in client.get(address).text


def test_what_is_left_of_a_case_says_whether_it_was_in_time(complain, ina, after):
    case = services.move(complain(), STEPS["take"], ina)
    after(days=10)
    services.keep_letter(case, DECISION, ina, "We decided.")
    after(days=10 + 5 * 366)
    assert services.purge_due() == 1
    assert Tombstone.objects.get().in_time == {"acknowledge": False, "decide": True}


def test_what_is_left_of_a_case_counts_under_what_was_chosen_and_never_under_what_was_written(complain, ina, after):
    for language, members in (("es", 2), ("es", 700), ("ar", 1)):
        case = services.move(complain(language=language, members=members), STEPS["take"], ina)
        services.keep_letter(case, DECISION, ina, f"We decided on {members}.")
    found = []
    for days in (1, 1 + 5 * 366):
        after(days=days)
        services.purge_due()
        by_language, by_size, _by_urgency = (
            [(line.label, line.received, line.closed, line.in_time) for line in lines]
            for _facet, lines in figures.of(COMPLAINT, figures.Period(2026)).by_facet
        )
        found.append((by_language, by_size))
    assert found[0] == found[1] and not Case.objects.exists()
    assert by_language == [("Spanish", 2, 2, [2, 2]), ("Arabic", 1, 1, [1, 1])]
    assert [line[0] for line in by_size] == ["Small", "Large", figures.NOT_KEPT]
    assert "700" not in str(list(Tombstone.objects.values("facets")))


def test_kinds_whose_clocks_have_no_limit_fail_the_check(settings):
    rules = settings.CASE_RULES["complaint"]
    settings.CASE_RULES = settings.CASE_RULES | {"complaint": rules | {"clocks": rules["clocks"][:1]}}
    (error,) = registry.check_rules()
    assert "complaint" in error.msg


def test_what_its_sender_takes_back_is_counted_as_withdrawn_in_every_kind():
    ends = [
        kind.workflow.stages[step.target]
        for kind in registry.kinds()
        for step in kind.workflow.transitions.values()
        if step.role == SENDER
    ]
    ends = [stage for stage in ends if not stage.is_open]
    assert len(ends) >= 4 and all(stage.withdrawn for stage in ends), ends
