"""The life of a grievance from its sending until nothing is left of it: each way through the pages of its desk, by a clock that is moved,
with every mail that is sent on the way."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from lacare_site.casework.models import Case, Tombstone
from lacare_site.casework.registry import TO_FILL_IN
from lacare_site.outbox.models import Message
from lacare_site.worker import housekeeping
from members.grievance.desk import DECIDED
from tests.intake import sample_files
from tests.members.grievances import BASE, BY_EMAIL, FOR_ANOTHER, MARK, sent
from tests.members.test_grievance_desk import DESK, address, browser, greta, private_files, sven, table  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC)
ANA, GRETA, SVEN, ALL = "ana@example.org", "greta@example.org", "sven@example.org", "grievances@example.org"
OTHER_SITE_TABLES = ("pages_", "wagtail")  # pages and their search, of which no case is a part


@pytest.fixture
def at(monkeypatch, settings):
    """Moves the clock: `at(days=3)` is three days after a Monday's noon, when each grievance here is sent."""
    settings.GRIEVANCE_MAILBOX = ALL

    def move(moment: datetime = MONDAY, **span):
        now = moment + timedelta(**span)
        monkeypatch.setattr(timezone, "now", lambda: now)

    move()
    return move


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Two rounds of the worker; gives to whom they sent mails, in the alphabet's order, without the digests of a morning."""

    def rounds() -> list[str]:
        before = len(mail.outbox)
        for _round in range(2):  # what the first one warns of, the second one sends
            Message.objects.filter(sent_at=None).update(next_attempt_at=timezone.now())  # which the real clock has set
            with django_capture_on_commit_callbacks(execute=True):
                housekeeping.once()
        assert len({each.extra_headers["Message-ID"] for each in mail.outbox}) == len(mail.outbox), "nothing is sent twice"
        assert not any(MARK in each.subject + each.body or "knee" in each.body for each in mail.outbox)
        return sorted(each.to[0] for each in mail.outbox[before:] if "due today" not in each.subject)

    return rounds


def do(by, case: Case, action: str, text: str = "because", *, status: int = 302, **posted) -> Case:
    """A form of the case's page."""
    answer = browser(by).post(address(case), {"action": action, "text": text} | posted)
    assert answer.status_code == status, answer.text
    return Case.objects.get(pk=case.pk)


def write(by, case: Case, letter: str, words: str = "as we found out", *, status: int = 302) -> Case:
    """A letter, from its template, with these words where something is to be filled in."""
    place = address(case, f"letters/grievance_{letter}/")
    text = browser(by).get(place).context["text"].replace(TO_FILL_IN, words)
    answer = browser(by).post(place, {"text": text})
    assert answer.status_code == status, answer.text
    return Case.objects.get(pk=case.pk)


def in_time(case: Case) -> dict[str, bool | None]:
    return {row.key: row.is_in_time for row in case.clocks.all()}


def withdraw(who, case: Case) -> Case:
    """What the sender does on the page of the status."""
    who.post(f"{BASE}/status", {"withdraw": "1", "confirm": "1"})
    return Case.objects.get(pk=case.pk)


def figures(by) -> list[list[list[str]]]:
    """The regulator's spreadsheet of the year, by month, kind, plan, language and urgency."""
    return [
        table(browser(by).get(f"{DESK}statistics/export/?year={MONDAY.year}"), f"sheet{number}")[number == 1 :]
        for number in range(1, 6)
    ]


