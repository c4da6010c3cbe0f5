"""Filing a report, as whoever does it would notice: what is asked, what is shown before sending, what is kept, and what is not."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from compliance import filings, thread
from compliance.casework import keyring, sharing
from compliance.models import Filing, FilingFile, RecipientKey, Recusal, Report, SealedFile, SealedKey
from lacare_site.intake import holder, tokens
from tests.compliance.officers import PASSPHRASE, officer, unlocked
from tests.compliance.reporters import ADDRESS, ANSWERS, OWN, RECEIPT, Reporter, add_officers, hidden
from tests.compliance.traced_files import MARK, with_part
from tests.intake import sample_codes, sample_files


@pytest.fixture
def officers(db):
    return add_officers("Olga", "Omar")


@pytest.fixture
def reporter(client, officers, monkeypatch):
    return Reporter(client, monkeypatch)


def text_of(answer) -> str:
    return answer.content.decode()


def opened(officers, name: str = "Olga"):
    """The entries of the one report, as that officer reads them."""
    recipient, pair = officers[name]
    report = Report.objects.get()
    key = thread.key_for(report, thread.THREAD, pair.private, recipient)
    return report, key, thread.read(report, thread.THREAD, key)


def named(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_look_leaves_nothing(reporter):
    answer = reporter.get()
    assert answer.status_code == 200 and not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Filing.objects.exists()


def test_a_report_arrives_whole_and_is_found_by_its_receipt_alone(reporter, officers):
    review = text_of(reporter.write())
    for value in ("They bill for visits that nobody made.", "The front office", "Fraud, waste or abuse", "An employee"):
        assert value in review
    receipt = RECEIPT.search(text_of(reporter.send()))[0]
    report, _key, (entry,) = opened(officers)
    assert entry.values == {name: ANSWERS[name] for name in ANSWERS if name not in ("category", "is_named")} | {"named": None}
    assert (report.category, report.language, report.is_named) == ("fraud", "en", False)
    assert report.due_on and report.reference not in text_of(reporter.get())
    assert RECEIPT.search(text_of(reporter.get()))[0] == receipt  # until it is kept


def test_the_cookie_is_the_forms_own_and_ends_with_the_browser(reporter):
    reporter.write()
    cookie = reporter.client.cookies["report-en"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (ADDRESS, "Strict", True)
    assert not cookie["max-age"] and not cookie["expires"]
    assert len(reporter.client.cookies) == 1


def test_what_is_in_progress_is_nowhere_in_the_clear(reporter):
    reporter.write(files=named("plan.pdf", sample_files.PDF))
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text, g::text FROM compliance_filing f JOIN compliance_filingfile g ON g.filing_id = f.id")
        ((filing, file),) = cursor.fetchall()
    for value in ("They bill", "plan", sample_files.PDF.decode()):
        assert value.encode().hex() not in filing + file
    secret = reporter.client.cookies["report-en"].value
    assert secret not in filing + file


def test_leaving_asks_for_the_receipt_and_then_nothing_is_left(reporter):
    receipt = reporter.file()
    wrong = text_of(reporter.post({"step": "sent", "last_group": "0000"}))
    assert "This is not the last group of your receipt." in wrong and receipt in wrong
    assert receipt in text_of(reporter.get())
    left = text_of(reporter.leave(receipt.lower()))
    assert receipt not in left and 'name="what"' in left
    assert not Filing.objects.exists() and not reporter.client.cookies["report-en"].value


def test_the_receipt_can_be_saved_under_a_name_that_says_nothing(reporter):
    receipt = reporter.file()
    answer = reporter.client.post(ADDRESS, {"step": "sent", "download": "1"}, **OWN)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="receipt.html"'
    assert receipt in text_of(answer) and receipt in text_of(reporter.get())


def test_sent_twice_it_is_one_report_with_one_receipt(reporter):
    receipt = reporter.file()
    assert RECEIPT.search(text_of(reporter.send()))[0] == receipt
    assert RECEIPT.search(text_of(reporter.write()))[0] == receipt  # a page of before
    assert Report.objects.count() == 1


def test_what_is_written_in_a_second_tab_is_not_lost(reporter):
    reporter.write()
    assert "Much more" in text_of(reporter.write(what="Much more, from the second tab"))
    shown = text_of(reporter.write(what=""))
    assert 'href="#id_what"' in shown and "The front office" in shown and 'name="send"' not in shown


def test_killed_after_the_commit_the_same_filing_gives_the_same_receipt(reporter):
    """The row is put back to what it was, as if its change, and the answer, had been lost."""
    reporter.write()
    before = Filing.objects.get()
    receipt = RECEIPT.search(text_of(reporter.send()))[0]
    before.save()
    assert RECEIPT.search(text_of(reporter.send()))[0] == receipt
    assert Report.objects.count() == 1


def test_what_is_missing_is_named_and_nothing_typed_is_lost(reporter):
    answer = text_of(reporter.write(ANSWERS | {"what": "", "is_named": "yes", "name": "Ana"}))
    assert 'class="faults"' in answer and 'href="#id_what"' in answer and 'href="#id_contact"' in answer
    assert "The front office" in answer and 'value="Ana"' in answer
    assert "stay anonymous. Empty this field" in text_of(reporter.write(name="Ana"))


def test_another_language_or_size_keeps_what_was_typed_and_its_files(reporter):
    answer = reporter.client.post(
        ADDRESS, ANSWERS | {"to_language": "es", "files": named("plan.pdf", sample_files.PDF)}, follow=False, **OWN
    )
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/es{ADDRESS}")
    spanish = Reporter(reporter.client, language="es")
    shown = text_of(spanish.post(ANSWERS | {"to_language": "es", "files": named("plan.pdf", sample_files.PDF)}))
    assert "The front office" in shown and "plan.pdf" in shown and "faults" not in shown
    assert spanish.client.cookies["report-es"]["path"] == f"/es{ADDRESS}"
    shown = text_of(spanish.post(ANSWERS | {"text_size": "150"}))
    assert 'class="text-150"' in shown and "plan.pdf" in shown
    # Back again: the cookie goes along, and none is left behind.
    answer = spanish.client.post(f"/es{ADDRESS}", {"step": "write", "to_language": "en"} | ANSWERS, **OWN)
    assert answer.status_code == 307 and not answer.cookies["report-es"].value
    assert answer.cookies["report-en"]["path"] == ADDRESS
    assert "plan.pdf" in text_of(reporter.post(ANSWERS | {"to_language": "en"}))


def test_choosing_a_size_in_an_empty_form_begins_nothing(reporter):
    shown = reporter.post({"step": "write", "is_named": "no", "what": "", "text_size": "150"})
    assert 'class="text-150"' in text_of(shown)
    assert not Filing.objects.exists() and "report-en" not in reporter.client.cookies


def test_programs_are_turned_away(reporter):
    for sent in ({"form_token": "x"}, {"website": "spam"}):
        assert "press “Review and send” again" in text_of(reporter.write(**sent))
        reporter.client.cookies.clear()
    assert not Report.objects.exists()


def test_an_officer_whom_the_report_is_about_gets_no_key(reporter, officers):
    omar = officers["Omar"][0]
    review = text_of(reporter.write(officers=[omar.officer_id]))
    assert "Omar" in review and "You chose every officer" not in review
    reporter.send()
    assert not SealedKey.objects.filter(recipient=omar).exists()
    assert Recusal.objects.get().officer_id == omar.officer_id and Recusal.objects.get().by_reporter
    assert opened(officers, "Olga") and opened(officers, "")


def test_an_officer_without_a_key_can_be_chosen_too_and_gets_none_later(reporter):
    olga, nora = officer("olga2"), officer("nora", has_key=False)
    assert "Nora" in text_of(reporter.get())
    assert "Nora" in text_of(reporter.write(officers=[nora.pk]))
    reporter.send()
    keyring.enrol(nora, PASSPHRASE)
    keys = unlocked(olga)
    assert sharing.share(keys.recipient, keys.private, keyring.of(nora), olga) == 0
    assert not SealedKey.objects.filter(recipient__officer=nora).exists()


def test_with_every_officer_chosen_the_recovery_key_is_left_and_without_it_nobody_is(reporter, officers):
    both = [officers[name][0].officer_id for name in ("Olga", "Omar")]
    assert "You chose every officer" in text_of(reporter.write(officers=both))
    reporter.post({"step": "review", "change": "1"})
    RecipientKey.objects.filter(officer=None).delete()
    assert "Then nobody could open the report" in text_of(reporter.write(officers=both))


def test_while_nobody_could_open_a_report_none_is_taken(reporter):
    RecipientKey.objects.all().delete()
    shown = text_of(reporter.get())
    assert "We cannot take reports on this page" in shown and 'name="what"' not in shown


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Write to ana@example.org", "an email address"),
        ("Call 213-555-0100", "a telephone number"),
        ("اتصلوا ٢١٣٥٥٥٠١٠٠", "a telephone number"),
        ("I'm the only nurse there", "words that say who you are"),
        ("Me llamo Ana", "words that say who you are"),
        ("My SSN is 123-45-6789", "a personal number"),
    ],
)
def test_a_text_that_names_its_writer_is_pointed_out(reporter, text, warned):
    review = text_of(reporter.write(known_how=text))
    assert "This may tell who you are" in review and warned in review


def test_whoever_gives_a_name_is_not_warned_of_it(reporter, officers):
    contact = {"is_named": "yes", "name": "Ana", "contact": "ana@example.org"}
    assert "This may tell who you are" not in text_of(reporter.write(**contact))
    reporter.send()
    report, _key, (entry,) = opened(officers)
    assert report.is_named and entry.values["named"] == {"name": "Ana", "contact": "ana@example.org"}
    assert "This may tell" not in text_of(reporter.get())


def test_a_plain_text_is_not_pointed_at(reporter):
    assert "This may tell who you are" not in text_of(reporter.write())


def photograph() -> bytes:
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = "Ana Marker"
    return sample_files.picture("JPEG", exif=exif)


@pytest.mark.parametrize("keeps", [False, True])
def test_a_file_goes_without_what_it_tells_unless_wished(reporter, officers, keeps):
    original = photograph()
    assert "rename a file first if its name tells who you are" in text_of(reporter.get())
    review = text_of(reporter.write(files=[named("desk.jpg", original), named("plan.pdf", sample_files.PDF)]))
    assert "What this file says of its maker" in review and "Ana Marker" in review
    number = re.search(r'name="original" value="(\d+)"', review)[1]
    reporter.send(**({"original": number} if keeps else {}))
    _report, key, (entry,) = opened(officers)
    photo, plan = (thread.read_file(row, key) for row, _facts in entry.files)
    assert plan.content.startswith(b"%PDF") and "original" not in plan.facts
    assert (b"Ana Marker" in photo.content) is keeps
    assert (photo.content == original) is keeps and photo.facts.get("original", False) is keeps
    assert photo.facts["size"] == len(photo.content) and photo.facts["name"] == "desk.jpg"
    assert not FilingFile.objects.exists()


def test_what_a_copy_cannot_leave_out_is_told_beside_what_it_does(reporter):
    review = text_of(reporter.write(files=named("talk.docx", with_part("word/media/media1.mp4", "film"))))
    gone, _, stays = review.partition("We send a copy without this")
    assert f"{MARK}creator" in gone and "media1.mp4" not in gone
    assert "media1.mp4" in stays and "We cannot make a copy without this" in stays


def test_where_a_promised_copy_fails_nothing_is_sent_before_the_reporter_has_seen_it(reporter, officers, monkeypatch):
    assert "We send a copy without this" in text_of(reporter.write(files=named("desk.jpg", photograph())))
    with monkeypatch.context() as patched:
        patched.setattr("compliance.metadata.without_traces", lambda *_args: None)
        review = text_of(reporter.send())
    assert not Report.objects.exists() and "This has not been sent yet" in review
    assert "We send a copy without this" not in review and "We cannot make a copy without this" in review
    reporter.send()
    _report, key, (entry,) = opened(officers)
    assert thread.read_file(entry.files[0][0], key).facts["original"] is True


def test_a_file_that_cannot_be_cleaned_is_told_of_though_nothing_in_it_tells(reporter, monkeypatch):
    monkeypatch.setattr("compliance.metadata.without_traces", lambda *_args: None)
    monkeypatch.setattr("compliance.metadata.traces", lambda *_args: [])
    assert "We cannot make a clean copy of this file" in text_of(reporter.write(files=named("plan.pdf", sample_files.PDF)))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("notes.exe", b"MZ", "We cannot take a file of this type"),
        ("notes.pdf", b"MZ", "does not fit the ending"),
        ("notes.pdf", b"", "empty"),
        ("notes.pdf", sample_files.PDF + b"\0" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_rest_stays(reporter, name, content, why):
    shown = text_of(reporter.write(files=[named(name, content), named("plan.pdf", sample_files.PDF)]))
    assert why in shown and name in shown and "plan.pdf" in shown and "The front office" in shown
    assert FilingFile.objects.count() == 1


def test_a_file_in_the_making_touches_no_disk(reporter, monkeypatch):
    """4 MB: more than Django keeps in memory where nobody tells it to."""
    monkeypatch.setattr("tempfile._mkstemp_inner", None)
    shown = text_of(reporter.write(files=named("large.csv", b"one,two\n" * 500_000)))
    assert "large.csv" in shown and FilingFile.objects.count() == 1


def test_a_flood_of_files_is_not_kept_but_the_text_is(reporter, monkeypatch):
    monkeypatch.setattr("compliance.attachments.MOST_MEGABYTES", 4)
    shown = text_of(reporter.write(files=[named("small.pdf", sample_files.PDF), named("large.csv", b"a,b\n" * 1_000_000)]))
    assert "We cannot take files right now" in shown and "The front office" in shown
    assert not FilingFile.objects.exists()
    assert 'name="send"' in text_of(reporter.write())


def test_files_are_bounded_together(reporter):
    large = sample_files.picture("PNG", 1700, 1700)  # noise, which no program makes smaller
    assert 2.5e6 < len(large) < 10e6
    count = 25 * 1024 * 1024 // len(large)
    shown = text_of(reporter.write(files=[named(f"{number}.png", large) for number in range(count + 1)]))
    assert "larger than 25 MB together" in shown and FilingFile.objects.count() == count


def test_a_file_can_be_taken_back_in_both_steps(reporter):
    for step, values in (("write", ANSWERS), ("review", {})):
        reporter.write(files=named("plan.pdf", sample_files.PDF))
        if step == "write":
            reporter.post({"step": "review", "change": "1"})
        shown = reporter.post({"step": step, "remove": FilingFile.objects.get().pk} | values)
        assert "plan.pdf" not in text_of(shown) and not FilingFile.objects.exists()
        reporter.client.cookies.clear()
        Filing.objects.all().delete()


def test_after_half_an_hour_it_is_gone(reporter, monkeypatch):
    reporter.write()
    now = filings.time.time()
    monkeypatch.setattr(filings.time, "time", lambda: now + 29 * 60)
    assert "The front office" in text_of(reporter.get())
    monkeypatch.setattr(filings.time, "time", lambda: now + 46 * 60)
    assert filings.sweep() == 1
    shown = text_of(reporter.get())
    assert "What you had typed was deleted" in shown and "The front office" not in shown
    assert not reporter.client.cookies["report-en"].value


def test_whoever_takes_longer_keeps_the_text_and_is_told_that_the_files_are_gone(reporter, monkeypatch):
    reporter.write(files=named("plan.pdf", sample_files.PDF))
    reporter.post({"step": "review", "change": "1"})
    now = filings.time.time()
    monkeypatch.setattr(filings.time, "time", lambda: now + 46 * 60)
    shown = text_of(reporter.write())
    assert "files that you had added are deleted" in shown and "The front office" in shown and 'name="what"' in shown
    assert 'name="send"' in text_of(reporter.write())


def test_leaving_at_once_deletes_what_was_typed_but_no_receipt(reporter):
    assert 'href="https://www.weather.gov/" rel="noreferrer"' in text_of(reporter.get())
    assert f'href="{ADDRESS}?leave=1" rel="noreferrer"' in text_of(reporter.write())
    answer = reporter.get(f"{ADDRESS}?leave=1")
    assert answer.headers["Location"] == "https://www.weather.gov/" and not Filing.objects.exists()
    receipt = reporter.file()
    assert reporter.get(f"{ADDRESS}?leave=1").status_code == 302
    shown = text_of(reporter.get())
    assert receipt in shown and 'href="https://www.weather.gov/" rel="noreferrer"' in shown


def test_with_too_many_at_once_nothing_is_taken_and_what_was_typed_can_be_sent_again(reporter, monkeypatch):
    monkeypatch.setattr("compliance.intake.views.MOST", 0)
    answer = reporter.client.post(ADDRESS, ANSWERS | {"step": "write", "form_token": tokens.new("report_misconduct")}, **OWN)
    assert answer.status_code == 429 and not Filing.objects.exists()
    typed = hidden(answer)
    assert typed.items() >= ANSWERS.items()
    monkeypatch.setattr("compliance.intake.views.MOST", 1000)
    assert "The front office" in text_of(reporter.post(typed)) and 'name="send"' in text_of(reporter.get())


def test_a_smuggled_code_of_another_form_is_no_fault_of_ours(reporter):
    reporter.client.cookies[holder.COOKIE] = sample_codes.new()
    assert reporter.client.post(ADDRESS, ANSWERS | {"to_language": "es"}, **OWN).status_code == 307


@pytest.mark.parametrize(
    "values",
    [
        {"category": "x", "officers": ["0", "x"], "still_going_on": "?", "relation": "[]", "is_named": ""},
        {"what": "\0", "who": "x" * 300_000, "step": "write"},
        {"step": "sent", "last_group": ""},
        {"remove": "9" * 30, "original": "²"},
        {"step": "review", "send": "1", "smuggled": "x"},
    ],
)
def test_bad_input_is_no_fault_of_ours(reporter, values):
    assert reporter.write(ANSWERS | values).status_code == 200
    assert not Report.objects.exists() and not SealedFile.objects.exists()
