"""“Was this page right?”: a mistake is told of without a name, and reaches whoever looks after the page."""

import re
import time
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from lacare_site.outbox.models import Message
from lacare_site.security.models import LimitWindow
from pages.models import PageReport
from pages.page_reports import digest, selectors, services
from pages.page_reports.forms import PageReportForm
from tests.harness.accounts import StaffClient
from tests.pages.tree import add, page

CARD = "/members/id-card"
OWN = {"Sec-Fetch-Site": "same-origin"}
SAID = {"subject": "telephone", "text": "The number 1-888-839-9909 does not answer.", "language": "en"}


def of_card(prefix: str = "") -> str:
    return f"{prefix}/was-this-page-right/{page(CARD).pk}"


@pytest.fixture
def visitor(db, monkeypatch):
    """Somebody who opens the form and takes a minute: `visitor.tell(text="…")`."""
    client = Client()

    def tell(address: str = "", **changes):
        address = address or of_card()
        shown = client.get(address)
        client.token = re.search(r'name="form_token" value="([^"]+)"', shown.text)[1]
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 60)
        return client.post(address, SAID | {"form_token": client.token} | changes, headers=OWN)

    client.tell = tell
    return client


def editor(name: str, *groups: str, email: str = ""):
    user = get_user_model().objects.create_user(name, email=email)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def signed_in(user) -> StaffClient:
    client = StaffClient()
    client.force_login(user)
    return client


def report(path: str = CARD, **fields) -> PageReport:
    return PageReport.objects.create(**{"page": page(path).sitepage_ptr, "language": "en", "subject": "other", **fields})


def test_a_mistake_is_told_in_one_question_without_cookie_name_or_time(visitor):
    shown = visitor.get(of_card())
    assert not shown.cookies and "no-store" in shown.headers["Cache-Control"] and 'content="noindex"' in shown.text
    assert len(re.findall("<fieldset", shown.text)) == 1 and len(re.findall("<textarea", shown.text)) == 1
    answer = visitor.tell()
    (kept,) = PageReport.objects.all()
    assert (kept.page.slug, kept.subject, kept.text, kept.language) == ("id-card", "telephone", SAID["text"], "en")
    assert (
        not answer.cookies
        and "The people who look after this page read your note" in answer.text
        and f'href="{CARD}"' in answer.text
    )
    assert {field.name for field in PageReport._meta.fields} == {
        *("id", "key", "page", "language", "subject", "text", "received_on", "done_on", "done_by")
    }
    assert kept.received_on == timezone.localdate()
    assert len(LimitWindow.objects.all()) == 1, "counted for everybody together, and for no address"