def files_in(folder) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def tables_with(*words: str) -> set[str]:
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names() if not name.startswith(OTHER_SITE_TABLES)]
        found = set()
        for name in names:
            for word in words:
                cursor.execute(f'SELECT count(*) FROM "{name}" AS each WHERE each::text LIKE %s', [f"%{word}%"])  # noqa: S608
                if cursor.fetchone()[0]:
                    found.add(name)
        return found


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        pytest.param(kind, outcome, marks=[] if (kind, outcome) == ("appeal", "partly") else pytest.mark.audit)
        for kind in ("grievance", "appeal")
        for outcome in DECIDED
    ],
)
def test_from_receipt_to_decision_reopening_hold_and_purge(at, told, greta, sven, settings, kind, outcome):  # noqa: F811
    ana, case = sent(kind=kind, **BY_EMAIL, **FOR_ANOTHER["representative"])
    assert told() == [ANA, ALL]
    at(days=3, hours=7)
    assert told() == []
    at(days=3, hours=8)
    assert told() == [SVEN], "six tenths of the five days"
    do(greta, case, "assign", to=greta.pk)
    case = write(greta, case, "acknowledgement")
    assert (case.stage, told()) == ("acknowledged", [ANA])
    case = do(greta, do(greta, case, "move:take-up"), "move:ask", f"Which knee, {MARK}?")
    assert (case.stage, told()) == ("waiting", [ANA])
    at(days=9)
    assert f"Which knee, {MARK}?" in ana.get(f"{BASE}/status").text
    asked = case.deficiencies.get()
    upload = SimpleUploadedFile("x-ray.pdf", sample_files.PDF)
    answered = ana.post(f"{BASE}/status/answer/{asked.pk}", {"answer": f"The left {MARK}", "version": "0", "file": upload})
    assert answered.status_code == 302
    ana.post(f"{BASE}/status", {"send_answers": "1"})
    assert told() == [GRETA]
    at(days=10)
    assert write(greta, case, outcome).stage == outcome and told() == [ANA]
    assert "as we found out" in ana.get(f"{BASE}/status").text
    at(days=12)
    do(greta, case, "move:reopen", status=409)
    case = do(sven, case, "move:reopen")
    assert (case.stage, case.retention_until, told()) == ("in-work", None, [ANA])
    for span, readers in (
        ({"days": 21, "hours": 7}, []),
        ({"days": 21, "hours": 8}, [SVEN]),
        ({"days": 27, "hours": 9}, []),
        ({"days": 27, "hours": 10}, [SVEN]),
    ):
        at(**span)
        assert told() == readers, span
    at(days=29)
    case = write(greta, case, outcome)
    assert (told(), in_time(case)) == ([ANA], {"acknowledge": True, "decide": True})
    at(days=40)
    assert told() == []
    do(greta, case, "hold", status=409)
    do(sven, case, "hold", f"A suit over the {MARK}")
    before, folder = figures(sven), settings.PRIVATE_ROOT
    assert files_in(folder) == 2 and before[1][1][0] == kind.capitalize() and before[2][1][1:3] == ["1", "1"]
    at(datetime(2031, 4, 1, 12, tzinfo=UTC))
    assert case.retention_until.isoformat() == "2031-03-31"
    assert told() == [] and Case.objects.filter(pk=case.pk).exists() and files_in(folder) == 2
    do(sven, case, "release", "The suit has ended")
    assert told() == [] and files_in(folder) == 0
    stone = Tombstone.objects.get(reference=case.reference)
    assert (stone.outcome, stone.in_time) == (outcome, {"acknowledge": True, "decide": True})
    assert stone.facets == {"kind_of": kind, "plan": "medi-cal", "language": "es", "urgency": "not-urgent"}
    assert tables_with(case.reference, ANA, MARK) == {"casework_tombstone", "casework_auditentry"}
    assert figures(sven) == before, "what is gone is counted as it was"
    assert ana.get(f"{BASE}/status").context["form"], "it asks for number and code again"


def test_an_urgent_one_is_stated_to_the_department_and_decided_within_its_hours(at, told, greta, sven):  # noqa: F811
    ana, case = sent(is_urgent="yes", answer_language="en", **BY_EMAIL)
    assert told() == [ANA, ALL, SVEN]
    for hours, readers in ((35, []), (37, [SVEN]), (53, []), (55, [SVEN])):
        at(hours=hours)
        assert told() == readers, hours
    shown = browser(greta).get(address(case)).text
    assert "HSC 1368.01(b), 28 CCR 1300.68.01 (to be confirmed)" in shown
    statement = browser(greta).get(address(case, "letters/grievance_statement/")).context["text"]
    for words in ("Department of Managed Health Care", case.reference, f"Ana {MARK}", "We have not decided yet", "March 5, 2026"):
        assert words in statement, words
    write(greta, case, "statement", TO_FILL_IN, status=409)
    case = write(greta, case, "statement", "We have asked the surgeon.")
    assert told() == [ANA] and "We have asked the surgeon." in ana.get(f"{BASE}/status").text, "the same to the member"
    assert in_time(case) == {"statement": True, "decide": None}
    at(hours=60)
    case = write(greta, do(greta, case, "move:take-up"), "overturned")
    assert (told(), in_time(case)) == ([ANA], {"statement": True, "decide": True})
    at(days=9)
    assert told() == []


