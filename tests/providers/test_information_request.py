"""The request for information: checked, sent once, told to staff and sender without its content, followed by number and code."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone, translation

from lacare_site import languages
from lacare_site.casework.models import Case
from lacare_site.intake import codes, tokens
from lacare_site.outbox.models import Message
from pages.models import SitePage
from providers.information_request.consents import CONSENTS
from providers.models import InformationRequest, TopicRoute
from tests.casework.conftest import staff  # noqa: F401

ADDRESS = "/providers/request-information"
FILLED = {
    "who": "group",
    "organisation": "Palm Medical Group",
    "name": "Ana Peña",
    "email": "ana@example.org",
    "telephone": "",
    "way": "email",
    "answer_language": "es",
    "topic": "duals",
    "message": "How do we apply?\nThank you.",
    "consent_email": "on",
}
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def later(monkeypatch):
    """Lets the time pass that a person takes to type."""

    def wait(seconds: float = 60) -> None:
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + seconds)

    return wait


@pytest.fixture
def opened(db, later):
    """Somebody who has opened the form a minute ago: `opened.send(message="…")` sends it."""
    visitor = Client()
    page = visitor.get(ADDRESS)
    visitor.token = re.search(r'name="form_token" value="([^"]+)"', page.text)[1]
    later()

    def send(address=ADDRESS, **changes):
        return visitor.post(address, FILLED | {"form_token": visitor.token} | changes, headers=OWN)

    visitor.send = send
    return visitor


def new_token(answer) -> str:
    return re.search(r'name="form_token" value="([^"]+)"', answer.text)[1]


def code_in(answer) -> str:
    return codes.read(re.search(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", answer.text)[0])


def sent() -> list[Case]:
    return list(Case.objects.filter(kind="information_request").order_by("pk"))


def test_the_page_shows_the_form_and_sets_no_cookie(client, db):
    page = client.get(ADDRESS)
    assert page.status_code == 200 and not page.cookies
    assert "no-store" in page.headers["Cache-Control"]
    assert "checked" not in page.text
    assert "If you send this today" in page.text


def test_it_asks_at_most_eight_questions(client, db):
    from lacare_site.intake import shown_forms
    from providers.information_request.forms import InformationRequestForm

    assert len(shown_forms.parts(InformationRequestForm())) == 8


def test_a_request_is_kept_and_answered_with_number_code_and_day(opened):
    answer = opened.send()
    (case,) = sent()
    assert answer.status_code == 200 and not answer.cookies and "no-store" in answer.headers["Cache-Control"]
    assert case.reference in answer.text and re.fullmatch(r"INF-[0-9A-Z]{4}-[0-9A-Z]{4}", case.reference)
    code = code_in(answer)
    assert case.code_hash == codes.hash_of(code) and "noindex" in answer.text
    asked = case.information_request
    assert (asked.organisation, asked.topic, asked.message) == ("Palm Medical Group", "duals", "How do we apply?\nThank you.")
    assert [(consent["key"], consent["version"], consent["language"]) for consent in asked.consents] == [
        ("email", "2026-11-01", "en")
    ]
    assert asked.consents[0]["wording"] == str(CONSENTS[0].wording)
    assert case.contact_email == "ana@example.org"


@pytest.mark.parametrize(
    ("received", "answer_by"),
    [
        (datetime(2026, 11, 20, 10), "November 24, 2026"),  # over a weekend
        (datetime(2026, 11, 24, 10), "November 27, 2026"),  # over Thanksgiving
        (datetime(2026, 12, 24, 10), "December 29, 2026"),  # over Christmas, a Friday
    ],
)
def test_somebody_answers_within_two_business_days(opened, received, answer_by, monkeypatch):
    moment = timezone.make_aware(received)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    answer = opened.send()
    (case,) = sent()
    assert answer_by in answer.text
    assert f"{timezone.localdate(case.due_at):%B %-d, %Y}" == answer_by


def test_mails_say_that_there_is_something_and_nothing_of_it(opened, settings):
    TopicRoute.objects.create(topic="duals", mailbox="duals@example.org")
    answer = opened.send()
    (case,) = sent()
    mails = {message.to: message for message in Message.objects.all()}
    assert set(mails) == {"ana@example.org", "duals@example.org"}
    for message in mails.values():
        text = message.subject + message.body
        assert case.reference in text
        for content in ("Palm", "Ana", "apply", code_in(answer), "duals" if message.to.startswith("ana") else "Peña"):
            assert content not in text


def test_other_topics_go_to_the_common_mailbox(opened, settings):
    settings.STAFF_MAILBOX = "provider-staff@example.org"
    opened.send(topic="claims")
    assert set(Message.objects.values_list("to", flat=True)) == {"ana@example.org", "provider-staff@example.org"}


def test_no_mail_goes_to_somebody_who_did_not_agree_to_it(opened):
    opened.send(way="telephone", telephone="213-555-0100", consent_email="", consent_telephone="on")
    assert len(sent()) == 1 and not Message.objects.filter(to="ana@example.org").exists()


@pytest.mark.parametrize("language", [language.code for language in languages.LANGUAGES if language.code != "en"])
def test_the_sender_s_mail_and_page_are_in_the_language(opened, language):
    answer = opened.send(f"/{language}{ADDRESS}")
    message = Message.objects.get(to="ana@example.org")
    with translation.override(language):
        assert translation.gettext("We have your request") in message.subject
        assert translation.gettext("We have your question") in answer.text
    assert "We have" not in message.subject + message.body


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"who": ""}, "id_who_0", "This field is required"),
        ({"who": "nobody"}, "id_who_0", "Select a valid choice"),
        ({"name": " "}, "id_name", "This field is required"),
        ({"email": "ana@"}, "id_email", "Enter a valid email address"),
        ({"email": ""}, "id_email", "Write an email address or a telephone number"),
        ({"email": "", "telephone": "213-555-0100"}, "id_email", "Write your email address, or choose"),
        ({"way": "telephone"}, "id_telephone", "Write your telephone number, or choose"),
        ({"telephone": "12345"}, "id_telephone", "with its area code"),
        ({"telephone": "SSN 123-45-6789 0"}, "id_telephone", "with its area code"),
        ({"telephone": "123-45-6789 0"}, "id_telephone", "looks like a Social Security number"),
        ({"consent_email": ""}, "id_consent_email", "Tick this box"),
        ({"topic": ""}, "id_topic", "This field is required"),
        ({"message": ""}, "id_message", "This field is required"),
        ({"message": "x" * 4001}, "id_message", "at most 4000 characters"),
        ({"message": "My number is 123-45-6789"}, "id_message", "looks like a Social Security number"),
        ({"message": "Member 91234567A"}, "id_message", "looks like a member number"),
        ({"name": "Ana, born 3/5/1961"}, "id_name", "looks like a date of birth"),
        ({"message": "a\0b"}, "id_message", "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(opened, changes, field, sentence):
    answer = opened.send(**changes)
    assert answer.status_code == 200 and not sent()
    assert f'href="#{field}"' in answer.text and sentence in answer.text
    assert answer.text.count("<title>Error:") == 1
    kept = FILLED | changes
    assert kept["message"].split("\n")[0][:100].replace("\0", "") in answer.text.replace("\0", "")
    assert 'value="Palm Medical Group"' in answer.text
    # Nothing has been used up: the same token sends it once it is right.
    assert new_token(answer) == opened.token
    assert opened.send().status_code == 200 and len(sent()) == 1


@pytest.mark.parametrize("again", [{}, {"telephone": ""}])
def test_sending_again_gives_the_same_receipt(opened, again):
    first, second = opened.send(), opened.send(**again)
    assert len(sent()) == InformationRequest.objects.count() == 1 and Message.objects.count() == 2
    assert code_in(first) == code_in(second)


def test_a_changed_form_is_not_lost_behind_the_first_receipt(opened, later):
    opened.send()
    changed = opened.send(message="Another question.")
    assert "You have sent this form already" in changed.text and "Another question." in changed.text and len(sent()) == 1
    later()
    opened.send(message="Another question.", form_token=new_token(changed))
    assert [case.information_request.message for case in sent()] == ["How do we apply?\nThank you.", "Another question."]


def test_the_receipt_is_shown_again_and_saved(opened):
    code = code_in(opened.send())
    saved = opened.post(ADDRESS, {"form_token": opened.token, "show": "receipt", "download": "1"}, headers=OWN)
    assert saved.headers["Content-Disposition"].startswith("attachment; filename=") and code in saved.text
    spanish = opened.post(f"/es{ADDRESS}", {"form_token": opened.token, "show": "receipt", "to_language": "es"}, headers=OWN)
    assert code in spanish.text and '<html lang="es"' in spanish.text


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_are_one_request(opened):
    def click(_number) -> str:
        try:
            return code_in(opened.send())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(click, range(10)))) == 1
    assert len(sent()) == InformationRequest.objects.count() == 1 and Message.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [{"website": "https://host.example"}, {"form_token": ""}, {"form_token": "x"}, {"form_token": tokens.new("another")}],
    ids=["honeypot", "no token", "wrong token", "token of another form"],
)
def test_a_program_is_asked_again_and_a_person_loses_nothing(opened, change):
    answer = opened.send(**change)
    assert answer.status_code == 200 and not sent() and "Nothing is lost" in answer.text and "Palm Medical Group" in answer.text


def test_a_form_that_was_open_too_short_or_too_long_is_sent_by_one_more_click(client, db, later):
    token = new_token(client.get(ADDRESS))
    early = client.post(ADDRESS, FILLED | {"form_token": token}, headers=OWN)
    assert "faster than a person types" in early.text and not sent()
    later(13 * 60 * 60)
    late = client.post(ADDRESS, FILLED | {"form_token": token}, headers=OWN)
    assert "open for a long time" in late.text and "How do we apply?" in late.text and not sent()
    later(60)
    assert code_in(client.post(ADDRESS, FILLED | {"form_token": new_token(late)}, headers=OWN)) and len(sent()) == 1


def test_too_many_requests_wait_and_lose_nothing(client, db, later):
    tokens_ = [new_token(client.get(ADDRESS)) for _ in range(11)]
    later()
    answers = [client.post(ADDRESS, FILLED | {"form_token": token}, headers=OWN) for token in tokens_]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "How do we apply?" in answers[-1].text and answers[-1].headers["Retry-After"] and len(sent()) == 10


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://host.example"}, {"Origin": "null"}]
)
def test_a_request_from_elsewhere_is_refused(opened, headers):
    answer = opened.post(ADDRESS, FILLED | {"form_token": opened.token}, headers=headers)
    assert answer.status_code == 403 and not answer.cookies and not sent()


@pytest.mark.parametrize("change", [{"text_size": "200"}, {"to_language": "en"}, {"close_notice": "1.1"}])
def test_another_size_or_language_brings_back_what_was_typed(opened, change):
    answer = opened.send(message="Half a sent", who="", **change)
    assert answer.status_code == 200 and not sent()
    assert "Half a sent" in answer.text and 'class="faults"' not in answer.text and new_token(answer) == opened.token
    assert ('class="text-200"' in answer.text) == ("text_size" in change)
    assert ("closed_notices" in answer.cookies) == ("close_notice" in change)


def test_another_language_takes_what_was_typed_along(opened):
    answer = opened.send(to_language="ar")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/ar{ADDRESS}")
    there = opened.send(f"/ar{ADDRESS}", to_language="ar")
    assert "How do we apply?" in there.text and 'dir="rtl"' in there.text


def test_a_page_that_is_not_published_takes_no_requests(opened):
    SitePage.objects.get(url_path__endswith="/request-information/").unpublish()
    assert opened.get(ADDRESS).status_code == 404
    assert opened.send().status_code == 404 and not sent()


def test_a_wording_that_changes_needs_a_new_version():
    """Whoever changes a sentence here changes its version in consents.py, too."""
    assert [(consent.key, consent.version, str(consent.wording)) for consent in CONSENTS] == [
        ("email", "2026-11-01", "The health plan may answer this request by email. I know that others can sometimes read email."),
        ("telephone", "2026-11-01", "The health plan may call me at this number to answer this request."),
        ("news", "2026-11-01", "The health plan may email me news for providers. I can take this back at any time."),
    ]


def test_a_reviewer_reads_the_request_at_its_desk_and_an_editor_does_not(opened, client, staff):  # noqa: F811
    opened.send(message="<script>alert(1)</script> How do we apply?")
    (case,) = sent()
    client.force_login(staff("ina", "reviewer"))
    assert case.reference in client.get("/admin/cases/information_request/").text
    shown = client.get(f"/admin/cases/information_request/{case.reference}/").text
    for text in (
        "How do we apply?",
        "Palm Medical Group",
        "ana@example.org",
        "wording of 2026-11-01",
        "Spanish",
        "&lt;script&gt;alert",
    ):
        assert text in shown
    assert "<script>alert(1)" not in shown
    for topic, is_listed in (("duals", True), ("claims", False)):
        assert (case.reference in client.get(f"/admin/cases/information_request/?topic={topic}").text) == is_listed
    client.force_login(staff("ed"))
    assert client.get(f"/admin/cases/information_request/{case.reference}/").status_code in (302, 403, 404)
