"""“Send me this page”: asked for from the page itself, kept sealed, sent within five business days, followed by number and code."""

import re
import time
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from lacare_site import languages
from lacare_site.casework import services as casework
from lacare_site.casework.models import Case, Tombstone
from lacare_site.outbox.models import Message
from members.copy_request.kinds import WORKFLOW
from pages.models import SitePage
from tests.casework.conftest import staff  # noqa: F401
from tests.pages.tree import add, page

ADDRESS = "/members/send-me-this-page"
CARD = "/members/id-card"
OWN = {"Sec-Fetch-Site": "same-origin"}
PAPER = {
    "format": "large-print",
    "language": "hmn",
    "other_language": "",
    "name": "Ana Peña",
    "address": "1 Palm Street\nLos Angeles, CA 90017-1234",
    "email": "",
}


@pytest.fixture
def visitor(db, monkeypatch):
    """Somebody who opens a form and takes a minute: `visitor.ask(address, format="file")`."""
    client = Client()

    def ask(at: str, **changes):
        shown = client.get(at)
        assert shown.status_code == 200 and not shown.cookies
        client.token = re.search(r'name="form_token" value="([^"]+)"', shown.text)[1]
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 60)
        return client.post(at, PAPER | {"form_token": client.token} | changes, headers=OWN)

    client.ask = ask
    return client


def of_card() -> str:
    return f"{ADDRESS}/{page(CARD).pk}"


def case() -> Case:
    return Case.objects.get(kind="copy_request")


@pytest.mark.parametrize("language", ["", "/ar"], ids=["English", "Arabic"])
def test_every_page_leads_to_the_form_that_knows_it(client, db, language):
    shown = client.get(f"{language}{CARD}").text
    link = f'href="{language}{of_card()}"'
    assert link in shown and f'href="{language}/was-this-page-right/{page(CARD).pk}"' in shown
    form = client.get(f"{language}{of_card()}")
    assert f'href="{language}{CARD}"' in form.text and 'name="wanted"' not in form.text
    assert "no-store" in form.headers["Cache-Control"] and not form.cookies


def test_a_page_is_asked_for_and_promised_within_five_business_days(visitor, monkeypatch):
    moment = timezone.make_aware(datetime(2026, 11, 24, 10))  # before Thanksgiving
    monkeypatch.setattr(timezone, "now", lambda: moment)
    answer = visitor.ask(of_card())
    asked = case().copy_request
    assert re.fullmatch(r"CPY-[0-9A-Z]{4}-[0-9A-Z]{4}", case().reference) and case().reference in answer.text
    assert "We plan to send it by" in answer.text and "December 2, 2026" in answer.text
    assert (asked.wanted, asked.values["path"]) == ("Member ID card", CARD)
    assert timezone.localdate(case().due_at) == datetime(2026, 12, 2).date()
    again = visitor.post(of_card(), PAPER | {"form_token": visitor.token}, headers=OWN)
    assert case().reference in again.text, "a second click is the same request"


def test_nothing_of_it_stands_readable_in_the_database_or_in_a_mail(visitor):
    visitor.ask(of_card())
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text, r.values FROM members_copyrequest r")
        row, sealed = cursor.fetchone()
        stored = row + bytes(sealed).decode("latin1")  # which takes every byte; what is sealed may have any
        cursor.execute("SELECT row_to_json(c)::text FROM casework_case c WHERE kind = 'copy_request'")
        stored += cursor.fetchone()[0]
    (mail,) = Message.objects.all()
    for secret in ("Palm", "Peña", "id-card", "ID card", "large-print", "hmn"):
        assert secret not in stored + mail.subject + mail.body
        assert secret.encode().hex() not in stored
    assert case().copy_request.values["address"].startswith("1 Palm")


