"""A form of several steps: nothing typed is lost, nobody overwrites anybody, it is sent once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from lacare_site.casework.models import Case
from lacare_site.intake import codes, draft_views, drafts, tokens
from lacare_site.intake.models import Attachment, Draft, DraftStep
from pages.views import find_page
from tests.casework.sample.models import Inquiry
from tests.intake import sample_codes, sample_form
from tests.intake.sample_draft import BASE, SIGNATURE, begin, fill, join, send_file
from tests.intake.sample_form import FORM, GROUP, OWNERS

READ = re.compile('name="read" value="([0-9a-f]+)"')


def test_the_code_is_shown_and_saved_but_never_kept_nor_in_an_address(ana):
    page = ana.get(f"{BASE}/code")
    assert ana.code in page.text and "no-store" in page.headers["Cache-Control"]
    saved = ana.post(f"{BASE}/code", {"download": "1"})
    assert ana.code in saved.text and "attachment" in saved.headers["Content-Disposition"]
    draft = Draft.objects.get()
    assert draft.code_hash == codes.hash_of(ana.code)
    assert ana.code not in str(Draft.objects.values())
    cookie = ana.cookies["held_code"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"], cookie["max-age"]) == (BASE, "Strict", True, "")


def test_a_step_is_kept_right_or_wrong_and_the_list_says_what_is_missing(ana):
    wrong = ana.post(f"{BASE}/draft/size", {"members": "many", "version": "0"})
    assert wrong.status_code == 200 and "Enter a whole number." in wrong.text and 'value="many"' in wrong.text
    shown = ana.get(f"{BASE}/draft").text
    assert all(text in shown for text in ("Something is missing", "Not begun", "The group", "Its size"))
    assert 'value="many"' in ana.get(f"{BASE}/draft/size").text
    assert "Enter a whole number." not in ana.get(f"{BASE}/draft/size").text
    assert "Enter a whole number." in ana.get(f"{BASE}/draft/size?check=1").text
    later = ana.post(f"{BASE}/draft/size", {"members": "", "later": "1", "version": "1"})
    assert later.headers["Location"] == f"{BASE}/draft"
    assert DraftStep.objects.get().data["fields"] == {"members": ""}


def test_rows_are_added_removed_and_asked_for(ana):
    more = ana.post(f"{BASE}/draft/group", GROUP | OWNERS | {"version": "0", "add": "owners"})
    assert 'name="owners-1-name"' in more.text and 'value="Ana Peña"' in more.text and "This field is required" not in more.text
    two = OWNERS | {"owners-rows": "2", "owners-1-name": "Ben", "owners-1-share": "200"}
    wrong = ana.post(f"{BASE}/draft/group", GROUP | two | {"version": "1"})
    assert "less than or equal to 100" in wrong.text and "#id_owners-1-share" in wrong.text
    one = ana.post(f"{BASE}/draft/group", GROUP | two | {"version": "2", "drop": "owners-0"})
    assert 'value="Ben"' in one.text and "Ana Peña" not in one.text and "faults" not in one.text
    assert [row["name"] for row in DraftStep.objects.get().data["rows"]["owners"]] == ["Ben"]
    for place in ("owners-7", "owners-x", "x", "-1"):
        assert ana.post(f"{BASE}/draft/group", GROUP | two | {"version": "3", "drop": place}).status_code == 200
    none = {
        "owners-rows": "2",
        "owners-0-name": "",
        "owners-0-share": "",
        "owners-1-name": " ",
        "owners-1-share": "",
        "version": "4",
    }
    missing = ana.post(f"{BASE}/draft/group", GROUP | none)
    assert "please fill in at least 1" in missing.text
    assert 'name="owners-0-name"' in missing.text and "This field is required" not in missing.text, "there is one to fill in"
    assert DraftStep.objects.get().data["rows"] == {"owners": []}
    for count in ("99999", "-1", "x", ""):
        assert ana.post(f"{BASE}/draft/group", GROUP | {"owners-rows": count, "version": "9"}).status_code == 200


def test_the_row_that_is_removed_is_the_one_beside_the_button(ana):
    names = ("", "Beta", "Gamma")
    rows = {f"owners-{place}-name": name for place, name in enumerate(names)} | {"owners-rows": "3"}
    ana.post(f"{BASE}/draft/group", GROUP | rows | {"version": "0", "drop": "owners-1"})
    assert [row["name"] for row in DraftStep.objects.get().data["rows"]["owners"]] == ["Gamma"]


def test_a_number_of_a_person_is_refused_shown_and_not_kept(ana):
    answer = ana.post(f"{BASE}/draft/group", GROUP | OWNERS | {"organisation": "SSN 123-45-6789", "version": "0", "later": "1"})
    assert answer.status_code == 200
    assert "looks like a Social Security number" in answer.text and "SSN 123-45-6789" in answer.text
    assert "123-45-6789" not in str(DraftStep.objects.get().data)
    assert DraftStep.objects.get().data["rows"]["owners"][0]["name"] == "Ana Peña"


def test_beside_a_number_of_a_person_nothing_is_lost_that_was_kept_before(ana):
    two = OWNERS | {"owners-rows": "2", "owners-1-name": "Ben", "owners-1-share": "20"}
    ana.post(f"{BASE}/draft/group", GROUP | two | {"version": "0"})
    worse = {"organisation": "Palm Medical Group, SSN 123-45-6789", "owners-1-name": "Ben, 123-45-6789", "owners-1-share": "30"}
    ana.post(f"{BASE}/draft/group", GROUP | two | worse | {"version": "1"})
    kept = DraftStep.objects.get().data
    assert kept["fields"]["organisation"] == "Palm Medical Group"
    assert kept["rows"]["owners"][1] == {"name": "Ben", "share": "30"}
    ana.post(f"{BASE}/draft/group", GROUP | two | worse | {"version": "2", "drop": "owners-0"})
    assert DraftStep.objects.get().data["rows"]["owners"] == [{"name": "", "share": "30"}], "nobody has Ana's name"


def test_two_people_on_two_steps_do_not_touch_each_other(ana, visitor):
    ben = join(visitor, ana.code)
    ana.get(f"{BASE}/draft/group"), ben.get(f"{BASE}/draft/size")
    assert ben.post(f"{BASE}/draft/size", {"members": "12", "version": "0"}).status_code == 302
    assert ana.post(f"{BASE}/draft/group", GROUP | OWNERS | {"version": "0"}).status_code == 302
    assert {step.step: step.version for step in DraftStep.objects.all()} == {"group": 1, "size": 1}


def test_two_people_on_one_step_see_both_versions_and_lose_nothing(ana, visitor):
    ben = join(visitor, ana.code)
    assert ben.post(f"{BASE}/draft/group", GROUP | OWNERS | {"version": "0"}).status_code == 302
    mine = GROUP | OWNERS | {"organisation": "Oak Clinic", "services": ["sp"]}
    answer = ana.post(f"{BASE}/draft/group", mine | {"version": "0"})
    assert "Somebody else has saved this step" in answer.text
    for text in ("Palm Medical Group", "Oak Clinic", "Primary care, Specialists"):
        assert text in answer.text
    assert 'value="Oak Clinic"' in answer.text and 'name="version" value="1"' in answer.text
    assert DraftStep.objects.get().data["fields"]["organisation"] == "Palm Medical Group"
    assert ana.post(f"{BASE}/draft/group", mine | {"version": "1"}).status_code == 302
    assert DraftStep.objects.get().data["fields"]["organisation"] == "Oak Clinic"


def test_a_double_click_is_no_conflict(ana):
    for _click in range(2):
        assert ana.post(f"{BASE}/draft/size", {"members": "12", "version": "0"}).status_code == 302
    assert DraftStep.objects.get().version == 1


@pytest.mark.parametrize("change", [{"text_size": "150"}, {"to_language": "es"}, {"close_notice": "1.1"}])
def test_another_size_or_language_brings_back_what_was_typed(ana, change):
    answer = ana.post(f"{BASE}/draft/size", {"members": "many", "version": "0"} | change)
    if "to_language" in change:
        assert (answer.status_code, answer.headers["Location"]) == (307, f"/es{BASE}/draft/size")
        assert (answer.cookies["held_code"].value, answer.cookies["held_code"]["path"]) == (ana.code, f"/es{BASE}")
        answer = ana.post(f"/es{BASE}/draft/size", {"members": "many", "version": "0"} | change)
        assert '<html lang="es"' in answer.text
    if "text_size" in change:
        assert 'class="text-150"' in answer.text and answer.cookies["text_size"].value == "150"
    assert answer.status_code == 200 and 'value="many"' in answer.text and "faults" not in answer.text
    assert not DraftStep.objects.exists()


def test_nobody_without_the_code_gets_in(ana, visitor):
    stranger = visitor()
    for name in ("draft", "code", "documents", "review", "draft/size", "receipt"):
        answer = stranger.get(f"{BASE}/{name}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{BASE}/resume")
    for code in (sample_codes.new(), "nonsense", "", ana.code[:-1]):
        answer = stranger.post(f"{BASE}/resume", {"code": code})
        assert answer.status_code == 200 and not answer.cookies
    stranger.cookies["held_code"] = sample_codes.new()
    assert stranger.get(f"{BASE}/draft").headers["Location"] == f"{BASE}/resume"


def test_codes_are_not_tried_without_end(ana, visitor):
    stranger = visitor()
    tries = [stranger.post(f"{BASE}/resume", {"code": sample_codes.new()}).status_code for _ in range(25)]
    assert tries[:20] == [200] * 20 and tries[20:] == [429] * 5
    assert stranger.post(f"{BASE}/resume", {"code": ana.code}).status_code == 429


def test_begun_forms_are_limited_and_a_closed_form_takes_none(inquiry_form, visitor, monkeypatch):
    who = visitor()
    assert [begin(who).status_code for _ in range(11)] == [302] * 10 + [429]
    monkeypatch.setattr(sample_form, "CLOSURES", [drafts.Closure(date(2026, 11, 2), None)])
    assert "Since November 2, 2026 we take no new applications" in begin(visitor()).text
    assert visitor().get(f"{BASE}/start").status_code == 302


def test_nobody_begins_without_the_page_that_shows_how(inquiry_form, visitor, monkeypatch):
    monkeypatch.setattr(draft_views, "TO_START", timedelta(minutes=1))
    who = visitor()
    fresh = tokens.new("inquiry")
    for token, words in ((fresh, "faster than a person types"), ("", "open for a long time"), (tokens.new("x"), "open for a")):
        answer = who.post(f"{BASE}/start", {"form_token": token})
        assert answer.status_code == 200 and words in answer.text and "“Start now”" in answer.text and not who.cookies
    assert fresh in who.post(f"{BASE}/start", {"form_token": fresh}).text, "the second click goes on"
    assert "faults" not in who.post(f"{BASE}/start", {"form_token": fresh, "text_size": "150"}).text
    assert not Draft.objects.exists()


def test_a_second_draft_does_not_take_the_place_of_one_whose_code_nobody_may_have(ana):
    again = begin(ana)
    assert again.status_code == 302, "nothing stands in the first"
    ana.post(f"{BASE}/draft/size", {"members": "12", "version": "0"})
    held = ana.cookies["held_code"].value
    asked = begin(ana)
    assert "Keep its code before you start another one" in asked.text and f'href="{BASE}/code"' in asked.text
    assert ana.cookies["held_code"].value == held and held in ana.get(f"{BASE}/code").text
    assert 'name="another"' in asked.text and 'id="page-form"' in asked.text
    assert begin(ana, another="1").status_code == 302 and ana.cookies["held_code"].value != held


def test_two_clicks_begin_one_draft_and_later_ones_none_that_is_somebody_s(inquiry_form, visitor):
    token = tokens.new("inquiry")
    codes_given = {begin(visitor(), form_token=token).cookies["held_code"].value for _click in range(2)}
    assert len(codes_given) == 1 and Draft.objects.count() == 1
    Draft.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    late = begin(visitor(), form_token=token)
    assert "open for a long time" in late.text and not late.cookies
    assert token not in late.text and Draft.objects.count() == 1


def test_it_is_sent_once_and_its_code_shows_the_receipt(ana, visitor):
    assert "Before you can send" in ana.get(f"{BASE}/review").text
    fill(ana)
    send_file(ana, name="old.pdf", item="chart")
    ana.post(f"{BASE}/documents", {"remove": Attachment.objects.get(item="chart").pk})
    page = ana.get(f"{BASE}/review")
    for text in ("Palm Medical Group", "Ana Peña", "Primary care, Specialists", "policy.pdf", "Sign and send"):
        assert text in page.text
    unsigned = ana.post(f"{BASE}/review", {"signed_by": "Ana"})
    assert unsigned.status_code == 200 and 'value="Ana"' in unsigned.text and not Case.objects.filter(kind="inquiry").exists()
    assert ana.post(f"{BASE}/review", SIGNATURE).headers["Location"] == f"{BASE}/receipt"
    case = Case.objects.get(kind="inquiry")
    assert ana.post(f"{BASE}/review", SIGNATURE).headers["Location"] == f"{BASE}/receipt"
    assert Case.objects.filter(kind="inquiry").count() == Inquiry.objects.count() == 1
    assert not Draft.objects.exists() and not DraftStep.objects.exists()
    assert [file.name for file in case.attachments.all()] == ["policy.pdf"]
    receipt = ana.get(f"{BASE}/receipt")
    assert case.reference in receipt.text and ana.code in receipt.text and case.attachments.get().sha256 in receipt.text
    assert case.reference in ana.post(f"{BASE}/receipt", {"download": "1"}).text
    late = visitor()
    assert late.post(f"{BASE}/resume", {"code": ana.code}).headers["Location"] == f"{BASE}/status"
    assert "Public received" in late.get(f"{BASE}/status").text
    too_late = ana.post(f"{BASE}/draft/size", {"members": "9", "version": "1"})
    assert too_late.status_code == 409 and "This was sent meanwhile" in too_late.text and ">9</dd>" in too_late.text
    assert f'href="{BASE}/status"' in too_late.text


def test_a_program_that_fills_in_everything_begins_and_sends_nothing(ana, visitor):
    robot = visitor()
    assert "faster than a person types" in begin(robot, website="x").text and not robot.cookies
    fill(ana)
    assert 'name="website"' in ana.get(f"{BASE}/review").text
    answer = ana.post(f"{BASE}/review", SIGNATURE | {"website": "x"})
    assert "faster than a person types" in answer.text and 'value="Ana Peña"' in answer.text
    assert not Case.objects.filter(kind="inquiry").exists()


def test_words_run_in_their_own_direction(ana):
    page = ana.get(f"/ar{BASE}/draft/group").text
    assert re.search('<input[^>]*name="organisation"[^>]* dir="auto"', page)
    assert 'dir="auto"' not in ana.get(f"/ar{BASE}/draft/size").text, "a number"


def test_what_the_kind_refuses_is_not_sent(ana):
    fill(ana)
    ana.post(f"{BASE}/draft/size", {"members": "5000", "version": "1"})
    assert "Too many members." in ana.get(f"{BASE}/review").text
    assert ana.post(f"{BASE}/review", SIGNATURE).status_code == 200
    assert not Case.objects.filter(kind="inquiry").exists()


def test_nothing_is_signed_that_was_changed_since_it_was_read(ana, visitor):
    fill(ana)
    ben = join(visitor, ana.code)

    def sign(page, **further):
        return ana.post(f"{BASE}/review", SIGNATURE | {"read": READ.search(page.text)[1]} | further)

    page = ana.get(f"{BASE}/review")
    for change in (
        lambda: ben.post(f"{BASE}/draft/size", {"members": "13", "version": "1"}),
        lambda: send_file(ben, item="chart"),
        lambda: ben.post(f"{BASE}/documents", {"remove": Attachment.objects.get(item="chart").pk}),
    ):
        assert change().status_code == 302
        in_large_print = sign(page, text_size="150")
        assert "was changed after you opened" not in in_large_print.text, "nothing was sent yet"
        page = sign(in_large_print)
        assert "was changed after you opened this page" in page.text and 'value="Ana Peña"' in page.text
        assert "checked" not in page.text.partition("<main")[2] and not Case.objects.filter(kind="inquiry").exists()
    assert '<dd dir="auto">13</dd>' in page.text
    assert sign(page).headers["Location"] == f"{BASE}/receipt"


def test_a_signature_is_given_back_where_something_has_come_in_the_way(ana):
    fill(ana)
    read = {"read": READ.search(ana.get(f"{BASE}/review").text)[1]}
    for worse in ("", "5000"):
        ana.post(f"{BASE}/draft/size", {"members": worse, "version": DraftStep.objects.get(step="size").version})
        page = ana.post(f"{BASE}/review", SIGNATURE | read).text.partition("<main")[2]
        assert "What you typed" in page and ">Ana Peña</dd>" in page
        assert 'name="signed_by" value="Ana Peña"' in page, "it goes along into another language"


def test_it_is_answered_in_the_language_in_which_it_was_signed(ana):
    fill(ana)
    assert ana.post(f"/es{BASE}/review", SIGNATURE).headers["Location"] == f"/es{BASE}/receipt"
    assert Case.objects.get(kind="inquiry").language == "es"


def test_what_was_begun_goes_on_where_the_form_s_page_is_gone(ana, visitor):
    find_page("providers").unpublish()
    assert begin(visitor()).status_code == 404
    fill(ana)
    for name in ("draft", "code", "resume", "draft/size", "documents", "review"):
        assert ana.get(f"{BASE}/{name}").status_code == 200
    join(visitor, ana.code)
    assert ana.post(f"{BASE}/review", SIGNATURE).headers["Location"] == f"{BASE}/receipt"
    for name in ("receipt", "status"):
        assert Case.objects.get(kind="inquiry").reference in ana.get(f"{BASE}/{name}").text
    assert ana.post(f"{BASE}/status", {"leave": "1"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_send_it_once(ana, visitor):
    fill(ana)

    def click(_number) -> str:
        try:
            who = visitor()
            who.cookies["held_code"] = ana.code
            return who.post(f"{BASE}/review", SIGNATURE).headers["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(click, range(6))) == {f"{BASE}/receipt"}
    assert Case.objects.filter(kind="inquiry").count() == Inquiry.objects.count() == 1


def test_a_draft_that_nobody_comes_back_to_ends_with_its_files(ana, private_files, django_capture_on_commit_callbacks):
    fill(ana)
    assert drafts.purge_expired() == 0
    Draft.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert ana.get(f"{BASE}/draft").headers["Location"] == f"{BASE}/resume"
    with django_capture_on_commit_callbacks(execute=True):
        assert drafts.purge_expired() == 1
    assert not Draft.objects.exists() and not Attachment.objects.exists()
    assert not [path for path in private_files.rglob("*") if path.is_file()]


def test_saving_keeps_it_longer_and_leaving_takes_it_off_this_computer(ana):
    Draft.objects.update(expires_at=timezone.now() + timedelta(days=1))
    ana.post(f"{BASE}/draft/size", {"members": "1", "version": "0"})
    assert Draft.objects.get().expires_at > timezone.now() + timedelta(days=29)
    answer = ana.post(f"{BASE}/draft", {"leave": "1"})
    assert answer.headers["Location"] == "/providers" and answer.cookies["held_code"].value == ""
    assert ana.get(f"{BASE}/draft").headers["Location"] == f"{BASE}/resume"


def test_no_field_holds_what_the_database_refuses(ana):
    typed = GROUP | OWNERS | {"organisation": "Palm\0Group\x1f", "services": ["p\0c"], "owners-0-name": "Ana\0\r\nPeña"}
    answer = ana.post(f"{BASE}/draft/group", typed | {"version": "9" * 5000})
    assert answer.status_code == 200 and "Select a valid choice" in answer.text
    data = DraftStep.objects.get().data
    assert (data["fields"]["organisation"], data["fields"]["services"]) == ("Palm Group ", ["p c"])
    assert data["rows"]["owners"][0]["name"] == "Ana \nPeña"


@pytest.mark.parametrize("what", ["the code is gone", "the draft has ended"])
def test_what_is_typed_where_nothing_can_be_kept_is_shown_to_be_copied(ana, what):
    if what == "the code is gone":
        del ana.cookies["held_code"]
    else:
        Draft.objects.update(expires_at=timezone.now() - timedelta(days=1))
    typed = GROUP | OWNERS | {"organisation": "Oak <Clinic>", "version": "0"}
    answer = ana.post(f"{BASE}/draft/group", typed)
    assert answer.status_code == 409 and "does not have your code any more" in answer.text
    for words in ("Oak &lt;Clinic&gt;", "Primary care, Specialists", "Owner 1: Name", "Ana Peña", f'href="{BASE}/resume"'):
        assert words in answer.text
    assert 'name="owners-0-name" value="Ana Peña"' in answer.text, "it goes along into another language"
    assert "Oak &lt;Clinic&gt;" in ana.post(f"/es{BASE}/draft/group", typed | {"to_language": "es"}).text
    assert not DraftStep.objects.exists()
    signed = ana.post(f"{BASE}/review", SIGNATURE)
    assert signed.status_code == 409 and "Your full name" in signed.text and "Ana Peña" in signed.text
    assert ana.post(f"{BASE}/review", {"signed_by": " "}).headers["Location"] == f"{BASE}/resume"


def test_steps_that_do_not_exist(ana):
    assert ana.get(f"{BASE}/draft/nonsense").status_code == 404
    assert [step.key for step in FORM.steps] == ["group", "size"]