def test_the_language_is_that_in_which_the_page_was_read(visitor):
    shown = visitor.get(of_card("/ar")).text
    assert 'name="language" value="ar"' in shown and 'dir="rtl"' in shown
    visitor.tell(language="ar")
    visitor.tell(language="nonsense", text="Another.")
    visitor.tell(language="a\0r", text="A third.")
    assert list(PageReport.objects.values_list("language", flat=True)) == ["ar", "en", "en"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"subject": ""}, "id_subject_0", "This field is required"),
        ({"subject": "weather"}, "id_subject_0", "Select a valid choice"),
        ({"text": "I am 123-45-6789."}, "id_text", "nothing about yourself"),
        ({"text": "I am 91234567A."}, "id_text", "no member number"),
        ({"text": "I was born on March 5, 1961."}, "id_text", "looks like a date of birth"),
        ({"text": "I am Ana, write to ana@x.org."}, "id_text", "looks like an email address"),
        (
            {"text": "Not info@lacare.org, but Ana@LACARE.org.example.com,see.lacare.org"},
            "id_text",
            "looks like an email address",
        ),
        ({"text": "x" * 481}, "id_text", "at most 480 characters"),
        ({"text": "a\0b"}, "id_text", "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_kept_is_said_at_the_field_and_stays_typed(visitor, changes, field, sentence):
    answer = visitor.tell(**changes)
    assert answer.status_code == 200 and not PageReport.objects.exists()
    fault = answer.text.partition(f'href="#{field}"')[2].partition("</a>")[0]
    assert sentence in fault and "tax number" not in answer.text and "call you" not in fault
    assert (SAID | changes)["text"].replace("\0", "")[:60] in answer.text.replace("\0", "")


@pytest.mark.parametrize(
    "text",
    ["It says Info@LACare.org or x@mail.lacare.org. Both bounce.", "Mon @ 8.30am", "call @ 213.555.0100, or x@213.555.0100"],
)
def test_an_address_of_the_plan_may_be_wrong_and_a_time_is_none(text):
    assert "text" not in PageReportForm({"text": text}).errors


def test_answers_search_results_and_missing_pages_can_be_wrong_too(visitor):
    answer = visitor.post("/members/which-line/answer", {"q1": "1", "q2": "1"}, headers=OWN).text
    assert f'href="/was-this-page-right/{page("/members/which-line").pk}"' in answer
    for address, place, note in (
        ("/search?q=card", "search", "Search results"),
        ("/no-such-page", "not-found", "Page not found"),
    ):
        assert f'href="/was-this-page-right/{place}"' in visitor.get(address).text
        assert "Thank you" in visitor.tell(f"/was-this-page-right/{place}").text
        kept = PageReport.objects.get(text=f"[{note}] {SAID['text']}")
        assert kept.page.pk == page("/").pk, "whoever looks after the home page reads it"
    assert visitor.get("/was-this-page-right/elsewhere").status_code == 404


def test_sent_twice_it_is_one_and_with_other_words_another(visitor):
    visitor.tell()
    for text in (SAID["text"], "The hours are wrong, too."):
        visitor.post(of_card(), SAID | {"form_token": visitor.token, "text": text}, headers=OWN)
    assert PageReport.objects.count() == 2


@pytest.mark.parametrize("change", [{"website": "x"}, {"form_token": ""}, {"form_token": "x"}])
def test_a_program_keeps_nothing_and_a_person_loses_nothing(visitor, change):
    answer = visitor.tell(**change)
    assert not PageReport.objects.exists() and SAID["text"] in answer.text and "Nothing is lost" in answer.text


def test_too_many_wait_and_lose_nothing(visitor, monkeypatch):
    monkeypatch.setattr("pages.page_reports.views.MOST", 1)
    visitor.tell()
    answer = visitor.tell(text="The second.")
    assert answer.status_code == 429 and "The second." in answer.text and PageReport.objects.count() == 1


@pytest.mark.parametrize("change", [{"text_size": "200"}, {"to_language": "en"}])
def test_another_size_or_language_brings_back_what_was_typed(visitor, change):
    answer = visitor.tell(text="Half a sent", subject="", **change)
    assert "Half a sent" in answer.text and 'class="faults"' not in answer.text and not PageReport.objects.exists()


@pytest.mark.parametrize("number", ["1", "999999", "9" * 30])
def test_a_number_of_no_page_is_not_found(client, db, number):
    assert client.get(f"/was-this-page-right/{number}").status_code == 404


def test_an_editor_reads_it_opens_the_page_in_its_language_and_marks_it_done(db):
    told = report(language="es", text="<b>Not</b> right")
    client = signed_in(editor("ed", "Editors"))
    listed = client.get("/admin/reports/page-reports/").text
    assert page(CARD).title in listed and "Spanish" in listed
    address = f"/admin/reports/page-reports/{told.pk}/"
    shown = client.get(address).text
    assert "&lt;b&gt;Not&lt;/b&gt; right" in shown and f'href="/admin/pages/{told.page_id}/edit/?lang=es"' in shown
    assert client.get(f"/admin/pages/{told.page_id}/edit/?lang=es").status_code == 200
    assert client.post(address).status_code == 302
    told.refresh_from_db()
    assert (told.done_on, told.done_by.username) == (timezone.localdate(), "ed")
    assert address not in client.get("/admin/reports/page-reports/").text
    assert address in client.get("/admin/reports/page-reports/?state=closed").text
    client.post(address, {"reopen": "1"})
    assert address in client.get("/admin/reports/page-reports/").text


def test_no_formula_leaves_in_a_spreadsheet(db):
    report(text="=1+1")
    client = signed_in(editor("ed", "Editors"))
    answer = client.get("/admin/reports/page-reports/?export=csv")
    assert ",'=1+1," in b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize("group", ["Intake reviewers", "Auditors", "Compliance officers"])
def test_whoever_changes_no_pages_reads_none(db, group):
    told = report()
    client = signed_in(editor("ina", group))
    assert client.get("/admin/reports/page-reports/").status_code in (302, 403)
    for ask in (client.get, client.post):
        assert ask(f"/admin/reports/page-reports/{told.pk}/").headers["Location"] == "/admin/"
    told.refresh_from_db()
    assert told.done_on is None


def section_editors(path: str, *users) -> None:
    """A group that may change the pages of one section."""
    group = Group.objects.create(name=f"Editors of {path}")
    group.user_set.set(users)
    anywhere = GroupPagePermission.objects.filter(permission__codename="change_page").first()
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(pk=page(path).pk), permission=anywhere.permission)


