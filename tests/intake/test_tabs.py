"""Two tabs of one browser, with two drafts or two cases: what is done in one never lands in the other's."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lacare_site.casework import services
from lacare_site.casework.models import Case
from lacare_site.intake import codes
from lacare_site.intake.models import Attachment, Deficiency, Draft, DraftStep
from tests.casework.conftest import staff  # noqa: F401
from tests.casework.sample.models import Inquiry
from tests.intake import sample_codes, sample_files
from tests.intake.sample_draft import BASE, SIGNATURE, begin, fill, send_file
from tests.intake.sample_form import GROUP, OWNERS
from tests.intake.test_answers import ask

POSTING = re.compile(r'<form [^>]*method="post".*?</form>', re.DOTALL)
MARK = re.compile(r'<input type="hidden" name="held" value="([0-9a-f]{32})">')


def mark_in(page) -> dict[str, str]:
    """What each form of the page says it belongs to: all the same."""
    forms = POSTING.findall(page.text.partition("<main")[2])
    found = {mark for form in forms for mark in MARK.findall(form)}
    assert len(found) == 1 and all(MARK.search(form) for form in forms), page.request["PATH_INFO"]
    return {"held": found.pop()}


def assert_refused(answer, *typed: str) -> None:
    assert answer.status_code == 409 and "Another form was opened in this browser" in answer.text
    assert f'href="{BASE}/resume"' in answer.text and all(f">{words}</dd>" in answer.text for words in typed)


@pytest.fixture
def two_cases(inquiry_form, visitor):
    """Somebody with two cases, of which the browser holds the first; `who.hold(place)` is another tab."""
    who, held = visitor(), []
    for place in range(2):
        code = sample_codes.new()
        case, _is_new = services.open_case("inquiry", "en", uuid.UUID(int=place + 1), code_hash=codes.hash_of(code))
        Inquiry.objects.create(case=case, organisation="Palm")
        held.append(code)
    who.hold = lambda place: who.cookies.load({"held_code": held[place]})
    who.hold(0)
    who.first, who.second = Case.objects.filter(kind="inquiry").order_by("pk")
    return who


def test_a_step_of_another_draft_is_not_saved_and_what_was_typed_is_shown(ana):
    mark = mark_in(ana.get(f"{BASE}/draft/group"))
    begin(ana, another="1")
    first, second = Draft.objects.order_by("pk")
    typed = GROUP | OWNERS | {"organisation": "Oak Clinic", "version": "0"} | mark
    for further in ({}, {"later": "1"}, {"add": "owners"}, {"text_size": "150"}):
        assert_refused(ana.post(f"{BASE}/draft/group", typed | further), "Oak Clinic", "Ana Peña")
    switched = ana.post(f"{BASE}/draft/group", typed | {"to_language": "es"}, follow=False)
    assert switched.status_code == 307
    assert not DraftStep.objects.exists()
    assert mark_in(ana.get(f"{BASE}/draft/group")) != mark and codes.hash_of(ana.cookies["held_code"].value) == second.code_hash
    ana.cookies["held_code"] = ana.code
    assert ana.post(f"{BASE}/draft/group", typed).status_code == 302
    assert DraftStep.objects.get().draft == first


def test_a_version_of_what_is_not_there_is_a_conflict(ana):
    answer = ana.post(f"{BASE}/draft/size", {"members": "12", "version": "3"})
    assert answer.status_code == 200 and 'value="12"' in answer.text and 'class="faults conflict"' in answer.text
    assert not DraftStep.objects.exists()
    assert ana.post(f"{BASE}/draft/size", {"members": "12", "version": "0"}).status_code == 302


def test_nobody_signs_and_sends_the_draft_of_another_tab(ana):
    mark = mark_in(ana.get(f"{BASE}/review"))
    begin(ana, another="1")
    fill(ana)
    assert_refused(ana.post(f"{BASE}/review", SIGNATURE | mark), "Ana Peña")
    assert not Case.objects.filter(kind="inquiry").exists()
    assert ana.post(f"{BASE}/review", SIGNATURE | mark_in(ana.get(f"{BASE}/review"))).status_code == 302
    assert ana.get(f"{BASE}/receipt").status_code == 200
    assert_refused(ana.post(f"{BASE}/receipt", {"download": "1"} | mark))


def test_files_of_another_draft_stay_as_they_are(ana):
    mark = mark_in(ana.get(f"{BASE}/documents"))
    begin(ana, another="1")
    assert_refused(send_file(ana, name="oak.pdf", **mark), "oak.pdf")
    send_file(ana)
    there = Attachment.objects.get()
    assert mark_in(ana.get(f"{BASE}/documents")) != mark
    assert_refused(ana.post(f"{BASE}/documents", {"remove": there.pk} | mark))
    assert Attachment.objects.get(removed_at=None) == there


def test_whoever_leaves_in_an_older_tab_leaves(ana):
    mark = mark_in(ana.get(f"{BASE}/draft"))
    begin(ana, another="1")
    assert ana.post(f"{BASE}/draft", {"leave": "1"} | mark).cookies["held_code"].value == ""


def test_the_case_of_another_tab_is_not_withdrawn(two_cases):
    asked = two_cases.post(f"{BASE}/status", {"withdraw": "1"} | mark_in(two_cases.get(f"{BASE}/status")))
    confirmed = {"withdraw": "1", "confirm": "1"} | mark_in(asked)
    two_cases.hold(1)
    assert_refused(two_cases.post(f"{BASE}/status", confirmed))
    assert set(Case.objects.filter(kind="inquiry").values_list("stage", flat=True)) == {"received"}
    two_cases.hold(0)
    two_cases.post(f"{BASE}/status", confirmed)
    assert [Case.objects.get(pk=case.pk).stage for case in (two_cases.first, two_cases.second)] == ["withdrawn", "received"]


def test_number_and_code_lead_to_their_case_from_an_older_tab_too(two_cases):
    mark, code = mark_in(two_cases.get(f"{BASE}/status")), two_cases.cookies["held_code"].value
    two_cases.hold(1)
    answer = two_cases.post(f"{BASE}/status", {"reference": two_cases.first.reference, "code": code} | mark)
    assert answer.status_code == 302 and answer.cookies["held_code"].value == code


def test_an_answer_to_what_was_asked_of_another_case_is_given_back(two_cases, staff):  # noqa: F811
    ask(two_cases.first, staff("ina", "reviewer"), "Who signs?")
    at = f"{BASE}/status/answer/{Deficiency.objects.get().pk}"
    mark = mark_in(two_cases.get(at))
    two_cases.hold(1)
    file = SimpleUploadedFile("oak.pdf", sample_files.PDF)
    assert_refused(two_cases.post(at, {"answer": "Ben Ode", "file": file} | mark), "Ben Ode", "oak.pdf")
    unmarked = two_cases.post(at, {"answer": "Ben Ode"})
    assert unmarked.status_code == 409 and "Ben Ode" in unmarked.text
    assert two_cases.get(at).status_code == 404
    assert not Deficiency.objects.get().answer and not Attachment.objects.exists()
    two_cases.hold(0)
    assert two_cases.post(at, {"answer": "Ben Ode"} | mark).status_code == 302
    status = mark_in(two_cases.get(f"{BASE}/status"))
    two_cases.hold(1)
    assert_refused(two_cases.post(f"{BASE}/status", {"send_answers": "1"} | status))
    assert Case.objects.get(pk=two_cases.first.pk).stage == "deficient"