def test_the_end_of_an_urgent_one_does_not_end_what_the_department_is_owed(at, told, greta, sven, settings):  # noqa: F811
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    _ana, case = sent(is_urgent="yes")
    at(hours=9)
    case = write(greta, do(greta, case, "move:take-up"), "upheld")
    assert in_time(case) == {"statement": None, "decide": True}
    told()
    at(hours=55)
    assert told() == [SVEN]
    at(hours=74)
    told()
    assert case.reference in Message.objects.filter(kind="case_digest").latest("pk").body
    for due in ("escalated", "overdue"):
        assert case.reference in browser(greta).get(f"{DESK}?due={due}").text, "it is closed, and owes the statement"
    assert case.reference not in browser(greta).get(DESK).text
    assert "Not decided for the member." in browser(greta).get(address(case, "letters/grievance_statement/")).context["text"]
    assert in_time(write(greta, case, "statement")) == {"statement": False, "decide": True}
    letters = case.events.filter(kind="letter").order_by("pk")
    assert list(letters.values_list("language", flat=True)) == ["es", "en"], "the Department reads English"
    assert browser(greta).get(address(case, "letters/grievance_statement/")).status_code == 404
    at(days=9)
    assert told() == []


def test_a_statement_ends_no_sentence_with_two_full_stops(at, greta):  # noqa: F811
    at(hours=4)
    _ana, case = sent(is_urgent="yes")
    text = browser(greta).get(address(case, "letters/grievance_statement/")).context["text"]
    assert text.count("4:00 p.m.\n") == 3 and ".." not in text


def test_what_is_not_urgent_any_more_or_medicares_owes_the_department_nothing(at, told, greta, sven):  # noqa: F811
    _ana, case = sent(is_urgent="yes")
    _eva, other = sent(is_urgent="yes")
    _ida, medicare = sent(is_urgent="yes", plan="medicare-plus")
    at(hours=5)
    case = do(greta, case, "not-urgent", "A bill")
    assert in_time(case).keys() == {"acknowledge", "decide"}
    assert timezone.localdate(case.clocks.get(key="decide").due_at).isoformat() == "2026-04-01"
    do(greta, other, "classify", plan="medicare-plus", kind_of="appeal")
    for each in (other, medicare):
        assert in_time(each).keys() == {"decide"}
        assert browser(greta).get(address(each, "letters/grievance_statement/")).status_code == 404
    told()
    at(hours=55)
    assert told() == [SVEN, SVEN], "of half the time of the two that are urgent"


def test_a_member_takes_it_back_and_it_is_opened_and_taken_back_by_a_call(at, told, greta, sven, settings):  # noqa: F811
    ana, case = sent(**BY_EMAIL)
    told()
    at(days=1)
    case = withdraw(ana, case)
    assert (case.stage, told()) == ("withdrawn", [ALL])
    assert in_time(case) == {"acknowledge": "void", "decide": "void"}, "nobody has acknowledged nor decided it"
    assert "Acknowledgement in time</dt><dd>none yet" in browser(greta).get(f"{DESK}statistics/?year={MONDAY.year}").text
    at(days=6)
    assert told() == [], "nothing runs against it"
    case = do(sven, case, "move:reopen")
    assert (case.stage, told()) == ("in-work", [ANA, SVEN]), "it was not acknowledged in time"
    at(days=7)
    do(greta, case, "move:note-withdrawal", " ", status=409)
    case = do(greta, case, "move:note-withdrawal", f"{MARK} called")
    assert (case.stage, told()) == ("withdrawn", [ANA])
    assert "You took this back" in ana.get(f"{BASE}/status").text and MARK not in ana.get(f"{BASE}/status").text
    for day, is_there in ((9, True), (10, False)):
        at(datetime(2031, 3, day, 20, tzinfo=UTC))
        assert told() == [] and Case.objects.filter(pk=case.pk).exists() == is_there
    assert Tombstone.objects.get(reference=case.reference).outcome == "withdrawn"