def test_the_owner_is_told_else_the_editors_of_the_section_else_those_of_all(db):
    everywhere = editor("ed", "Editors", email="ed@example.org")
    editor("gone", "Editors", email="gone@example.org").delete()
    near = editor("nora", email="nora@example.org")
    section_editors("/members", near)
    assert selectors.caretakers(page("/news")) == [everywhere]
    assert selectors.caretakers(page(CARD)) == [near]
    own = add("/members", "own", owner=everywhere)
    assert selectors.caretakers(own) == [everywhere]
    everywhere.groups.clear()
    assert selectors.caretakers(Page.objects.get(pk=own.pk)) == [near]


@pytest.fixture
def on_monday(monkeypatch):
    """Half past nine on a working day."""
    moment = timezone.make_aware(datetime(2026, 11, 23, 9, 30))
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_once_a_day_they_are_told_how_many_wait_and_nothing_of_them(db, on_monday, settings):
    settings.STAFF_MAILBOX = "staff@example.org"
    editor("ed", "Editors", email="ed@example.org")
    report(text="Secret words")
    report("/news")
    services.close(report("/news"), None)
    assert (digest.send(), digest.send()) == (1, 0)
    (mail,) = Message.objects.all()
    assert mail.to == "ed@example.org" and mail.subject.startswith("2 reports")
    assert "Secret" not in mail.subject + mail.body and "/admin/reports/page-reports/" in mail.body


def test_what_nobody_looks_after_goes_to_the_mailbox_of_all(db, on_monday, settings):
    settings.STAFF_MAILBOX = "staff@example.org"
    report()
    digest.send()
    assert [mail.to for mail in Message.objects.all()] == ["staff@example.org"]


def test_nobody_is_told_on_a_sunday(db, monkeypatch):
    report()
    monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(datetime(2026, 11, 22, 9, 30)))
    assert digest.send() == 0


def test_reports_are_forgotten_in_time(db, settings):
    settings.PAGE_REPORT_DAYS = {"closed": 90, "open": 365}
    today = timezone.localdate()
    kept = [report(done_on=today - timedelta(days=90)), report(received_on=today - timedelta(days=365))]
    report(done_on=today - timedelta(days=91))
    report(received_on=today - timedelta(days=366))
    assert services.forget_old() == 2
    assert list(PageReport.objects.order_by("pk")) == kept


def test_a_report_changes_no_kept_page(db):
    from lacare_site.page_cache import triggers

    assert PageReport not in triggers.loud_models()
