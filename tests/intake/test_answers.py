"""Status by number and code, what staff ask for and the sender answers, withdrawal."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lacare_site import addresses, languages
from lacare_site.casework import registry as casework
from lacare_site.casework import services
from lacare_site.casework.models import AuditEntry, Case
from lacare_site.intake import codes, deficiencies, document_views, status
from lacare_site.intake.models import Attachment, Deficiency
from tests.casework.conftest import staff  # noqa: F401
from tests.casework.sample.models import Inquiry
from tests.intake import sample_codes, sample_files

BASE = "/providers/inquiry"


@pytest.fixture
def sent(inquiry_form, visitor):
    """A case with its code, and somebody who has opened its status."""
    code = sample_codes.new()
    case, _is_new = services.open_case("inquiry", "en", uuid.UUID(int=1), code_hash=codes.hash_of(code))
    Inquiry.objects.create(case=case, organisation="Palm")
    who = visitor()
    answer = who.post(f"{BASE}/status", {"reference": case.reference.lower().replace("-", " "), "code": code.lower()})
    assert answer.headers["Location"] == f"{BASE}/status"
    who.case, who.code = case, code
    return who


def move(case: Case, transition: str, user, reason: str = "") -> None:
    services.move(case, casework.get("inquiry").workflow.transitions[transition], user, reason)


def ask(case: Case, user, lines: str) -> None:
    move(case, "take", user)
    move(case, "lack", user, lines)


def test_the_status_says_the_stage_and_what_happened(sent):
    page = sent.get(f"{BASE}/status").text
    assert sent.case.reference in page and "Public received" in page and "Withdraw" in page
    assert sent.code not in page and "noindex" in page


def test_a_wrong_code_and_an_unknown_number_are_answered_alike(sent, visitor):
    stranger = visitor()
    answers = set()
    for reference, code in [
        (sent.case.reference, sample_codes.new()),
        ("INQ-0000-0000", sample_codes.new()),
        ("INQ-0000-0000", sent.code),
        (sent.case.reference, "nonsense"),
        ("x", "x"),
    ]:
        answer = stranger.post(f"{BASE}/status", {"reference": reference, "code": code})
        assert answer.status_code == 200 and not answer.cookies
        text = answer.text.replace(f'value="{reference}"', "").replace(f'value="{code}"', "")
        answers.add(text)
    assert len(answers) == 1 and "do not belong together" in answers.pop()


def test_a_wrong_code_and_an_unknown_number_take_the_same_queries(sent, visitor, django_assert_num_queries):
    for reference, code in [
        (sent.case.reference, sample_codes.new()),
        ("INQ-0000-0000", sample_codes.new()),
        ("INQ-0000-0000", sent.code),
        ("", ""),
    ]:
        with django_assert_num_queries(1):
            assert status.find("inquiry", reference, code) is None
    assert status.find("inquiry", sent.case.reference, sent.code) == sent.case


def test_numbers_are_not_tried_without_end(sent, visitor):
    stranger = visitor()
    tries = [stranger.post(f"{BASE}/status", {"reference": "x", "code": "x"}).status_code for _ in range(20)]
    assert tries == [200] * 19 + [429]  # one was right


def test_a_case_of_another_kind_is_not_shown(sent, visitor):
    stranger = visitor()
    address = "/providers/request-information/status"
    answer = stranger.post(address, {"reference": sent.case.reference, "code": sent.code})
    assert answer.status_code == 200 and "do not belong together" in answer.text


def test_each_thing_that_is_missing_is_answered_and_all_sent_together(sent, staff):  # noqa: F811
    ina = staff("ina", "reviewer")
    ask(sent.case, ina, "- Send the policy of 2026.\n\n* Who signs?\n")
    page = sent.get(f"{BASE}/status").text
    assert "Send the policy of 2026." in page and "Waits for your answer" in page and "Send all answers" not in page
    policy, signer = Deficiency.objects.all()
    at_policy, at_signer = (f"{BASE}/status/answer/{one.pk}" for one in (policy, signer))
    assert sent.post(at_signer, {"answer": " "}).status_code == 200
    assert "looks like a Social Security" in sent.post(at_signer, {"answer": "Ana, 123-45-6789"}).text
    assert sent.post(at_signer, {"answer": "Ana Peña"}).headers["Location"] == f"{BASE}/status"
    file = SimpleUploadedFile("policy.pdf", sample_files.PDF)
    assert sent.post(at_policy, {"item": policy.item, "file": file}).headers["Location"] == f"{at_policy}#files"
    assert "policy.pdf" in sent.get(at_policy).text
    assert "does not fit" in sent.post(at_policy, {"item": policy.item, "file": SimpleUploadedFile("x.pdf", b"x")}).text
    kept = sent.post(at_policy, {"answer": "Attached", "to_language": "en"}).text
    assert "Attached" in kept and not Deficiency.objects.get(pk=policy.pk).answer
    sent.post(f"{BASE}/status", {"send_answers": "1"})
    assert Case.objects.get(pk=sent.case.pk).stage == "deficient", "one thing has no answer"
    sent.post(at_policy, {"answer": "Attached"})
    assert "Send all answers" in sent.get(f"{BASE}/status").text
    sent.post(f"{BASE}/status", {"send_answers": "1"})
    case = Case.objects.get(pk=sent.case.pk)
    assert case.stage == "review"
    assert [file.item for file in case.attachments.all()] == [policy.item]
    assert sent.get(at_policy).headers["Location"] == f"{BASE}/status", "nothing is changed after sending"
    too_late = sent.post(at_policy, {"answer": "Another"})
    assert too_late.status_code == 409 and "This was sent meanwhile" in too_late.text and "Another" in too_late.text
    assert Deficiency.objects.get(pk=policy.pk).answer == "Attached"
    texts = list(case.events.filter(kind="answer").values_list("text", flat=True))
    assert texts == ["Who signs?\n\nAna Peña", "Send the policy of 2026.\n\nAttached"]


def test_the_text_of_an_answer_comes_back_whatever_is_done_with_its_files(sent, staff):  # noqa: F811
    ask(sent.case, staff("ina", "reviewer"), "Send the policy.")
    asked = Deficiency.objects.get()
    at = f"{BASE}/status/answer/{asked.pk}"
    typed = {"answer": "Half a <text", "version": "0"}

    def post(**further):
        page = sent.post(at, typed | further).text
        assert "Half a &lt;text" in page and "This field is required" not in page
        return page

    assert "a.pdf" in post(item=asked.item, file=SimpleUploadedFile("a.pdf", sample_files.PDF))
    assert "does not fit" in post(item=asked.item, file=SimpleUploadedFile("x.pdf", b"x"))
    assert "Choose a file first" in post(item=asked.item)
    first = Attachment.objects.get().pk
    assert "b.pdf" in post(replaces=first, **{f"file-{first}": SimpleUploadedFile("b.pdf", sample_files.PDF)})
    post(replaces=first), post(remove=first)
    assert "b.pdf" not in post(remove=Attachment.objects.get(replaced_at=None).pk)
    assert not Deficiency.objects.get().answer
    assert post(file=SimpleUploadedFile("x.pdf", b"x")) and not Deficiency.objects.get().answer
    sent.post(at, typed | {"file": SimpleUploadedFile("c.pdf", sample_files.PDF)})
    assert Deficiency.objects.get().answer == "Half a <text"
    assert sent.case.attachments.get(replaced_at=None, removed_at=None).name == "c.pdf"
    told = list(sent.case.events.filter(kind="document").values_list("text", flat=True))
    assert told == ["Added: a.pdf", "Replaced: a.pdf, by b.pdf", "Removed: b.pdf", "Added: c.pdf"]
    logged = AuditEntry.objects.filter(subject=sent.case.reference, action__startswith="document.").values_list(
        "action", "details"
    )
    assert [action for action, _details in logged] == [f"document.{did}" for did in ("added", "replaced", "removed", "added")]
    assert logged[0][1] == {"document": first, "sha256": Attachment.objects.get(pk=first).sha256}


def test_every_file_that_was_chosen_for_an_answer_is_kept_whichever_button_is_pressed(sent, staff):  # noqa: F811
    ask(sent.case, staff("ina", "reviewer"), "Send the policy.")
    asked = Deficiency.objects.get()
    at = f"{BASE}/status/answer/{asked.pk}"

    def present() -> dict[str, int]:
        return {file.name: file.pk for file in sent.case.attachments.filter(replaced_at=None, removed_at=None)}

    def named(*names: str) -> list:
        return [SimpleUploadedFile(name, sample_files.PDF) for name in names]

    sent.post(at, {"item": asked.item, "file": named("a.pdf", "b.pdf")})
    newer, more = named("c.pdf", "d.pdf")
    sent.post(at, {"remove": present()["b.pdf"], f"file-{present()['a.pdf']}": newer, "file": more})
    assert present().keys() == {"c.pdf", "d.pdf"}
    answer = sent.post(at, {"answer": "Here.", "version": "0", f"file-{present()['c.pdf']}": named("e.pdf")[0]})
    assert answer.status_code == 302 and Deficiency.objects.get().answer == "Here."
    assert present().keys() == {"d.pdf", "e.pdf"}
    refused = sent.post(
        at, {"answer": "Here it is.", "version": "1", f"file-{present()['d.pdf']}": SimpleUploadedFile("x.pdf", b"x")}
    )
    assert "does not fit" in refused.text and "Here it is.</textarea>" in refused.text
    assert present().keys() == {"d.pdf", "e.pdf"} and Deficiency.objects.get().answer == "Here."


def test_files_of_answers_are_limited_as_all_are_and_the_words_stay(sent, staff, monkeypatch):  # noqa: F811
    ask(sent.case, staff("ina", "reviewer"), "Send the policy.")
    asked = Deficiency.objects.get()
    at = f"{BASE}/status/answer/{asked.pk}"
    monkeypatch.setattr(document_views, "PER_ADDRESS", 1)

    def post(**further):
        return sent.post(at, {"answer": "My words", "file": SimpleUploadedFile("a.pdf", sample_files.PDF)} | further)

    assert post(item=asked.item).status_code == 200 and Attachment.objects.count() == 1
    for further in ({"item": asked.item}, {}):
        limited = post(**further).text
        assert "very often from your network" in limited and 'href="#file-answer"' in limited and "My words" in limited
    assert Attachment.objects.count() == 1 and not Deficiency.objects.get().answer
    assert sent.post(at, {"answer": "My words"}).status_code == 302, "words alone are not limited"


def test_staff_cannot_ask_for_nothing(sent, staff):  # noqa: F811
    with pytest.raises(services.Refused, match="Write what is missing"):
        ask(sent.case, staff("ina", "reviewer"), " - \n*")
    assert Case.objects.get(pk=sent.case.pk).stage == "review" and not Deficiency.objects.exists()


def test_two_people_who_answer_the_same_thing_see_both_versions(sent, staff):  # noqa: F811
    ask(sent.case, staff("ina", "reviewer"), "Who signs?")
    at = f"{BASE}/status/answer/{Deficiency.objects.get().pk}"
    for _click in range(2):
        assert sent.post(at, {"answer": "Ana", "version": "0"}).status_code == 302
    late = sent.post(at, {"answer": "Ben", "version": "0"}).text
    assert "Somebody else has saved this answer" in late and "Ana" in late and "Ben</textarea>" in late
    assert Deficiency.objects.get().answer == "Ana" and 'name="version" value="1"' in late
    assert sent.post(at, {"answer": "Ben", "version": "1"}).status_code == 302
    assert Deficiency.objects.get().answer == "Ben" and sent.case.events.filter(kind="answer").count() == 2


def test_what_staff_have_from_an_earlier_round_stays_as_it_is(sent, staff):  # noqa: F811
    ina = staff("ina", "reviewer")
    ask(sent.case, ina, "Who signs?\nSend the policy.")
    signer, policy = Deficiency.objects.all()
    at_signer, at_policy = (f"{BASE}/status/answer/{one.pk}" for one in (signer, policy))
    sent.post(at_signer, {"answer": "Ana", "item": signer.item, "file": SimpleUploadedFile("a.pdf", sample_files.PDF)})
    sent.post(at_policy, {"item": policy.item, "file": SimpleUploadedFile("p.pdf", sample_files.PDF)})
    sent.post(at_signer, {"answer": "Ana"}), sent.post(at_policy, {"answer": "Here."})
    sent.post(f"{BASE}/status", {"send_answers": "1"})
    move(sent.case, "lack", ina, "Which year?")
    Deficiency.objects.filter(pk=policy.pk).update(answered_at=None)  # what staff went on without
    page = sent.get(f"{BASE}/status").text
    assert at_signer not in page and at_policy not in page
    for at in (at_signer, at_policy):
        assert sent.get(at).headers["Location"] == f"{BASE}/status"
        assert sent.post(at, {"answer": "Ben", "version": "1"}).status_code == 409
    for file in Attachment.objects.all():
        for at in (at_signer, at_policy):
            sent.post(at, {"remove": file.pk})
            sent.post(at, {"replaces": file.pk, f"file-{file.pk}": SimpleUploadedFile("n.pdf", sample_files.PDF)})
    assert Attachment.objects.filter(replaced_at=None, removed_at=None).count() == 2
    assert Deficiency.objects.get(pk=signer.pk).answer == "Ana"
    told = sent.case.events.filter(kind="document").values_list("text", flat=True)
    assert list(told) == ["Added: a.pdf", "Added: p.pdf"]


def test_nobody_answers_for_another(sent, staff, visitor):  # noqa: F811
    ask(sent.case, staff("ina", "reviewer"), "Send the policy.")
    address = f"{BASE}/status/answer/{Deficiency.objects.get().pk}"
    stranger = visitor()
    assert stranger.get(address).headers["Location"] == f"{BASE}/status"
    shown = stranger.post(address, {"answer": "My words"})
    assert shown.status_code == 409 and "My words" in shown.text and "Send the policy" not in shown.text
    other_code = sample_codes.new()
    services.open_case("inquiry", "en", uuid.UUID(int=2), code_hash=codes.hash_of(other_code))
    stranger.cookies["held_code"] = other_code
    shown = stranger.post(address, {"answer": "My words"})
    assert shown.status_code == 409 and "My words" in shown.text and "Send the policy" not in shown.text
    assert stranger.get(address).status_code == 404
    assert not Deficiency.objects.get().answer and not Attachment.objects.exists()


def test_withdrawing_is_asked_twice_and_ends_it(sent):
    asked = sent.post(f"{BASE}/status", {"withdraw": "1"})
    assert "Withdraw for good?" in asked.text and Case.objects.get(pk=sent.case.pk).stage == "received"
    sent.post(f"{BASE}/status", {"withdraw": "1", "confirm": "1"})
    assert Case.objects.get(pk=sent.case.pk).stage == "withdrawn"
    page = sent.get(f"{BASE}/status").text
    assert "Public withdrawn" in page and 'name="withdraw"' not in page
    assert sent.post(f"{BASE}/status", {"withdraw": "1", "confirm": "1"}).status_code == 302


def test_leaving_and_another_language(sent):
    answer = sent.post(f"{BASE}/status", {"to_language": "fa"})
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/fa{BASE}/status")
    assert answer.cookies["held_code"]["path"] == f"/fa{BASE}"
    assert 'dir="rtl"' in sent.post(f"/fa{BASE}/status", {"to_language": "fa"}).text
    sent.cookies["held_code"] = sent.code
    left = sent.post(f"/es{BASE}/status", {"leave": "1"}).cookies
    assert left["held_code"].value == "" and {cookie.key for cookie in left.values()} == {"held_code"}
    assert {cookie["path"] for cookie in left.values() if not cookie.value and cookie["max-age"] == 0} == {
        addresses.in_language(BASE, code) for code in languages.BY_CODE
    }
    assert 'name="code"' in sent.get(f"{BASE}/status").text


@pytest.mark.parametrize(
    "posted", [None, {"withdraw": "1"}, {"withdraw": "1", "confirm": "1"}, {"send_answers": "1"}, {"text_size": "150"}]
)
@pytest.mark.parametrize("moment", ["before", "while it is asked for"])
def test_a_case_that_is_purged_while_its_status_stands_open_is_an_unknown_one(sent, monkeypatch, posted, moment):
    if moment == "before":
        sent.case.delete()
    else:
        held = status._held_case
        monkeypatch.setattr(status, "_held_case", lambda *args: (held(*args), Case.objects.all().delete())[0])
    answer = sent.post(f"{BASE}/status", posted) if posted else sent.get(f"{BASE}/status")
    if answer.status_code == 302:
        answer = sent.get(answer.headers["Location"])
    assert answer.status_code == 200 and 'name="code"' in answer.text and sent.case.reference not in answer.text
    assert "This field is required" not in answer.text
    assert not posted or "confirm" in posted or "send_answers" in posted or "do not belong together" in answer.text


def test_a_case_that_is_purged_while_it_is_answered_or_moved_gives_no_fault(sent, staff, visitor, monkeypatch):  # noqa: F811
    ina = staff("ina", "reviewer")
    ask(sent.case, ina, "Who signs?")
    asked, kept = Deficiency.objects.get(), Case.objects.get()
    real = deficiencies.held_open
    monkeypatch.setattr(deficiencies, "held_open", lambda found: (Case.objects.all().delete(), real(found))[1])
    shown = sent.post(f"{BASE}/status/answer/{asked.pk}", {"answer": "Ana Peña"})
    assert shown.status_code == 409 and "Ana Peña" in shown.text
    with pytest.raises(deficiencies.Closed):
        deficiencies.send_answers(kept)
    for step in (lambda: services.note(kept, ina, "x"), lambda: move(kept, "take", ina), lambda: services.assign(kept, ina, ina)):
        with pytest.raises(services.Refused, match="no longer there"):
            step()