def test_a_house_number_is_no_social_security_number(visitor):
    visitor.ask(of_card(), address="123-45 6789 Main St\nLos Angeles, CA 90017")
    assert case().copy_request.values["address"].startswith("123-45 6789")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"format": ""}, "id_format_0", "This field is required"),
        ({"name": ""}, "id_name", "Write your name"),
        ({"address": " "}, "id_address", "Write your postal address"),
        ({"format": "file"}, "id_email", "Write your email address"),
        ({"format": "recording", "address": ""}, "id_address", "Write your postal address"),
        ({"format": "file", "email": "ana@"}, "id_email", "Enter a valid email address"),
        ({"language": "xx"}, "id_language", "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_at_the_field_and_nothing_is_lost(visitor, changes, field, sentence):
    answer = visitor.ask(of_card(), **changes)
    assert answer.status_code == 200 and not Case.objects.filter(kind="copy_request").exists()
    assert f'href="#{field}"' in answer.text and sentence in answer.text
    kept = PAPER | changes
    assert all(kept[name].split("\n")[0].strip() in answer.text for name in ("name", "address", "email"))


@pytest.mark.parametrize("way", [{"format": "file"}, {"format": "recording"}])
def test_an_email_address_is_enough_for_what_is_no_paper(visitor, way):
    visitor.ask(of_card(), name="", address="", email="ana@example.org", **way)
    assert case().copy_request.values["email"] == "ana@example.org" and not case().contact_email


def test_without_a_page_the_form_asks_which(visitor):
    assert "Which page do you want?" in visitor.get(ADDRESS).text
    assert "This field is required" in visitor.ask(ADDRESS).text
    visitor.ask(ADDRESS, wanted="The handbook", language="en", other_language="Mixteco")
    asked = case().copy_request
    assert (asked.wanted, asked.language_name, asked.copies) == ("The handbook", "Mixteco", [])


@pytest.mark.parametrize("number", ["0", "1", "999999", "9" * 30])
def test_a_number_of_no_page_is_not_found(client, db, number):
    assert client.get(f"{ADDRESS}/{number}").status_code == 404


def test_a_page_that_is_no_longer_public_is_not_asked_for(visitor):
    draft = add("/members", "new-page", live=False)
    assert visitor.get(f"{ADDRESS}/{draft.pk}").status_code == 404
    SitePage.objects.get(url_path__endswith="/send-me-this-page/").unpublish()
    assert visitor.get(of_card()).status_code == 404
    assert "send-me-this-page" not in visitor.get(CARD).text


def test_a_language_of_help_beyond_those_of_the_site_can_be_chosen(client, db):
    shown = client.get(of_card()).text
    for code, name in [("ar", "العربية"), ("hmn", "Hmoob"), ("zh-Hant", "繁體中文")]:
        assert re.search(f'<option value="{code}"[^>]*>{name}', shown), code
    assert len(re.findall("<option value=", shown)) == 16


def test_whoever_has_number_and_code_sees_how_it_stands_and_takes_it_back(visitor):
    receipt = LexborHTMLParser(visitor.ask(of_card()).text)
    # The receipt's own button takes both along: whoever presses it need not type the code, nor come back for it.
    button = receipt.css_first(f'main form button[formaction="{ADDRESS}/status"]').attributes
    hidden = {field.attributes["name"]: field.attributes["value"] for field in receipt.css("main form input[type=hidden]")}
    shown = visitor.post(button["formaction"], hidden | {button["name"]: button["value"]}, headers=OWN, follow=True)
    assert case().reference in shown.text
    assert "Nobody has taken it up yet" in visitor.get(f"{ADDRESS}/status").text
    visitor.post(f"{ADDRESS}/status", {"withdraw": "1", "confirm": "1"}, headers=OWN)
    assert case().stage == "withdrawn"
    assert {row.is_in_time for row in case().clocks.all()} == {"void"}, "what was taken back was not sent in time"


def test_the_desk_has_the_address_and_what_to_print_and_nobody_else_does(visitor, client, staff):  # noqa: F811
    visitor.ask(of_card(), language="es")
    address = f"/admin/cases/copy_request/{case().reference}/"
    client.force_login(staff("ina", "mailer"))
    assert "Member ID card: On paper, in large print, es" in client.get("/admin/cases/copy_request/").text
    shown = client.get(address).text
    for text in ("1 Palm Street<br>Los Angeles", "Ana Peña", "Español", f'href="/es/large-print{CARD}"'):
        assert text in shown
    for other in (staff("ed"), staff("dora", "reviewer", "decider")):
        client.force_login(other)
        answer = client.get(address, follow=True)
        assert (answer.redirect_chain or answer.status_code == 403) and "Palm Street" not in answer.text


@pytest.mark.parametrize(
    ("path", "is_ready"), [("/members/file-grievance/grievance-appeal-form", True), ("/compliance/report", False)]
)
def test_a_page_with_a_form_is_ready_to_print_too_but_for_that_of_reporters(visitor, client, staff, path, is_ready):  # noqa: F811
    visitor.ask(f"{ADDRESS}/{page(path).pk}", language="en")
    client.force_login(staff("ina", "mailer"))
    shown = client.get(f"/admin/cases/copy_request/{case().reference}/").text
    assert f'href="{path}"' in shown and (f'href="/large-print{path}"' in shown) is is_ready


def test_a_sent_page_is_forgotten_after_a_year(visitor, staff, monkeypatch):  # noqa: F811
    visitor.ask(of_card())
    sent = casework.move(case(), WORKFLOW.transitions["send"], staff("ina", "mailer"))
    until = sent.retention_until
    assert (until - timezone.localdate()).days in (365, 366)
    monkeypatch.setattr(timezone, "localdate", lambda *args: until.replace(year=until.year + 1))
    assert casework.purge_due() == 1
    assert not Case.objects.filter(kind="copy_request").exists() and Tombstone.objects.get().outcome == "sent"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM members_copyrequest")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("language", [language.code for language in languages.LANGUAGES])
def test_the_form_stands_in_every_language(client, db, language):
    prefix = "" if language == "en" else f"/{language}"
    shown = client.get(f"{prefix}{of_card()}")
    assert shown.status_code == 200 and f'<html lang="{languages.get(language).tag}"' in shown.text
