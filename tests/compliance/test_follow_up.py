"""Coming back with a receipt, as whoever does it would notice; and that a wrong receipt tells nothing, not even by its time."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connections, transaction
from django.test import Client

from compliance import attachments, filings, sealing, thread
from compliance.follow_up import views
from compliance.models import Filing, FilingFile, Report, SealedFile
from tests.compliance.reporters import OWN, RECEIPT_ADDRESS, Reporter, add_officers, hidden
from tests.harness import timing
from tests.intake import sample_codes, sample_files

UNKNOWN = "No report belongs to this receipt."


@pytest.fixture
def officers(db):
    return add_officers("Olga")


@pytest.fixture
def reporter(client, officers, monkeypatch):
    return Reporter(client, monkeypatch)


@pytest.fixture
def receipt(reporter):
    """Of a report that was sent and left; the days of both sides lie back."""
    receipt = reporter.file()
    reporter.leave(receipt)
    Report.objects.update(reporter_wrote_on="2026-01-05")
    return receipt


def text_of(answer) -> str:
    return answer.content.decode()


def opened(officers):
    recipient, pair = officers["Olga"]
    key = thread.key_for(Report.objects.get(), thread.THREAD, pair.private, recipient)
    return key, thread.read(Report.objects.get(), thread.THREAD, key)


def ask(officers, text: str, files=()) -> None:
    """What an officer does at the desk."""
    key, _entries = opened(officers)
    with transaction.atomic():
        thread.write(Report.objects.get(), "message", thread.THREAD, key, {"text": text}, officers["Olga"][0].officer, files)


def test_the_receipt_opens_the_report_and_what_officers_asked(reporter, receipt, officers):
    ask(officers, "Which weeks was it?", [thread.File({"name": "list.csv", "size": 3, "sha256": "0" * 64}, b"a,b")])
    assert "Which weeks" not in text_of(reporter.get(RECEIPT_ADDRESS))
    shown = reporter.come_back(receipt.lower().replace("-", " "))
    for words in ("Which weeks was it?", "They bill for visits that nobody made.", "Received", "list.csv"):
        assert words in text_of(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    number = SealedFile.objects.get().pk
    answer = reporter.client.post(RECEIPT_ADDRESS, {"download": number}, **OWN)
    assert answer.content == b"a,b" and answer.headers["Content-Disposition"] == 'attachment; filename="list.csv"'


def test_what_officers_write_among_themselves_stays_there(reporter, receipt, officers):
    recipient, pair = officers["Olga"]
    report = Report.objects.get()
    with transaction.atomic():
        key = thread.key_for(report, thread.INTERNAL, pair.private, recipient)
        thread.write(report, "note", thread.INTERNAL, key, {"text": "Ask the bank"}, recipient.officer)
    assert "Ask the bank" not in text_of(reporter.come_back(receipt))


def test_an_answer_arrives_with_its_files_and_the_day_alone(reporter, receipt, officers):
    reporter.come_back(receipt)
    shown = reporter.answer("In May.", files=SimpleUploadedFile("plan.pdf", sample_files.PDF))
    assert "Your message is encrypted and sent." in text_of(shown) and "plan.pdf" in text_of(shown)
    key, entries = opened(officers)
    assert entries[-1].values == {"text": "In May."} and entries[-1].entry.author is None
    ((row, _facts),) = entries[-1].files
    assert thread.read_file(row, key).content.startswith(b"%PDF")
    assert str(Report.objects.get().reporter_wrote_on) > "2026-01-05"


def test_two_clicks_are_one_message(reporter, receipt, officers):
    reporter.come_back(receipt)
    turn = reporter.turn()
    for _click in range(2):
        reporter.post({"turn": turn, "text": "In May."}, RECEIPT_ADDRESS)
    assert len(opened(officers)[1]) == 2


def test_a_message_that_names_its_writer_is_shown_before_it_goes(reporter, receipt, officers):
    reporter.come_back(receipt)
    shown = text_of(reporter.answer("Call 213-555-0100"))
    assert "This may tell who you are" in shown and len(opened(officers)[1]) == 1
    shown = text_of(reporter.post({"turn": reporter.turn(), "step": "review", "change": "1"}, RECEIPT_ADDRESS))
    assert "Call 213-555-0100</textarea>" in shown
    reporter.answer("Call 213-555-0100")
    reporter.post({"turn": reporter.turn(), "step": "review", "send": "1"}, RECEIPT_ADDRESS)
    assert opened(officers)[1][-1].values == {"text": "Call 213-555-0100"}


def test_where_a_promised_copy_fails_the_message_waits(reporter, receipt, officers, monkeypatch):
    reporter.come_back(receipt)
    with monkeypatch.context() as patched:
        made = attachments.metadata.without_traces
        patched.setattr(
            attachments.metadata, "without_traces", lambda *args: made(*args) if not FilingFile.objects.exists() else None
        )
        shown = text_of(reporter.answer("In May.", files=SimpleUploadedFile("plan.csv", b"a,b")))
    assert "This has not been sent yet" in shown and "We cannot make a clean copy of this file" in shown
    assert len(opened(officers)[1]) == 1
    reporter.post({"turn": reporter.turn(), "step": "review", "send": "1"}, RECEIPT_ADDRESS)
    assert opened(officers)[1][-1].values == {"text": "In May."}
    assert "This has not been sent yet" not in text_of(reporter.answer("Call 213-555-0100"))


def test_two_clicks_do_not_skip_what_is_shown_before_it_goes(reporter, receipt, officers):
    reporter.come_back(receipt)
    typed = {"turn": reporter.turn(), "text": "Call 213-555-0100"}
    for text in ("Call 213-555-0100", "Call 213-555-0100", "Call 213-555-0199"):
        shown = text_of(reporter.post(typed | {"text": text}, RECEIPT_ADDRESS))
        assert "This may tell who you are" in shown and text in shown and len(opened(officers)[1]) == 1


def test_an_empty_message_or_a_bad_file_is_not_sent_and_said_to_be_so(reporter, receipt, officers):
    reporter.come_back(receipt)
    assert "Write something, or add a file." in text_of(reporter.answer(" "))
    shown = text_of(reporter.answer("In May.", files=SimpleUploadedFile("a.exe", b"MZ")))
    assert "We cannot take a file of this type" in shown and "In May.</textarea>" in shown
    assert len(opened(officers)[1]) == 1


def test_another_language_or_size_keeps_the_message_and_the_receipt_being_typed(reporter, receipt):
    assert f'value="{receipt}"' in text_of(reporter.post({"receipt": receipt, "text_size": "150"}, RECEIPT_ADDRESS))
    reporter.come_back(receipt)
    values = {"turn": reporter.turn(), "text": "In May.", "to_language": "es"}
    assert reporter.client.post(RECEIPT_ADDRESS, values, **OWN).status_code == 307
    assert "In May.</textarea>" in text_of(Reporter(reporter.client, language="es").post(values, RECEIPT_ADDRESS))


def test_leaving_and_half_an_hour_end_it(reporter, receipt, monkeypatch):
    reporter.come_back(receipt)
    left = reporter.post({"leave": "1"}, RECEIPT_ADDRESS)
    assert "They bill" not in text_of(left) and not Filing.objects.exists()
    reporter.come_back(receipt)
    now = filings.time.time()
    monkeypatch.setattr(filings.time, "time", lambda: now + 46 * 60)
    assert "They bill" not in text_of(reporter.get(RECEIPT_ADDRESS))


def later(monkeypatch, minutes: int = 46) -> None:
    now = filings.time.time()
    monkeypatch.setattr(filings.time, "time", lambda: now + minutes * 60)


def test_a_message_that_took_longer_than_half_an_hour_waits_for_the_receipt(reporter, receipt, officers, monkeypatch):
    reporter.come_back(receipt)
    turn = reporter.turn()
    later(monkeypatch)
    shown = text_of(reporter.post({"turn": turn, "text": "A long answer"}, RECEIPT_ADDRESS))
    assert "Your text is still here" in shown and UNKNOWN not in shown and "A long answer" not in shown
    assert UNKNOWN in text_of(reporter.come_back("x"))
    shown = text_of(reporter.come_back(receipt))
    assert "A long answer</textarea>" in shown and len(opened(officers)[1]) == 1
    reporter.answer("A long answer")
    assert opened(officers)[1][-1].values == {"text": "A long answer"}


@pytest.mark.parametrize("is_busy", [False, True])
def test_a_message_that_waited_for_review_longer_than_half_an_hour_is_still_there(reporter, receipt, monkeypatch, is_busy):
    reporter.come_back(receipt)
    shown = reporter.answer('Call "Ana"\r\n213-555-0100')
    if is_busy:
        monkeypatch.setattr("compliance.follow_up.views.MOST", 0)
        shown = reporter.client.post(RECEIPT_ADDRESS, hidden(shown) | {"send": "1"}, **OWN)
        assert shown.status_code == 429
        monkeypatch.setattr("compliance.follow_up.views.MOST", 1000)
    later(monkeypatch)
    assert "Your text is still here" in text_of(reporter.post(hidden(shown), RECEIPT_ADDRESS))
    assert "Call &quot;Ana&quot;\r\n213-555-0100</textarea>" in text_of(reporter.come_back(receipt))


@pytest.mark.parametrize("asked", [{"text_size": "150"}, {"to_language": "en"}, {"close_notice": "1.1"}])
def test_a_busy_site_asked_for_another_size_or_language_sends_when_told_to(reporter, receipt, officers, monkeypatch, asked):
    reporter.come_back(receipt)
    typed = {"turn": reporter.turn(), "text": "In May."}
    monkeypatch.setattr("compliance.follow_up.views.MOST", 0)
    shown = reporter.client.post(RECEIPT_ADDRESS, typed | asked, **OWN)
    assert shown.status_code == 429
    monkeypatch.setattr("compliance.follow_up.views.MOST", 1000)
    assert "Your message is encrypted and sent." in text_of(reporter.post(hidden(shown), RECEIPT_ADDRESS))


def test_leaving_late_is_leaving(reporter, receipt, monkeypatch):
    reporter.come_back(receipt)
    later(monkeypatch)
    assert "What you had typed was deleted" in text_of(reporter.get(RECEIPT_ADDRESS))
    reporter.come_back(receipt)
    later(monkeypatch)
    left = text_of(reporter.post({"leave": "1", "turn": "x", "text": "x"}, RECEIPT_ADDRESS))
    assert UNKNOWN not in left and "still here" not in left


def test_neither_cookie_nor_row_holds_the_receipt_or_the_thread(reporter, receipt):
    reporter.come_back(receipt)
    cookie = reporter.client.cookies["receipt-en"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (RECEIPT_ADDRESS, "Strict", True)
    assert not cookie["max-age"] and not cookie["expires"] and receipt not in cookie.value
    assert b"They bill" not in bytes(Filing.objects.get().sealed)


def test_a_report_that_is_deleted_while_its_thread_is_open_is_that_of_an_unknown_receipt(reporter, receipt, officers):
    other = Reporter(Client()).file(what="Another matter")
    reporter.come_back(receipt)
    turn = reporter.turn()
    Report.objects.filter(reporter_wrote_on="2026-01-05").delete()
    assert UNKNOWN in text_of(reporter.get(RECEIPT_ADDRESS))
    assert UNKNOWN in text_of(reporter.post({"turn": turn, "text": "A long answer"}, RECEIPT_ADDRESS))
    assert UNKNOWN in text_of(reporter.come_back(receipt))
    assert reporter.client.post(RECEIPT_ADDRESS, {"download": "1"}, **OWN).status_code == 404
    shown = text_of(reporter.come_back(other))
    assert "Another matter" in shown and "A long answer</textarea>" in shown, "what was written is lost"


def test_a_receipt_that_is_entered_beside_a_thread_whose_report_is_gone_counts(reporter, receipt, officers):
    other = Reporter(Client()).file(what="Another matter")
    reporter.come_back(receipt)
    Report.objects.filter(reporter_wrote_on="2026-01-05").delete()
    assert "Another matter" in text_of(reporter.come_back(other))


@pytest.mark.django_db(transaction=True)
def test_while_a_thread_is_shown_its_report_is_not_deleted(reporter, receipt, officers, monkeypatch):
    """Else it would be gone between two questions to the database."""
    reporter.come_back(receipt)
    real, locked = views.key_of, []

    def take_it() -> None:
        try:
            with transaction.atomic():
                Report.objects.select_for_update(nowait=True).get()
        except OperationalError:
            locked.append(True)
        finally:
            connections.close_all()

    def key_of(*args):
        other = threading.Thread(target=take_it)
        other.start()
        other.join()
        return real(*args)

    monkeypatch.setattr(views, "key_of", key_of)
    assert "They bill" in text_of(reporter.get(RECEIPT_ADDRESS)) and locked
    assert reporter.client.post(RECEIPT_ADDRESS, {"download": "1"}, **OWN).status_code == 404 and len(locked) == 2


@pytest.mark.parametrize("values", [{"turn": "x", "text": "x"}, {"download": "²"}, {"remove": "9" * 30}, {"receipt": "\0"}, {}])
def test_bad_input_changes_nothing(reporter, receipt, officers, values):
    reporter.come_back(receipt)
    answer = reporter.client.post(RECEIPT_ADDRESS, values, **OWN)
    assert answer.status_code in (302, 404)
    assert len(opened(officers)[1]) == 1
    reporter.client.cookies.clear()
    assert reporter.client.post(RECEIPT_ADDRESS, values, **OWN).status_code == 302


def test_a_wrong_and_an_unknown_receipt_get_the_same_answer_in_the_same_time(reporter, receipt, settings):
    """Wrong: no receipt at all by its check signs. Unknown: a right one of no report. The hash takes some of a try's time, as it shall."""
    settings.COMPLIANCE_SLOWNESS = settings.COMPLIANCE_SLOWNESS | {"receipt": (1, 8 * 1024**2)}

    def try_it(typed: str):
        reporter.client.cookies.clear()
        return reporter.client.post(RECEIPT_ADDRESS, {"receipt": typed}, **OWN)

    def wrong():
        return try_it(sample_codes.new()[:-1] + "*")

    def unknown():
        return try_it(sample_codes.new())

    def shown(answer):
        headers = {name: value for name, value in answer.headers.items() if name != "Expires"}  # the second of the answer
        return answer.status_code, headers, answer.content, text_of(reporter.get(RECEIPT_ADDRESS))

    answers = [shown(answer()) for answer in (wrong, unknown)]
    assert answers[0] == answers[1] and UNKNOWN in answers[0][3]
    assert timing.likeness(wrong, unknown, 300) > timing.UNLIKELY


def test_each_try_costs_one_slow_hash(reporter, receipt, monkeypatch):
    hashed, slow = [], sealing.receipt_keys
    monkeypatch.setattr(sealing, "receipt_keys", lambda typed: hashed.append(typed) or slow(typed))
    for typed in (receipt, sample_codes.new(), receipt[:-1], "", "x" * 1000):
        reporter.client.cookies.clear()
        before = len(hashed)
        reporter.come_back(typed)
        assert len(hashed) == before + 1
